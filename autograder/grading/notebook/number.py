"""The number that the value of a test cell stands for, or the reason why it stands for none."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


class NoNumber(Exception):
    """A value is no number; the message says what it is, as in "is a str"."""


def as_number(value: Any) -> float:
    """Read the value of a test cell as the number that it is.

    nbgrader reads what a kernel displays: of NumPy 2 that is ``np.int64(1)``, which it takes for
    no number and gives all points for. Here the value itself is read: Python's and NumPy's
    numbers and truth values (True is 1), fractions, decimals, arrays of one entry.

    Raises
    ------
    NoNumber
        If it is none: text, a list, a complex number, an array of several entries, nan, inf.
    """
    if isinstance(value, np.ndarray | np.generic):
        value = _entry(value)
    if isinstance(value, str | bytes) or not hasattr(type(value), "__float__"):
        raise NoNumber(f"is of type {type(value).__name__}")
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError) as error:
        raise NoNumber(f"is of type {type(value).__name__} and has no size") from error
    if not math.isfinite(number):
        raise NoNumber(f"is {number}")
    return number + 0.0  # no negative zero


def _entry(value: Any) -> Any:
    """Return the one entry of an array or NumPy scalar as a Python number."""
    array = np.asarray(value)
    if array.size != 1:
        raise NoNumber(f"is an array of {array.size} entries")
    if np.ma.is_masked(value):
        raise NoNumber("is masked")
    if array.dtype.kind in "biuf":
        return float(array.item())
    if array.dtype.kind == "O":  # a Fraction
        return array.item()
    raise NoNumber(f"is an array of type {array.dtype}")
