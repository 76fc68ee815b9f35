"""Factors told by the sizes: ``m / n_x`` and not 1.4, the same name on every instance."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np

Sizes = Mapping[str, float]
Named = tuple[str, Callable[[Sizes], float]]

#: Factors that need no size.
CONSTANTS = (
    2,
    3,
    4,
    Fraction(1, 2),
    Fraction(1, 3),
    Fraction(1, 4),
    Fraction(2, 3),
    Fraction(3, 2),
)


def name_of(factors: Sequence[float], sizes: Sequence[Sizes]) -> str:
    """Return what all these factors are called, one instance each; empty if nothing fits all.

    A number that needs no size comes first, then one letter, then two.
    """
    numbers = np.asarray(factors, dtype=float)
    if not len(numbers) or not np.isfinite(numbers).all() or (numbers == 0).any():
        return ""
    signs = np.sign(numbers)
    if len(set(signs)) > 1:
        return ""
    absolute = [abs(float(n)) for n in numbers]
    for text, value in _names(sizes[0]):
        try:
            named = all(_near(n, value(s)) for n, s in zip(absolute, sizes, strict=True))
        except (KeyError, ZeroDivisionError):
            continue
        if named:
            return f"-{text}" if signs[0] < 0 else text
    return ""


def _near(number: float, wanted: float) -> bool:
    # plain numbers: thousands of names are tried, and most fail on the first instance
    return abs(number - wanted) <= 1e-6 * abs(wanted) < math.inf


def _one(size: str) -> str:
    """A size as one factor: ``"(H' W')"``, which is a product."""
    return f"({size})" if " " in size else size


def _names(sizes: Sizes) -> Iterator[Named]:
    yield "1", lambda s: 1.0
    for number in CONSTANTS:
        yield str(number), lambda s, n=number: float(n)  # type: ignore[misc]
    for a in sizes:
        yield a, lambda s, a=a: s[a]  # type: ignore[misc]
        yield f"1/{_one(a)}", lambda s, a=a: 1 / s[a]  # type: ignore[misc]
    for a, b in combinations(sizes, 2):
        yield f"{a} {b}", lambda s, a=a, b=b: s[a] * s[b]  # type: ignore[misc]
        yield f"1/({a} {b})", lambda s, a=a, b=b: 1 / (s[a] * s[b])  # type: ignore[misc]
    for a, b in permutations(sizes, 2):
        yield f"{a}/{_one(b)}", lambda s, a=a, b=b: s[a] / s[b]  # type: ignore[misc]
    for a in sizes:
        yield f"{_one(a)}²", lambda s, a=a: s[a] ** 2  # type: ignore[misc]
        yield f"1/{_one(a)}²", lambda s, a=a: s[a] ** -2.0  # type: ignore[misc]
        yield f"({a} - 1)/{_one(a)}", lambda s, a=a: (s[a] - 1) / s[a]  # type: ignore[misc]
        yield f"{a}/({a} - 1)", lambda s, a=a: s[a] / (s[a] - 1)  # type: ignore[misc]
        yield f"{a}/({a} + 1)", lambda s, a=a: s[a] / (s[a] + 1)  # type: ignore[misc]
        yield f"1/√{_one(a)}", lambda s, a=a: s[a] ** -0.5  # type: ignore[misc]
        yield f"√{_one(a)}", lambda s, a=a: s[a] ** 0.5  # type: ignore[misc]
        yield f"2/{_one(a)}", lambda s, a=a: 2 / s[a]  # type: ignore[misc]
        yield f"1/(2 {a})", lambda s, a=a: 0.5 / s[a]  # type: ignore[misc]
    for a, b, c in permutations(sizes, 3):
        if a < b:
            yield f"{a} {b}/{c}", lambda s, a=a, b=b, c=c: s[a] * s[b] / s[c]  # type: ignore[misc]
            yield f"1/({a} {b} {c})", lambda s, a=a, b=b, c=c: 1 / (s[a] * s[b] * s[c])  # type: ignore[misc]


def number(value: float) -> str:
    """Return a number as a short fraction if it is one, else with four digits."""
    near = Fraction(abs(value)).limit_denominator(60)
    exact = near > 0 and np.isclose(float(near), abs(value), rtol=1e-6)
    sign = "-" if value < 0 else ""
    return f"{sign}{near}" if exact and near.numerator <= 60 else f"{value:.4g}"


def ratio(one: np.ndarray, other: np.ndarray, tolerance: float) -> float | None:
    """Return c with ``one = c * other`` in every entry; None if there is none, or c is 0."""
    if one.shape != other.shape or not (np.isfinite(one).all() and np.isfinite(other).all()):
        return None
    weight = float((other * other).sum())
    c = float((one * other).sum()) / weight if weight else 0.0
    scale = float(np.abs(one).max(initial=0.0))
    if not c or not scale or float(np.abs(one - c * other).max()) > tolerance * scale:
        return None
    return c


def parallel(one: np.ndarray, others: np.ndarray, tolerance: float) -> list[int]:
    """Return which of several arrays, stacked along the first axis, are a multiple of one.

    A little is allowed more than `ratio` does, which looks at those that are left.
    """
    found, rows = one.ravel(), others.reshape(len(others), -1)
    with np.errstate(all="ignore"):
        factors = (rows @ found) / (rows * rows).sum(axis=1)
        gaps = np.abs(factors[:, None] * rows - found).max(axis=1, initial=0.0)
    bound = 2 * tolerance * float(np.abs(found).max(initial=0.0))
    return [int(n) for n in np.flatnonzero(gaps <= bound)]
