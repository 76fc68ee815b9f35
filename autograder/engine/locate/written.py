"""Arrays as nested lists of a few digits."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from autograder.networks import Array

#: Beside the largest number what is so small is a rounding error.
_ROUNDING = 1e-13


def written(array: Array, small: float = 0.0, digits: int = 4) -> str:
    """An array as nested lists of numbers, and 0 for what is below `small`."""
    if array.ndim == 0:
        return f"{0.0 if abs(array) < small else float(array) + 0.0:.{digits}g}"
    return f"[{', '.join(written(part, small, digits) for part in array)}]"


def least(arrays: Iterable[Array]) -> float:
    """What is smaller beside these is a rounding error: it is written as 0."""
    sizes = [np.abs(a[np.isfinite(a)]).max(initial=0.0) for a in arrays if a.dtype.kind in "fiu"]
    return float(max(sizes, default=0.0)) * _ROUNDING
