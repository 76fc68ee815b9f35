"""Unit 05: when are two arrays the same, up to rounding?"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.observe import StudentError
from autograder.units.u05_gradient_check import right
from autograder.units.u05_gradient_check.calling import array, measure, unchanged


def is_relative(student: Student, rng: np.random.Generator) -> None:
    """is the largest gap divided by the largest entry.

    The largest difference, divided by the largest entry.
    """
    for shape in ((4,), (3, 2)):
        for size in (1.0, 1e-6, 1e6):
            a = rng.normal(size=shape) * size
            b = a + rng.normal(size=shape) * 1e-3 * size
            for one, other in ((a, b), (b, a), (a, -b), (a, 0 * a)):
                reply = student.observe("relative_error", one, other)
                unchanged(reply, "a", "b")
                found, right = float(array("the error", reply.value, ())), measure(one, other)
                if not abs(found - right) <= 1e-9 * right:
                    raise Wanting(_instead(found, one, other))
    if _error(student, np.zeros(3), np.zeros(3)) != 0:
        raise Wanting("two arrays of zeros agree: the error is 0.0")


def _error(student: Student, a: Array, b: Array) -> Any:
    return student.call("relative_error", a, b)


def _instead(found: float, a: Array, b: Array) -> str:
    gap, scale = np.abs(a - b), max(np.abs(a).max(), np.abs(b).max())
    with np.errstate(all="ignore"):
        others = {
            "the absolute error; divide by the size of the arrays": gap.max(),
            "relative to |a| + |b|; the larger of the two is the scale": gap.max()
            / (np.abs(a).max() + np.abs(b).max()),
            "relative to the first array only; which one is right is not known": gap.max()
            / np.abs(a).max(),
            "relative to the second array only; which one is right is not known": gap.max()
            / np.abs(b).max(),
            "relative entry by entry: an entry near 0 makes a right gradient look wrong": (
                gap / np.maximum(np.abs(a), np.abs(b))
            ).max(),
            "a ratio of norms ‖a - b‖ / (‖a‖ + ‖b‖); asked is for the largest entries": (
                np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))
            ),
            "the norm ‖a - b‖ over the larger of the two norms; asked is for the largest entries": (
                np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b))
            ),
            "the norm ‖a - b‖ over the largest entry; asked is for the largest gap": (
                np.linalg.norm(a - b) / scale
            ),
            "the mean gap over the largest entry; asked is for the largest gap": gap.mean() / scale,
            "the sum of the gaps over the largest entry; asked is for the largest gap": (
                gap.sum() / scale
            ),
            "the mean gap over the larger of the two means; asked is for the largest entries": (
                gap.mean() / max(np.abs(a).mean(), np.abs(b).mean())
            ),
            "the largest of a - b with its sign; the gap is |a - b|": (a - b).max() / scale,
            "the largest of b - a with its sign; the gap is |a - b|": (b - a).max() / scale,
            "relative to the smaller of the two; the larger one is the scale": (
                gap.max() / min(np.abs(a).max(), np.abs(b).max())
            ),
            "relative to the largest a or b with its sign; the scale is |a| or |b|": (
                gap.max() / max(a.max(), b.max())
            ),
            "100 times the relative error, in percent": 100 * gap.max() / scale,
        }
    for told, value in others.items():
        if abs(found - value) <= 1e-9 * abs(value):
            return f"it is {told}"
    more = gap.max() / found - scale if found > 0 else 0.0
    if 1e-9 * scale < more < 0.1 * scale:
        return (
            f"it is as if {more:.1e} were added to max(max |a|, max |b|): where the entries are "
            "as small, the error comes out too small"
        )
    return "it is not max |a - b| / max(max |a|, max |b|)"


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
            if isinstance(found, (int, float, np.number)) and float(found) <= 1e300:
                raise Wanting(
                    f"with nan in one array the error is {float(found):.3g}; Python's max() and "
                    "comparisons let nan slip through"
                )


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
