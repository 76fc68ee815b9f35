"""Draws wires as curves from edge to edge, bent round the nodes that are in the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import hypot

import numpy as np

from autograder.engine.picture.edited_wires import Mark
from autograder.engine.picture.layout import Plan
from autograder.engine.picture.rectangles import Box, crossed
from autograder.networks import Array

Point = tuple[float, float]
_S = np.linspace(0.0, 1.0, 49)
#: How far a wire is bent, in the order in which they are tried.
_BOWS: tuple[float, ...] = (0, 44, -44, 70, 100, 130, 22, -22, -70, -100, -130, 180, -180)
_LINE = np.stack([(1 - _S) ** 2, 2 * _S * (1 - _S), _S**2], axis=1)


@dataclass
class Wire:
    """A wire on the page: a quadratic curve from edge to edge, and what is marked on it."""

    start: Point
    bend: Point
    end: Point
    mark: Mark | None
    alive: bool

    @property
    def line(self) -> Array:
        """Points on its way, shape (49, 2)."""
        return np.asarray(_LINE @ np.array([self.start, self.bend, self.end]))

    def at(self, s: float) -> Point:
        """The point at the fraction s of its way."""
        (x0, y0), (x1, y1), (x2, y2) = self.start, self.bend, self.end
        a, b, c = (1 - s) ** 2, 2 * s * (1 - s), s**2
        return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2

    @property
    def length(self) -> float:
        """From end to end."""
        return hypot(self.end[0] - self.start[0], self.end[1] - self.start[1]) or 1.0

    @property
    def direction(self) -> Point:
        """From start to end, of length 1."""
        dx, dy = self.end[0] - self.start[0], self.end[1] - self.start[1]
        return dx / self.length, dy / self.length


def route(
    plan: Plan, marks: Mapping[str, Mark], nodes: Mapping[str, Box], faded: Collection[str]
) -> list[Wire]:
    """Every wire of the plan, and those that an edit adds."""
    known = {name for name, _, _ in plan.wires}
    added = [(name, *name.split("->")) for name in marks if "->" in name and name not in known]
    wires = [(n, a, b) for n, a, b in (*plan.wires, *added) if a in nodes and b in nodes]
    drawn = []
    for k, (name, source, target) in enumerate(wires):
        twins = [j for j, (_, a, b) in enumerate(wires) if (a, b) == (source, target)]
        lift = 26.0 * (twins.index(k) - (len(twins) - 1) / 2)
        mark = marks.get(name)
        dead = target in faded or (mark is not None and mark.kind == "cut")
        drawn.append(_bent(nodes, source, target, lift, mark, not dead))
    return drawn


def _bent(
    nodes: Mapping[str, Box], source: str, target: str, lift: float, mark: Mark | None, alive: bool
) -> Wire:
    a, b = nodes[source], nodes[target]
    length = hypot(b.x - a.x, b.y - a.y)
    across = ((b.y - a.y) / length, -(b.x - a.x) / length)
    others = _between(nodes, source, target)
    best, fewest = None, len(others) + 1
    for more in _BOWS:
        bow = lift + more
        middle = ((a.x + b.x) / 2 + bow * across[0], (a.y + b.y) / 2 + bow * across[1])
        wire = Wire(_edge(a, middle), middle, _edge(b, middle), mark, alive)
        met = int(crossed(others, wire.line).sum())
        if met < fewest:
            best, fewest = wire, met
        if not met:
            break
    assert best is not None
    return best


def _between(nodes: Mapping[str, Box], source: str, target: str) -> list[Box]:
    """The other boxes that could be in the way, bent or not, each with a little room."""
    a, b = nodes[source], nodes[target]
    room = 110.0 if abs(a.x - b.x) > 80 else 20.0
    left, right = min(a.x, b.x) - room, max(a.x, b.x) + room
    y, high = (a.y + b.y) / 2, abs(a.y - b.y) / 2 + room
    return [
        Box(o.x, o.y, o.w + 2, o.h + 2)
        for key, o in nodes.items()
        if left < o.x < right and abs(o.y - y) < high and key not in (source, target)
    ]


def _edge(box: Box, towards: Point) -> Point:
    """Where the way to another point leaves a node."""
    dx, dy = towards[0] - box.x, towards[1] - box.y
    scale = hypot(dx / (box.w / 2 + 2), dy / (box.h / 2 + 2)) or 1.0
    return box.x + dx / scale, box.y + dy / scale
