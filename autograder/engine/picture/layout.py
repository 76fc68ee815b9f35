"""Holds what is drawn where: places of nodes, and the wires that join them."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.engine.picture.rectangles import Box
from autograder.engine.picture.symbols import Symbol

GAP = "…"
_RADIUS = 13.0


@dataclass
class Plan:
    """Places of the nodes, and the wires between them.

    A leaf that feeds several nodes has a place for each of its wires, under the wire's name, or
    one for all its wires into one step, under the name of the first.
    """

    step: float
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    wires: list[tuple[str, str, str]] = field(default_factory=list)

    def node(self, key: str, x: float, y: float, symbol: Symbol) -> None:
        """Put a node, or a leaf's copy, at (x, y)."""
        self.places[key], self.symbols[key] = (x, y), symbol

    def box(self, key: str) -> Box:
        """The room that a node takes."""
        return node_box(key, self.symbols[key], *self.places[key])


def node_box(key: str, symbol: Symbol, x: float, y: float) -> Box:
    """The room that a node takes at (x, y); leaves are a little smaller."""
    leaf = "->" in key
    size = 2 * (_RADIUS - 1.5) if leaf else 2 * _RADIUS
    return Box(x, y, max(size, symbol.width + (4 if leaf else 9)), size)
