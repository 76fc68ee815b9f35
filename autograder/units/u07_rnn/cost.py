"""Unit 07: how often the cell is called, and which order of the sum that is."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.engine.exercise import Wanting


def costly(calls: Mapping[int, int], right: bool, told: str) -> None:
    """Raise `Wanting` where there are more calls than steps; named if the sums are `right`.

    `calls` holds their number by that of the steps. One step alone shows nothing: there the direct
    part is the whole.
    """
    over = {T: n for T, n in calls.items() if n > T}
    orders = {_order(n, T) for T, n in over.items()}
    for T, n in over.items():
        raise Wanting(told.format(T, n), orders.pop() if right and len(orders) == 1 else "")


def _order(calls: int, T: int) -> str:
    """Which order of the right sum takes so many calls."""
    if calls in (2 * T, 2 * T - 1):  # at the last step there may be nothing to add yet
        return "bptt-cell-called-twice"
    return "bptt-quadratic-cost" if calls == T * (T + 1) // 2 else ""
