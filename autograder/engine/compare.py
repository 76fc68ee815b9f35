"""Is this array the right one? Shape, type, finiteness, values, and where it is worst.

The measure is ``e = max |found - wanted| / max |wanted|``, per array. Right answers in float64
reach 6e-14, habits such as ``log(a + 1e-8)`` 3e-6 at most, the smallest known mistake 6e-5
on screened instances; float32 answers reach 1.4e-5. So 1e-6 separates, and float32 gets 5e-5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np

from autograder.arrays import ODD, oddity
from autograder.errors.words import article
from autograder.networks import Array

TOLERANCE = 1e-6
TOLERANCE_FLOAT32 = 5e-5


@dataclass(frozen=True)
class Gap:
    """How one returned array differs from what was wanted.

    Attributes
    ----------
    name : str
        Name of the array, ``"dW2"``.
    kind : str
        ``"missing"``, ``"type"``, ``"shape"``, ``"not finite"``, ``"values"``, or ``"float32"``,
        which is no mistake but deserves a word.
    message : str
        What was found and what was expected; no numbers of the array.
    error : float
        The measure above; inf where it cannot be computed.
    worst : tuple of int
        Index of the worst entry, for ``values`` and ``not finite``.
    found, wanted : array or None
        Both arrays, for ``values``.
    """

    name: str
    kind: str
    message: str
    error: float = np.inf
    worst: tuple[int, ...] = ()
    found: Array | None = None
    wanted: Array | None = None

    @property
    def wrong(self) -> bool:
        """Whether this gap costs the property."""
        return self.kind != "float32"


def compare(name: str, found: Any, wanted: Array, tolerance: float | None = None) -> Gap | None:
    """Compare a returned value with the array that was wanted; None if it is right.

    Parameters
    ----------
    name : str
        What the messages call it.
    found : object
        Whatever the student's function returned in that place.
    wanted : array
        Shape and values expected; a 0-d array stands for a number.
    tolerance : float, optional
        Another bound on the measure, where `wanted` itself is only so accurate.
    """
    flaw = form(name, found, wanted.shape)
    if flaw is not None and flaw.wrong:
        return flaw
    values = np.asarray(found, dtype=float).reshape(wanted.shape)
    scale = float(np.abs(wanted).max(initial=0.0)) or 1.0
    gaps = np.abs(values - wanted)
    error = float(gaps.max(initial=0.0)) / scale
    bound = tolerance or (TOLERANCE if flaw is None else TOLERANCE_FLOAT32)
    if not error <= bound:
        worst = tuple(int(i) for i in np.unravel_index(int(gaps.argmax()), gaps.shape))
        message = f"{name} has the right shape, but other values than expected"
        return Gap(name, "values", message, error, worst, values, wanted)
    return flaw


def is_right(found: Any, wanted: Array) -> bool:
    """Whether it is this array, up to rounding."""
    gap = compare("it", found, wanted)
    return gap is None or not gap.wrong


def form(name: str, found: Any, shape: tuple[int, ...]) -> Gap | None:
    """Look at everything but the values: is it an array of floats of that shape, all finite?"""
    if found is None:
        return Gap(name, "missing", f"{name} is None: a `return` is missing, or nothing was set")
    if not isinstance(found, (np.ndarray, np.generic, float, int)) or isinstance(found, bool):
        expected = f"a NumPy array of shape {shape}" if shape else "a number"
        return Gap(name, "type", f"{name} is {article(type(found).__name__)}, expected {expected}")
    if word := oddity(found):
        what, why = ODD[word]
        return Gap(name, "type", f"{name} {what}, expected float64; {why}")
    array = np.asarray(found)
    if array.dtype.kind != "f" or array.dtype.itemsize < 4:
        return Gap(name, "type", _dtype_message(name, array.dtype))
    if array.shape != shape:
        number = "a number" + "; .item() takes it out of the array" * (array.size == 1)
        expected = str(shape) if shape else number
        return Gap(name, "shape", f"{name} has shape {array.shape}, expected {expected}")
    if not np.isfinite(array).all():
        worst = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0]) if array.ndim else ()
        where = f" at index {list(worst)}" if worst else ""
        return Gap(name, "not finite", f"{name} holds {array[worst]}{where}", np.inf, worst)
    if array.dtype == np.float32:
        return Gap(name, "float32", f"{name} is float32: right, but compute in float64")
    return None


def _dtype_message(name: str, dtype: np.dtype[Any]) -> str:
    integers = "integers cannot hold fractions: make the array with np.zeros(shape), of dtype float"
    why = {
        "i": integers,
        "u": integers,
        "b": "a mask of True and False is a factor of the gradient, not the gradient",
        "c": "complex numbers should not appear in a gradient",
        "f": "its three digits are too few",
    }
    reason = why.get(dtype.kind, "these are not numbers")
    return f"{name} has dtype {dtype}, expected float64; {reason}"


def fingerprint(gaps: Iterable[Gap | None]) -> str:
    """Return a short text that is equal for equal wrong arrays, and tells nothing of them.

    Two students with the same fingerprint on the same instances share a bug. Arrays are rounded to
    a millionth of their largest entry first, so that the order of a sum does not matter.

    Returns
    -------
    str
        Empty if no array has wrong values.
    """
    digest, any_wrong = blake2b(digest_size=6), False
    for gap in gaps:
        if gap is not None and gap.found is not None and gap.kind == "values":
            any_wrong = True
            scale = float(np.abs(gap.found).max(initial=0.0)) or 1.0
            digest.update(f"{gap.name} {gap.found.shape} {scale:.6g}".encode())
            digest.update(np.rint(gap.found / scale * 1e6).astype(np.int64).tobytes())
    return digest.hexdigest() if any_wrong else ""


def alike(wanted: Mapping[str, Array], found: Mapping[str, Array]) -> bool:
    """Is each of the wanted values among the found ones, up to rounding and axes of length 1?"""
    return all(
        name in found
        and np.squeeze(found[name]).shape == np.squeeze(value).shape
        and np.allclose(found[name].reshape(np.shape(value)), value, rtol=1e-9, atol=1e-12)
        for name, value in wanted.items()
    )
