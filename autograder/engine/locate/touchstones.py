"""Lines of an array that add up to 0 in every right answer: a test without a right answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from autograder.engine.locate.case import Case, Pair, wrong_pairs
from autograder.engine.report.statement import Statement
from autograder.networks import Array

#: By function and array: the axis along which it adds up to 0, and why.
_KNOWN: dict[tuple[str, str], tuple[int, str]] = {}
_LINES = (("columns", "column"), ("rows", "row"))


def adds_up_to_0(function: str, array: str, axis: int, why: str) -> None:
    """Enter that an array of two axes adds up to 0 along one of them.

    Parameters
    ----------
    function, array : str
    axis : int
        That of the sum: 1 for rows.
    why : str
        A clause: ``"1 more in all the scores of a row changes no weight"``.
    """
    _KNOWN[function, array] = axis, why


def touchstones(function: str, cases: Sequence[Case]) -> Iterator[Statement]:
    """Yield which lines of a wrong array do not add up to 0, though those of the right one do."""
    for (of, name), (axis, why) in _KNOWN.items():
        found = wrong_pairs(cases, name) if of == function else []
        off = [pair for pair in found if _sums(pair, axis).any()]
        if not off:
            continue
        pair = off[0]
        sums = _sums(pair, axis)
        n = int(np.argmax(np.abs(sums)))
        several, one = _LINES[axis]
        text = (
            f"The {several} of {name} do not add up to 0, and those of the right one do: {why}. "
            f"With {pair.case.label}, {one} {n} (counted from 0) adds up to {sums[n]:.4g}."
        )
        yield Statement(text, partial(_all_right, found, axis))


def _sums(pair: Pair, axis: int) -> Array:
    """What the lines of the wrong array add up to; 0 what is next to nothing."""
    if pair.found.shape != pair.right.shape or not np.isfinite(pair.found).all():
        return np.zeros(1)
    sums = np.asarray(pair.found.sum(axis=axis))
    return np.where(np.abs(sums) > 1e-6 * np.abs(pair.found).max(), sums, 0.0)


def _all_right(found: Sequence[Pair], axis: int) -> bool:
    return all(_right(pair, axis) for pair in found)


def _right(pair: Pair, axis: int) -> bool:
    return float(np.abs(pair.right.sum(axis=axis)).max()) < 1e-9 * float(np.abs(pair.right).max())
