"""Which part of a stack is wrong: the first rows or columns, as many as a size of the example."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from autograder.engine.locate.axes import words
from autograder.engine.locate.case import Pair
from autograder.engine.locate.places import wrong_lines


def block(found: Sequence[Pair]) -> str:
    """Return which lines are wrong, where a size cuts them on every instance: a part of a stack."""
    off = [pair for pair in found if pair.wrong]
    if not off or any(pair.found.shape != pair.right.shape for pair in off):
        return ""
    wrong = "zero" if all(not pair.found[pair.off].any() for pair in off) else "off"
    for axis in range(off[0].right.ndim):
        _, several = words(off, axis)
        for size in filter(partial(_told, off), off[0].case.sizes):
            for first in (True, False):
                if all(_cut(pair, axis, size, first) for pair in off):
                    one, other = (wrong, "right") if first else ("right", wrong)
                    return f"the first {size} {several} are {one}, and the others are {other}"
    return ""


def _told(off: Sequence[Pair], size: str) -> bool:
    """Whether a size is one of the example's, and not 1 each time, which anything can be."""
    labels = all(f"{size} = " in pair.case.label for pair in off)
    return labels and any(pair.case.sizes[size] > 1 for pair in off)


def _cut(pair: Pair, axis: int, size: str, first: bool) -> bool:
    """Whether just the first so many lines are wrong, or just the others."""
    n = pair.case.sizes.get(size, 0)
    length = pair.right.shape[axis] if pair.right.ndim > axis else 0
    if n != int(n) or not 0 < n < length - 1:
        return False
    return wrong_lines(pair, axis) == list(range(int(n)) if first else range(int(n), length))
