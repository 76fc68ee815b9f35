"""Unit 05: when are two arrays the same, up to rounding?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.exercise import Barrier, Exercise, Property, Wanting, register
from autograder.engine.locate.written import written
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.observe import StudentError
from autograder.units.u05_gradient_check import right
from autograder.units.u05_gradient_check.calling import array, measure, unchanged
from autograder.units.u05_gradient_check.ratios import ASKED, Pair, computed, is_number

#: Few and whole numbers on which other measures differ, then small and large ones.
_SMALL = tuple(
    (np.array(a, dtype=float), np.array(b, dtype=float))
    for a, b in (
        ([1], [2]),
        ([2], [1]),
        ([-1], [-2]),
        ([-2], [-1]),
        ([1], [-2]),
        ([1, 4], [1, 2]),
        ([1, 2], [4, 4]),
        ([-4, 1], [-2, 1]),
        ([-2, -6], [-4, -5]),
        ([1, 8], [2, 10]),
        ([4, 1], [1, 8]),
        ([-7, 2, 1], [1, 5, 3]),
        ([3, 1, -5], [6, -4, 2]),
        ([[1, 2], [3, 4]], [[1, 3], [3, 8]]),
        ([1e-6], [2e-6]),
        ([-4e-6, 1e-6], [-2e-6, 1e-6]),
        ([1e6], [2e6]),
    )
)

#: Two arrays in which one entry becomes nan: with 0 in its place the gap would be the largest.
_WHOLE = np.array([[11.0, 12.0, 14.0], [12.0, 14.0, 15.0]])


def is_relative(student: Student, rng: np.random.Generator) -> None:
    """is the largest gap divided by the largest entry.

    The largest difference, divided by the largest entry.
    """
    pairs, found = list(_pairs(rng)), list[float]()
    for a, b in pairs:
        found.append(_measured(student, a, b))
        if not is_number(found[-1], measure(a, b)):
            raise Wanting(partial(_instead, student, pairs, found))
    of_zeros = _error(student, np.zeros(3), np.zeros(3))
    if of_zeros != 0:
        raise Wanting(f"two arrays of zeros agree: the error is 0.0, and it is {of_zeros!s:.20}")


def _pairs(rng: np.random.Generator) -> Iterator[Pair]:
    for shape in ((4,), (3, 2)):
        for size in (1.0, 1e-6, 1e6):
            a = rng.normal(size=shape) * size
            b = a + rng.normal(size=shape) * 1e-3 * size
            far = rng.normal(size=shape) * size  # its largest entry stands elsewhere
            yield from ((a, b), (b, a), (a, -b), (a, 0 * a), (a, far))


def _measured(student: Student, a: Array, b: Array) -> float:
    reply = student.observe("relative_error", a, b)
    unchanged(reply, "a", "b")
    if isinstance(reply.value, (float, np.floating)) and not np.isfinite(reply.value):
        return float(reply.value)
    return float(array("the error", reply.value, ()))


def _error(student: Student, a: Array, b: Array) -> Any:
    return student.call("relative_error", a, b)


def _instead(student: Student, pairs: list[Pair], found: list[float]) -> str:
    """Two arrays and what comes out of them; what that is of all arrays that were tried."""
    # on one pair many things are the same
    found = found + [_measured(student, a, b) for a, b in pairs[len(found) :]]
    small: list[tuple[float, Pair]] = []
    for a, b in _SMALL:
        with suppress(StudentError, Barrier):
            small.append((_measured(student, a, b), (a, b)))
    tried = [*small, *zip(found, pairs, strict=True)]
    wrong = [(e, pair) for e, pair in tried if not is_number(e, measure(*pair))]
    seen = (one for one in wrong if not abs(one[0] - measure(*one[1])) < 0.01 * measure(*one[1]))
    error, (a, b) = next(seen, wrong[0])
    told = computed([e for e, _ in tried], [pair for _, pair in tried])
    said = f"It is {told}" if told else f"It is not {ASKED}{_only_small(tried)}"
    return f"for a = {written(a)} and b = {written(b)} it is {_two(error, measure(a, b))}. {said}"


def _only_small(tried: list[tuple[float, Pair]]) -> str:
    """Say so where it is wrong for arrays of small entries alone."""
    sizes = [(np.abs(pair).max(), is_number(e, measure(*pair))) for e, pair in tried]
    small = {size < 1e-3 for size, fits in sizes if not fits}
    right = all(fits for size, fits in sizes if size >= 1e-3)
    return (
        ", where all entries are small; of larger ones it is" if right and small == {True} else ""
    )


def _two(found: float, right: float) -> str:
    """Both numbers, with so many digits that they differ."""
    for digits in (4, 7, 10, 16):
        one, other = f"{found:.{digits}g}", f"{right:.{digits}g}"
        if one != other:
            break
    return f"{one}; right is {other}"


def _measures(student: Student, rng: np.random.Generator) -> None:
    """On two arrays that can be compared it gives a number, and another one for another pair."""
    a, b = rng.normal(size=(2, 4))
    near, far = (float(array("the error", _error(student, a, c), ())) for c in (a + 1e-3 * b, b))
    if near == far:
        raise Wanting("arrays that nearly agree have the error of arrays that do not")


def refuses_nan(student: Student, rng: np.random.Generator) -> None:
    """does not let nan pass.

    nan makes the error nan or inf, wherever it stands; without it there is a number.
    """
    _measures(student, rng)
    for where in range(4):
        a, b = rng.normal(size=(2, 4))
        a[where] = np.nan
        for one, other in ((a, b), (b, a)):
            found = _error(student, one, other)
            if _passes(found):
                raise Wanting(partial(_slips_through, student, float(np.max(found))))


def _passes(found: Any) -> bool:
    number = isinstance(found, (int, float, np.number, np.ndarray)) and np.size(found) == 1
    return number and bool(np.all(np.asarray(found, dtype=float) <= 1e300))


def _slips_through(student: Student, found: float) -> str:
    """What the error is where one entry is nan, and how that comes about, as far as it is known."""
    told = f"with nan in one array the error is {found:.3g}"
    seen: list[tuple[Array, Array, float]] = []
    for k in range(_WHOLE.size):
        one = np.where(np.arange(_WHOLE.size).reshape(_WHOLE.shape) == k, np.nan, _WHOLE)
        with suppress(StudentError):
            error = _error(student, *one)
            seen += [(one[0], one[1], float(error))] if _passes(error) else []
    if seen:
        a, b, found = seen[0]
        told = f"for a = {written(a)} and b = {written(b)} the error is {found:.3g}, not nan or inf"
    if len(seen) == _WHOLE.size and all(
        is_number(e, measure(np.nan_to_num(a), np.nan_to_num(b))) for a, b, e in seen
    ):
        return f"{told}. It is the error with 0 in the place of nan"
    if len(seen) == _WHOLE.size and all(is_number(e, _of_the_others(a, b)) for a, b, e in seen):
        return (
            f"{told}. The entry that is nan is left out: np.nanmax and its like do that, and "
            "Python's max() and comparisons let nan slip through"
        )
    return f"{told}; Python's max() and comparisons let nan slip through"


def _of_the_others(a: Array, b: Array) -> float:
    return float(np.nanmax(np.abs(a - b)) / np.nanmax(np.abs([a, b])))


def refuses_other_shapes(student: Student, rng: np.random.Generator) -> None:
    """raises ValueError where shapes differ.

    Arrays of different shapes are an error, not a broadcast; those of one shape are none.
    """
    _measures(student, rng)
    column = rng.normal(size=(4, 1))
    for a, b in ((column, column[:, 0]), (column, column.T), (column, np.ones((4, 3)))):
        try:
            _error(student, a, b)
        except StudentError as error:
            if error.kind == "ValueError":
                continue
            raise
        raise Wanting(
            f"shapes {a.shape} and {b.shape} are compared: NumPy broadcasts them; raise ValueError"
        )


register(
    Exercise(
        "relative_error",
        "05",
        no_trials,
        nothing,
        (
            Property(
                "is_the_largest_gap_by_the_largest_entry",
                holds=is_relative,
            ),
            Property("does_not_swallow_nan", holds=refuses_nan),
            Property(
                "refuses_other_shapes",
                holds=refuses_other_shapes,
            ),
        ),
        right=right.relative_error,
    )
)
