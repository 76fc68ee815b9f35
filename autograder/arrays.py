"""Arrays that are no plain numbers: masked ones, records, objects, text of varying length.

NumPy compares some of these in ways that hide what they hold: `assert_allclose` passes a fully
masked array, whatever it is compared with. So they are told by name, in a notebook and where a
stand-in has come from a student's process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

#: What such an array is, and why it is no answer; each after "dW", or "an array that".
ODD = {
    "masked": ("is masked", "a masked entry has no value"),
    "object": (
        "has dtype object",
        "dtype object means that the array holds lists or None instead of numbers",
    ),
    "record": ("has a dtype with fields or raw bytes", "these are not numbers"),
    "text": ("holds text of varying length", "these are not numbers"),
}
_WORDS = {"O": "object", "V": "record", "T": "text"}
# With a plain number beside it, a time span would be taken for the number of its units.
_MIXING = frozenset(
    [
        *("equal", "not_equal", "less", "less_equal", "greater", "greater_equal"),
        *("add", "subtract", "maximum", "minimum", "fmax", "fmin"),
    ]
)


def shape_of(value: Any) -> tuple[int, ...]:
    """The shape of an array, or of nested lists of one shape; () of anything else.

    ``np.shape`` believes whatever has an attribute of that name, as the module ``np`` does.
    """
    if not isinstance(value, (np.ndarray, list, tuple)):
        return ()
    try:
        return np.asarray(value).shape
    except ValueError:  # lists of several lengths
        return ()


class OddArray(np.ndarray[Any, Any]):
    """Stands on the grader's side for an array of a student's that is no array of numbers.

    It has the shape, and entries that equal nothing. Time spans keep their values, and are no
    numbers either: ``4 seconds == 4`` is refused.

    Attributes
    ----------
    word : str
        A key of `ODD`; empty for time spans.
    """

    word = ""

    def __array_finalize__(self, source: Any) -> None:
        self.word = getattr(source, "word", "")

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        kinds = {np.asarray(value).dtype.kind for value in inputs}
        if "m" in kinds and kinds & set("biuf") and ufunc.__name__ in _MIXING:
            raise TypeError("time spans (timedelta64) are compared with plain numbers")
        if "out" in options:
            options["out"] = tuple(map(_base, options["out"]))
        return getattr(ufunc, method)(*map(_base, inputs), **options)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if func is np.array_equal:  # NumPy's own would compare the numbers of units
            one, other = (np.asanyarray(value) for value in (*args, *kwargs.values())[:2])
            return one.shape == other.shape and bool((one == other).all())
        return super().__array_function__(func, types, args, kwargs)


def stand_in(word: str, shape: Sequence[int], entry: Any) -> OddArray:
    """Return what stands for an array of that shape; `entry` is what each of its entries is."""
    made = np.empty(tuple(shape), dtype=object)
    made.fill(entry)
    odd = made.view(OddArray)
    odd.word = word
    return odd


def oddity(value: Any) -> str:
    """Return what makes an array, or a NumPy scalar, no plain numbers: a key of `ODD`, or ``""``.

    A masked array of which nothing is masked is an ordinary one. Dates, time spans and text of a
    fixed length are data of their own kind.
    """
    if isinstance(value, OddArray):
        return value.word
    kind = np.asarray(value).dtype.kind
    if kind in _WORDS:
        return _WORDS[kind]
    hidden = isinstance(value, np.ma.MaskedArray) and bool(np.ma.getmaskarray(value).any())
    return "masked" if hidden else ""


def _base(value: Any) -> Any:
    return value.view(np.ndarray) if isinstance(value, OddArray) else value
