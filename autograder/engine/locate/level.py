"""Arrays whose entries, rows or columns are alike, or the right ones times numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from autograder.engine.locate.case import Pair
from autograder.engine.locate.factor import number, ratio
from autograder.engine.report.statement import Statement


def level(found: Sequence[Pair], name: str) -> Iterator[Statement]:
    """All entries are one number, or all rows one row; the right array times some number."""
    if not all(np.isfinite(pair.found).all() for pair in found):
        return  # nan is a multiple of nothing
    factors = [_one_factor(pair) for pair in found]
    if len(found) > 1 and all(factors):
        shown = " and ".join(
            f"{number(c or 0)} with {pair.case.label}"
            for c, pair in list(zip(factors, found, strict=True))[:2]
        )
        yield Statement(
            f"What you return as {name} is the right one times one number, the same for all its "
            f"entries: {shown}. Its direction is right; the factor is not.",
            lambda: True,  # it has just been measured
        )
        return
    large = [pair for pair in found if pair.found.size > 2 and np.ptp(pair.right) > 0]
    yield Statement(
        f"All entries of what you return as {name} are the same number.",
        lambda: bool(large) and all(np.ptp(pair.found) < 1e-12 for pair in large),
    )
    for axis, several in enumerate(("rows", "columns")):

        def holds(k: int = axis) -> bool:
            matrices = [p for p in found if p.found.ndim == 2 and p.found.shape[k] > 1]
            flat = all(np.ptp(p.found, axis=k).max() < 1e-12 for p in matrices)
            return (
                bool(matrices) and flat and any(np.ptp(p.right, axis=k).max() > 0 for p in matrices)
            )

        yield Statement(f"All {several} of what you return as {name} are equal.", holds)
        yield Statement(
            f"In each of its {several} {name} is off by the same amounts.", _evenly(found, axis)
        )
        yield Statement(
            f"Each of the {several} of what you return as {name} is that of the right one times a "
            f"number of its own: the factor that belongs to the {several} is another.",
            _multiples(found, axis),
        )
        yield Statement(
            f"Some of the {several} of what you return as {name} hold zeros alone, where the right "
            "one has other numbers: does your code fill each of them?",
            _unfilled(found, axis),
        )


def _one_factor(pair: Pair) -> float | None:
    large = pair.found.size > 2 and pair.found.shape == pair.right.shape
    return ratio(pair.found, pair.right, pair.case.tolerance) if large else None


def _evenly(found: Sequence[Pair], axis: int):  # type: ignore[no-untyped-def]
    def holds() -> bool:
        large = [p for p in found if p.right.ndim == 2 and p.found.shape[axis] > 1]
        if not large or any(p.found.shape != p.right.shape for p in large):
            return False
        gaps = [p.found - p.right for p in large]
        return all(np.ptp(g, axis=axis).max() < 1e-9 * np.abs(g).max() for g in gaps)

    return holds


def _multiples(found: Sequence[Pair], axis: int):  # type: ignore[no-untyped-def]
    def holds() -> bool:
        large = [p for p in found if p.right.ndim == 2 and min(p.right.shape) > 1]
        if not large or any(p.found.shape != p.right.shape for p in large):
            return False
        if all(_one_factor(p) is not None for p in large):
            return False
        for p in large:
            if (np.count_nonzero(p.right, axis=1 - axis) < 2).any():
                return False  # of one number any other is a multiple
            if not p.found.any(axis=1 - axis).all():
                return False  # nothing was multiplied there
            # rows that are parallel: every 2 by 2 minor of a row beside the right one is 0
            one, other = (p.found, p.right) if axis == 0 else (p.found.T, p.right.T)
            minors = one[:, :1] * other - one * other[:, :1]
            if np.abs(minors).max() > 1e-9 * np.abs(one).max() * np.abs(other).max():
                return False
        return True

    return holds


def _unfilled(found: Sequence[Pair], axis: int):  # type: ignore[no-untyped-def]
    def holds() -> bool:
        large = [p for p in found if p.right.ndim == 2 and p.found.shape == p.right.shape]
        large = [p for p in large if p.right.shape[axis] > 1]
        empty = [~p.found.any(axis=1 - axis) & p.right.any(axis=1 - axis) for p in large]
        return bool(empty) and all(e.any() and not e.all() for e in empty)

    return holds
