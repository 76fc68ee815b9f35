"""How a node is written in the picture, and in words: A with a small 1, ŷ with a small 2."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from autograder.networks import Graph
from autograder.networks.facts import LayerFacts, RowFacts, TimeFacts

#: Single layers and cells, in the names of the functions that the student writes.
_LAYER = {"A0": "A_prev", "W1": "W_", "b1": "b_", "Z1": "Z_", "A1": "A_"}
_CELL = {"a0": "a_prev", "z1": "z_", "a1": "a_next", "x": "x_t"}
_AFFINE = {"A0": "x_", "W1": "w_", "b1": "b_", "Z1": "out_"}
_POINTWISE = {"Z1": "x_", "A1": "out_"}
_SOFTMAX = {"Z1": "x_", "A1": "p_"}


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


def symbols(graph: Graph) -> dict[str, Symbol]:
    """The symbol of every node; of ``x->z2`` too, which is x at step 2."""
    family = _family(graph)
    found = {name: _symbol(family.get(name, name)) for name in graph.nodes()}
    for wire in graph.wires() if isinstance(graph.facts, TimeFacts) and graph.facts.T > 1 else ():
        if wire.startswith(("x->", "a->")):
            found[wire] = Symbol(wire[0], wire.lstrip("xazy->"))
    return found


def _family(graph: Graph) -> dict[str, str]:
    facts = graph.facts
    if isinstance(facts, TimeFacts) and facts.family == "rnn" and facts.T == 1:
        return _CELL if "L1" not in graph.seen else {}
    if isinstance(facts, RowFacts):
        if facts.L == 1 and "W1" in graph.inputs:
            return _AFFINE
        if facts.L == 1:
            return _SOFTMAX if facts.y is not None else _POINTWISE
        return {"A0": "x_"}
    if isinstance(facts, LayerFacts) and facts.upstream is not None:
        return _LAYER
    return {}


@cache
def _symbol(name: str) -> Symbol:
    name = name.replace("yhat", "ŷ")
    if "_" in name:
        main, _, sub = name.partition("_")
        return Symbol(main, sub, "_" if sub else "")
    return Symbol(name[:1], name[1:])
