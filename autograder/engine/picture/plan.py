"""A plan of a picture: where nodes stand, and which wires join them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from autograder.engine.picture.symbols import Symbol, symbols
from autograder.networks import Graph

ROW, BELOW = 52.0, 60.0
GAP = "…"


@dataclass
class Plan:
    """Places of the nodes, and the wires between them.

    A leaf that feeds several nodes has a place for each of its wires, under the wire's name.
    """

    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    symbols: dict[str, Symbol] = field(default_factory=dict)
    wires: list[tuple[str, str, str]] = field(default_factory=list)

    def node(self, key: str, x: float, y: float, symbol: Symbol) -> None:
        """Put a node, or a leaf's copy, at (x, y)."""
        self.places[key], self.symbols[key] = (x, y), symbol


Ends = Mapping[str, tuple[str, str]]


def ends(graph: Graph) -> dict[str, tuple[str, str]]:
    """Source and target of every wire; ``"v3->v5[1]"`` ends in ``v5``."""
    split = {wire: wire.partition("->") for wire in graph.wires()}
    return {wire: (a, b.partition("[")[0]) for wire, (a, _, b) in split.items()}


def number(name: str) -> int:
    """The layer or step of a node; -1 if it has none."""
    found = re.search(r"\d+$", name)
    return int(found[0]) if found else -1


def shown(last: int, marked: Collection[str], most: int = 4) -> list[int]:
    """Which of the layers or steps 1, ..., last are drawn: the edited ones, and few others."""
    touched = {number(end) for name in marked for end in name.split("[")[0].split("->")}
    kept = {1, last} | (touched & set(range(1, last + 1)))
    for n in range(1, last + 1):
        if len(kept) < most:
            kept.add(n)
    return sorted(kept)


def enters_below(graph: Graph, name: str) -> bool:
    return name in graph.inputs and (name[0] in "Wb" or name == "x")


def below(plan: Plan, graph: Graph, wires: Ends, spread: float) -> None:
    """Put the leaves that enter a node from below under it."""
    names = symbols(graph)
    for node in dict.fromkeys(target for _, target in wires.values()):
        x, y = plan.places[node]
        here = [w for w, (a, b) in wires.items() if b == node and enters_below(graph, a)]
        for k, wire in enumerate(here):
            source = wires[wire][0]
            offset = spread * (k - (len(here) - 1) / 2)
            plan.node(wire, x + offset, y + BELOW, names.get(wire, names[source]))
            plan.wires.append((wire, wire, node))
