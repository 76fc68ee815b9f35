"""A part of the right array along an axis: its first entries alone, or with others behind them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from autograder.engine.locate.case import Pair
from autograder.engine.locate.relation import Candidate
from autograder.networks import Array


def parts(axis: int, several: str) -> Iterator[Candidate]:
    """Yield some of the right entries along an axis, and the right ones among others."""

    def part(last: bool, more: bool, pair: Pair) -> Array | None:
        large, small = (pair.found, pair.right) if more else (pair.right, pair.found)
        if small.ndim != large.ndim or not 0 < small.shape[axis] < large.shape[axis]:
            return None
        n = small.shape[axis]
        kept = slice(-n, None) if last else slice(n)
        taken = large[(slice(None),) * axis + (kept,)]
        same = taken.shape == small.shape and np.allclose(taken, small, rtol=1e-7, atol=1e-12)
        return pair.found if same else None

    for last, where, behind in ((False, "first", "behind"), (True, "last", "in front of")):
        told = f"the {where} {several} of {{right}} alone"
        yield Candidate(told, partial(part, last, False), exact=True)
        told = f"{{right}} and further {several} {behind} it"
        yield Candidate(told, partial(part, last, True), exact=True)
