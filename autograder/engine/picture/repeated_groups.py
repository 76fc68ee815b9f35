"""Places the nodes of a graph whose layers or steps repeat, one group beside the other.

What feeds the next group stays on the main rows, one row a state; branches that end in a group
stand above it; and what several groups feed, such as the cost, stands on top.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from autograder.engine.picture.lanes import Lanes, lanes
from autograder.engine.picture.longest_path import Grid
from autograder.engine.picture.wiring import Wiring, kind, number, touched

#: Distance of the node on top from the rows below it.
_TOP = 1.15


@dataclass
class Places:
    """Where nodes stand, and what is drawn in place of others.

    Attributes
    ----------
    grid : dict
        Column and row of each node that is drawn.
    passed : list of pair of str
        Ends of wires that lead over nodes which are left out.
    dots : list
        Column and row of dots where groups are left out, and the nodes before and after them.
    """

    grid: Grid = field(default_factory=dict)
    passed: list[tuple[str, str]] = field(default_factory=list)
    dots: list[tuple[float, float, list[str], list[str]]] = field(default_factory=list)


def shown(steps: Collection[int], marked: Collection[str], most: int = 4) -> list[int]:
    """Which of the layers or steps are drawn: the edited ones, and few others."""
    edited = {number(end) for end in touched(marked)}
    kept = {min(steps), max(steps)} | (edited & set(steps))
    for n in sorted(steps):
        if len(kept) < most:
            kept.add(n)
    return sorted(kept)


def by_groups(wiring: Wiring, marked: Collection[str]) -> Places:
    """Place the groups from left to right."""
    found, main = Places(), lanes(wiring)
    drawn = shown(wiring.steps, marked)
    given = set(wiring.groups.values()) - set(wiring.steps)
    column, starts = 0, dict.fromkeys(drawn, 0)
    for before, step in _successive(sorted({*given, *drawn})):
        if any(before < n < step for n in wiring.steps):
            _leave_out(wiring, main, found, column, (before, step))
            column += 1
        starts[step] = column
        column += _main_rows(wiring, main, found.grid, column, step)
    _branches(wiring, main, found, marked, starts)
    _ends(wiring, found.grid)
    return found


def _successive(steps: list[int]) -> list[tuple[int, int]]:
    return list(zip([steps[0], *steps], steps, strict=False))


def _main_rows(wiring: Wiring, main: Lanes, grid: Grid, column: int, step: int) -> int:
    """Put a group's main nodes into the columns from here on; return how many it takes."""
    if not main.depth:  # no group feeds another
        return 2
    here = [n for n, g in wiring.groups.items() if g == step and kind(n) in main.depth]
    if step not in wiring.steps:  # what is given at the start
        grid |= {name: (column, main.row[kind(name)]) for name in here}
        return 1
    used = sorted({main.depth[kind(name)] for name in here})
    for name in here:
        place = column + used.index(main.depth[kind(name)]) + main.slant(kind(name))
        grid[name] = (place, main.row[kind(name)])
    return len(used)


def _leave_out(
    wiring: Wiring, main: Lanes, found: Places, column: int, gap: tuple[int, int]
) -> None:
    """Dots on the row of each state."""
    groups = wiring.groups
    for state in main.states or [""]:
        ahead = [n for n in found.grid if kind(n) == state and groups[n] == gap[0]]
        last = [n for n, g in groups.items() if kind(n) == state and gap[0] < g < gap[1]]
        after = [b for a, b in wiring.pairs if a in last and groups.get(b) == gap[1]]
        found.dots.append((column, main.row.get(state, 0), ahead, list(dict.fromkeys(after))))


def _branches(
    wiring: Wiring,
    main: Lanes,
    found: Places,
    marked: Collection[str],
    starts: dict[int, int],
) -> None:
    """Stack what does not feed the next group above what it is made of."""
    inner = {n: g for n, g in wiring.groups.items() if n not in wiring.graph.inputs}
    side = {n: g for n, g in inner.items() if kind(n) not in main.depth}
    out = _left_out(wiring, main, side, touched(marked))
    source: dict[str, str] = {}  # of what is left out: the last before it that is drawn
    for name in [n for n, g in side.items() if g in starts]:
        before = [source.get(a, a) for a, b in wiring.pairs if b == name]
        if kind(name) in out:
            source[name] = before[0]
            continue
        found.passed += [(source[a], name) for a, b in wiring.pairs if b == name and a in source]
        below = [found.grid[a] for a in before if a in found.grid]
        columns = [column for column, _ in below] or [starts[side[name]]]
        row = max([main.top, *(row for _, row in below)]) + 1
        _put(found.grid, name, sum(columns) / len(columns), row, 0.7, 0.0)


def _left_out(
    wiring: Wiring, main: Lanes, side: dict[str, int], edited: Collection[str]
) -> set[str]:
    """Kinds of nodes in a branch that stand between two others, with no edit at any of them."""
    kept: set[str] = set()
    for name, group in side.items():
        before = [a for a, b in wiring.pairs if b == name]
        after = [b for a, b in wiring.pairs if a == name]
        passes = len(before) == 1 and after and all(side.get(b) == group for b in after)
        if not passes or name in edited or not (main.depth or before[0] in side):
            kept.add(kind(name))
    return {kind(name) for name in side} - kept


def _ends(wiring: Wiring, grid: Grid) -> None:
    """What belongs to no group: on top of the groups that feed it, or behind the last one."""
    top = max(row for _, row in grid.values()) + _TOP
    for name in wiring.standing:
        if name in wiring.groups:
            continue
        before = [a for a, b in wiring.pairs if b == name and a in grid]
        fed = {wiring.groups[a] for a in before if a in wiring.groups}
        if before and len(fed) < 2:
            column, row = max(grid[a] for a in before)
            _put(grid, name, column + 1, row, 0.0, 1.0)
        else:
            columns = [grid[a][0] for a in before or grid]
            _put(grid, name, sum(columns) / len(columns), top, 1.0, 0.0)


def _put(grid: Grid, name: str, column: float, row: float, right: float, up: float) -> None:
    """Put a node here, or as far to the right or up as is free."""
    while any(abs(c - column) < 0.6 and abs(r - row) < 0.6 for c, r in grid.values()):
        column, row = column + right, row + up
    grid[name] = (column, row)
