"""Writes a node for the picture and for sentences: A with a small 1, ŷ with a small 2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from autograder.engine.picture.wiring import is_sliced, number
from autograder.networks import Graph


@dataclass(frozen=True)
class Symbol:
    """A letter and a small index; `joint` stands between them in words."""

    main: str
    sub: str = ""
    joint: str = ""

    def __str__(self) -> str:
        return f"{self.main}{self.joint}{self.sub}"

    @property
    def width(self) -> float:
        """Generous estimate of its width in pixels."""
        main = sum(12.0 if letter in "Wmw" else 8.4 for letter in self.main)
        return main + 0.62 * self.size * len(self.sub)

    @property
    def size(self) -> int:
        """Font size of the index; that of the letter is 12."""
        return 9 if len(self.sub) < 2 else 8


def symbols(graph: Graph) -> Mapping[str, Symbol]:
    """The symbol of every node; of ``x->z2`` too, where only x at step 2 goes along that wire."""
    if "symbols" not in graph.kept:
        graph.kept["symbols"] = _symbols(graph)
    found: Mapping[str, Symbol] = graph.kept["symbols"]
    return found


def _symbols(graph: Graph) -> dict[str, Symbol]:
    written = graph.facts.written
    found = {name: _symbol(written.get(name, name)) for name in graph.nodes()}
    for leaf in (name for name in graph.inputs if is_sliced(graph, name)):
        for wire in graph.wires():
            if wire.startswith(f"{leaf}->") and number(wire) >= 0:
                found[wire] = Symbol(str(found[leaf]), str(number(wire)))
    return found


@cache
def _symbol(name: str) -> Symbol:
    name = name.replace("yhat", "ŷ")
    if name.endswith("_"):
        return Symbol(name[:-1])  # nothing is set as an index
    if "_" in name:
        main, _, sub = name.partition("_")
        return Symbol(main, sub, "_" if sub else "")
    return Symbol(name[:1], name[1:])
