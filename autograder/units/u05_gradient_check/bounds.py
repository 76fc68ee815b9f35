"""Unit 05: from which size on a student's test refuses a fault in one entry."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from autograder.errors.words import some
from autograder.units.u05_gradient_check.tried_test import Tried

#: The largest fault that passes and the smallest that is refused, in parts of the largest entry.
Bounds: TypeAlias = tuple[float, float] | None

_SIZES = tuple(10.0**k for k in range(-8, 2))
_GLOBAL = "gradcheck-global-norm-hides"


def too_loose(tried: Tried, name: str) -> tuple[str, str]:
    """Return what is to be added of an array in which a small fault passes, and an id."""
    found = {n: _bounds(tried, n) for n in tried.right}
    own = found[name]
    if own is None or own[0] < 1e-4:
        return "", ""
    passing, refused = own
    told = (
        f": a fault of {passing:g} of the largest entry passes in one entry of {name}, and one of "
        f"{refused:g} is refused"
    )
    larger = tried.scaled(1000.0)
    if larger.passes({}) and larger.refuses_all(
        name, larger.moved(name, (0, -1), sizes=(passing,))
    ):
        return (
            f"{told}. Where all arrays are 1000 times as large, {passing:g} of the largest is "
            "refused as well: a gap has to be compared with the size of its array"
        ), ""
    stricter = {n: b[1] for n, b in found.items() if b is not None and b[1] < refused}
    if not stricter:
        return f"{told}. Right answers differ by rounding alone: such a bound is too loose", ""
    told += f"; in {some(list(stricter))} {max(stricter.values()):g} is refused already"
    return told, _GLOBAL if _has_one_scale(tried) else ""


def _bounds(tried: Tried, name: str) -> Bounds:
    """The two sizes, where what is refused is all that is larger."""
    faults = [tried.moved(name, (0, -1), sizes=(size,)) for size in _SIZES]
    passed = [tried.all_pass(name, some_faults) for some_faults in faults]
    first = passed.index(False) if False in passed else 0
    if not first or not all(tried.refuses_all(name, some_faults) for some_faults in faults[first:]):
        return None
    return _SIZES[first - 1], _SIZES[first]


def _has_one_scale(tried: Tried) -> bool:
    """Whether faults of one absolute size are refused in all arrays or in none."""
    sizes = {n: float(np.abs(a).max()) for n, a in tried.right.items()}
    verdicts = set()
    for n, size in sizes.items():
        parts = [part * max(sizes.values()) / size for part in (1e-4, 1e-3, 1e-2, 1e-1, 1.0)]
        verdicts.add(tuple(tried.all_pass(n, tried.moved(n, (0, -1), sizes=(p,))) for p in parts))
    return len(verdicts) == 1
