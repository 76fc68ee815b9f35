"""Finds the main rows of layers or steps that repeat: one row for each state that is handed on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations, count

from autograder.engine.picture.wiring import Wiring, kind

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Lanes:
    """Columns and rows of the kinds of nodes from which a way leads to the next group.

    Attributes
    ----------
    states : list of str
        Kinds of nodes that feed another group, such as ``"a"`` and ``"c"``; the last first.
    depth : mapping of str to int
        Column of each kind within its group.
    row : mapping of str to float
    """

    states: list[str]
    depth: Mapping[str, int]
    row: Mapping[str, int]

    @property
    def top(self) -> int:
        """The highest row; -1 where there is none."""
        return max(self.row.values(), default=-1)

    def slant(self, kind: str) -> float:
        """In a high stack the upper nodes stand to the left: wires get past the lower ones."""
        if kind in self.states:
            return 0.0
        rows = [self.row[k] for k, d in self.depth.items() if d == self.depth[kind]]
        return 0.2 * (sum(rows) / len(rows) - self.row[kind]) * (len(rows) > 2)


def lanes(wiring: Wiring) -> Lanes:
    """The main rows of a graph; without any where no group feeds another."""
    groups = wiring.groups
    joined = [(a, b) for a, b in wiring.pairs if a in groups and b in groups]
    within = [(a, b) for a, b in joined if groups[a] == groups[b]]
    across = [(a, b) for a, b in joined if groups[a] != groups[b]]
    inner = {n: g for n, g in groups.items() if n not in wiring.graph.inputs}
    early = {kind(n) for n, g in inner.items() if g != wiring.steps[-1]}
    late = {kind(n) for n in inner} - early
    main = _main(wiring, within, across, late)
    depth: dict[str, int] = {}
    for name in groups:
        if kind(name) in main:
            depth.setdefault(kind(name), 0)
    for _ in range(len(depth)):  # longest paths, over all groups
        for a, b in within:
            if kind(a) in depth and kind(b) in depth and kind(a) != kind(b):
                depth[kind(b)] = min(max(depth[kind(b)], depth[kind(a)] + 1), len(depth))
    found = dict.fromkeys(kind(a) for a, _ in across if kind(a) in depth)
    states = sorted(found, key=lambda k: -depth[k])
    links = {(kind(a), kind(b)) for a, b in joined}
    return Lanes(states, depth, _rows(states, depth, links, _straight(wiring, across), late))


def _main(wiring: Wiring, within: Pairs, across: Pairs, late: Collection[str]) -> set[str]:
    """Kinds of nodes from which a way leads to another group, and what only the last group has."""
    main = {kind(a) for a, _ in across}
    while more := {kind(a) for a, b in within if kind(b) in main} - main:
        main |= more
    inner = [name for name in wiring.groups if name not in wiring.graph.inputs]
    if across and not any(kind(name) in main for name in inner):
        return {kind(name) for name in wiring.groups}
    return main.union(late) if across else main


def _straight(wiring: Wiring, across: Pairs) -> set[str]:
    """States that most groups hand straight on to the next, as the c of an LSTM."""
    order = {g: n for n, g in enumerate(sorted(set(wiring.groups.values())))}
    place = {name: order[g] for name, g in wiring.groups.items()}
    same = [kind(a) for a, b in across if kind(a) == kind(b) and place[b] - place[a] == 1]
    return {k for k in same if 2 * same.count(k) >= len(wiring.steps)}


def _rows(
    states: list[str],
    depth: Mapping[str, int],
    links: Collection[tuple[str, str]],
    straight: Collection[str],
    late: set[str],
) -> dict[str, int]:
    """A row for each state, and between or on them room for what they are made of."""
    stacks: dict[int, list[str]] = {}
    for name, column in depth.items():
        if name not in states:
            stacks.setdefault(column, []).append(name)
    passing = {}
    for column, stack in stacks.items():
        before = set() if late.issuperset(stack) else {s for s in states if depth[s] < column}
        here = {s for s in states if depth[s] == column}
        passing[column] = before | here | {s for s in straight if depth[s] > column}
    for gap in count(1):
        row = {state: n * gap for n, state in enumerate(states)}
        free = {c: _free(row, passing[c], len(stack)) for c, stack in stacks.items()}
        if all(len(stack) <= len(free[c]) for c, stack in stacks.items()):
            break
    for column, stack in sorted(stacks.items(), reverse=True):
        wanted = {name: _mean(name, row, links) for name in stack}
        # of equals the first on top
        order = sorted(stack, key=lambda name: (wanted[name], -stack.index(name)))
        rows = min(
            combinations(free[column], len(order)),
            key=lambda rows: sum(abs(r - wanted[n]) for r, n in zip(rows, order, strict=True)),
        )
        row |= dict(zip(order, rows, strict=True))
    return row


def _free(lanes: Mapping[str, int], passing: Collection[str], needed: int) -> list[int]:
    """Rows of a column on which no state stands and no state passes."""
    last = max(lanes.values(), default=0)
    rows = range(last + 1) if len(lanes) > 1 else range(last + needed + 1)
    return [row for row in rows if row not in {lanes[state] for state in passing}]


def _mean(name: str, row: Mapping[str, int], links: Collection[tuple[str, str]]) -> float:
    near = [row[b] for a, b in sorted(links) if a == name and b in row]
    near += [row[a] for a, b in sorted(links) if b == name and a in row]
    return sum(near) / len(near) if near else 0.0
