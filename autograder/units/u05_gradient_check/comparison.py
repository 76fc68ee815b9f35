"""Unit 05: when are two arrays the same, up to rounding?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.observe import StudentError
from autograder.units.u05_gradient_check import right
from autograder.units.u05_gradient_check.calling import array, measure, unchanged

#: What came back, and of which arrays.
Tried = tuple[float, Array, Array]


def is_relative(student: Student, rng: np.random.Generator) -> None:
    """is the largest gap divided by the largest entry.

    The largest difference, divided by the largest entry.
    """
    tried: list[Tried] = []
    for shape in ((4,), (3, 2)):
        for size in (1.0, 1e-6, 1e6):
            a = rng.normal(size=shape) * size
            b = a + rng.normal(size=shape) * 1e-3 * size
            for one, other in ((a, b), (b, a), (a, -b), (a, 0 * a)):
                reply = student.observe("relative_error", one, other)
                unchanged(reply, "a", "b")
                tried.append((float(array("the error", reply.value, ())), one, other))
    if not all(_is(found, measure(a, b)) for found, a, b in tried):
        raise Wanting(_instead(tried))
    if _error(student, np.zeros(3), np.zeros(3)) != 0:
        raise Wanting("two arrays of zeros agree: the error is 0.0")


def _error(student: Student, a: Array, b: Array) -> Any:
    return student.call("relative_error", a, b)


def _is(found: float, value: float) -> bool:
    """Whether it is this number; nan is nan, and infinity infinity."""
    same = found == value or (np.isnan(found) and np.isnan(value))
    return bool(same or abs(found - value) <= 1e-9 * abs(value))


def _fits(tried: list[Tried], values: list[float]) -> bool:
    return all(_is(found, value) for (found, *_), value in zip(tried, values, strict=True))


def _instead(tried: list[Tried]) -> str:
    """What it is of all pairs that were tried: on one of them many things are the same."""
    with np.errstate(all="ignore"):
        others = [_others(a, b) for _, a, b in tried]
        for told in others[0]:
            if _fits(tried, [other[told] for other in others]):
                return f"it is {told}"
        for above, value in _ABOVE.items():
            tops = [value(a, b) for _, a, b in tried]
            below = [dict(_below(a, b)) for _, a, b in tried]
            for under in below[0]:
                sizes = [found[under] for found in below]
                if _fits(tried, [top / size for top, size in zip(tops, sizes, strict=True)]):
                    ratio = above if under == "1" else f"{above} / {under}"
                    return f"it is {ratio}; asked is max |a - b| / max(max |a|, max |b|)"
    found, a, b = next(one for one in tried if not _is(one[0], measure(*one[1:])))
    scale = max(np.abs(a).max(), np.abs(b).max())
    more = np.abs(a - b).max() / found - scale if found > 0 else 0.0
    if 1e-9 * scale < more < 0.1 * scale:
        return (
            f"it is as if {more:.1e} were added to max(max |a|, max |b|): where the entries are "
            "as small, the error comes out too small"
        )
    return "it is not max |a - b| / max(max |a|, max |b|)"


def _others(a: Array, b: Array) -> dict[str, float]:
    """What else is computed, with what to do about it."""
    gap, scale = np.abs(a - b), max(np.abs(a).max(), np.abs(b).max())
    return {
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


#: What may stand above the line of the ratio, as it is written.
_ABOVE: dict[str, Callable[[Array, Array], Any]] = {
    "max |a - b|": lambda a, b: np.abs(a - b).max(),
    "max (a - b)": lambda a, b: (a - b).max(),
    "max (b - a)": lambda a, b: (b - a).max(),
    "|max (a - b)|": lambda a, b: abs((a - b).max()),
    "|max (b - a)|": lambda a, b: abs((b - a).max()),
    "|max a - max b|": lambda a, b: abs(a.max() - b.max()),
    "| max |a| - max |b| |": lambda a, b: abs(np.abs(a).max() - np.abs(b).max()),
    "min |a - b|": lambda a, b: np.abs(a - b).min(),
    "max (a - b)²": lambda a, b: ((a - b) ** 2).max(),
    "the sum of (a - b)²": lambda a, b: ((a - b) ** 2).sum(),
    "the sum of |a - b|": lambda a, b: np.abs(a - b).sum(),
    "the mean of |a - b|": lambda a, b: np.abs(a - b).mean(),
    "‖a - b‖": lambda a, b: np.linalg.norm(a - b),
}
#: What may stand below it, of one of the arrays.
_OF_ONE: dict[str, Callable[[Array], Any]] = {
    "max |{}|": lambda a: np.abs(a).max(),
    "|max {}|": lambda a: abs(a.max()),
    "max {}": lambda a: a.max(),
    "min |{}|": lambda a: np.abs(a).min(),
    "the sum of |{}|": lambda a: np.abs(a).sum(),
    "the mean of |{}|": lambda a: np.abs(a).mean(),
    "‖{}‖": np.linalg.norm,
    "‖{}‖²": lambda a: (a**2).sum(),
}


def _below(a: Array, b: Array) -> Iterator[tuple[str, float]]:
    """Yield what may stand below the line of the ratio, of both arrays, as it is written."""
    yield "1", 1.0
    yield "max |a + b|", np.abs(a + b).max()
    yield "the smallest of all max(|a|, |b|)", np.maximum(np.abs(a), np.abs(b)).min()
    for name, size in _OF_ONE.items():
        (one, other), (x, y) = (name.format("a"), name.format("b")), (size(a), size(b))
        yield from ((one, x), (other, y), (f"max({one}, {other})", max(x, y)))
        yield from ((f"({one} + {other})", x + y), (f"min({one}, {other})", min(x, y)))
        yield f"(({one} + {other}) / 2)", (x + y) / 2


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
