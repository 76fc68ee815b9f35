"""Misconceptions about the slope of one operation, as they show in a graph of scalars."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, LayerEdit, misconception
from autograder.engine.diagnosis.edits import bypass, carry
from autograder.mistakes import slopes as local  # noqa: F401  its entries get forms here
from autograder.networks import Array, Edits, Graph
from autograder.networks.blocks import tanh
from autograder.networks.scalar import OPERATIONS
from autograder.networks.tap import STEP

ON = ("values",)
SECTION = "01, Slopes on the wires"
Rule = Callable[[Array, Array], Array]


def _at(operation: str, rule: Rule) -> LayerEdit:
    """``rule(x, f(x))`` for the slope of this operation, wherever it stands."""

    def edits(graph: Graph, n: int) -> Edits | None:
        if graph.facts["operations"][n] != operation:
            return {}
        source = graph.facts["operands"][n][0]
        return {f"v{n}": bypass(f"v{source}->v{n}[0]", rule)}

    return edits


def _slope(operation: str, x: Array) -> Array:
    return np.asarray(OPERATIONS[operation](x + 1j * STEP).imag / STEP)


def _one(x: Array, y: Array) -> Array:
    return np.ones_like(x)


def _value(x: Array, y: Array) -> Array:
    return y


#: id -> operation -> the rules that a misconception puts in the place of the slope.
_SLIPS: Mapping[str, Mapping[str, tuple[Rule, ...]]] = {
    "missing-activation-derivative": dict.fromkeys(("tanh", "relu", "exp", "log"), (_one,)),
    "activation-value-as-derivative": {"tanh": (_value,), "log": (_value,)},
    "relu-value-as-derivative": {"relu": (_value,)},
    "derivative-at-wrong-argument": {
        "tanh": (lambda x, y: 1 - tanh(y) ** 2,),
        "exp": (lambda x, y: np.exp(y),),
        "log": (lambda x, y: 1 / y,),
    },
    "derivative-unsquared": {"tanh": (lambda x, y: 1 - y,)},
    "one-minus-z-squared": {"tanh": (lambda x, y: 1 - x**2,)},
    "z-times-derivative": {
        "tanh": (lambda x, y: x * (1 - y**2),),
        "exp": (lambda x, y: x * y, lambda x, y: x * np.exp(x - 1)),
    },
    "inverse-derivative": {
        "tanh": (lambda x, y: 1 / (1 - y**2),),
        "exp": (lambda x, y: 1 / y,),
        "log": (lambda x, y: x,),
    },
    "wrong-activation-derivative": {
        "tanh": (lambda x, y: y * (1 - y), lambda x, y: 1 + y**2, lambda x, y: y**2 - 1),
        "log": (lambda x, y: -1 / x, lambda x, y: -1 / x**2, lambda x, y: 1 / x**2),
    },
}


def _enter() -> None:
    for id, operations in _SLIPS.items():
        for operation, rules in operations.items():
            for rule in rules:
                CATALOGUE[id].form(f"in {operation}", layer=_at(operation, rule), on=ON)
        CATALOGUE[id].reword(
            "values",
            formula="the slope of f at x belongs on the wire from x to f(x)",
            section=SECTION,
        )


_enter()


def _no_slopes(graph: Graph, n: int) -> Edits | None:
    """Every wire into the node carries 1: the pass only adds what arrives."""
    if graph.facts["operations"][n] == "+":
        return {}
    operands = graph.facts["operands"][n]
    if len(operands) == 1:
        return _at(graph.facts["operations"][n], _one)(graph, n)
    return _factors(lambda a, b: (_one(a, a), _one(b, b)))(graph, n)


def _factors(slopes: Callable[[Array, Array], tuple[Array, Array]]) -> LayerEdit:
    """Other slopes for the two operands of a product."""

    def edits(graph: Graph, n: int) -> Edits | None:
        if graph.facts["operations"][n] != "*":
            return {}
        i, j = graph.facts["operands"][n]
        at_i, at_j = slopes(graph.value(f"v{i}"), graph.value(f"v{j}"))

        def edit(value: Array, seen: Mapping[str, Array]) -> Array:
            one, two = seen[f"v{i}->v{n}[0]"].imag, seen[f"v{j}->v{n}[1]"].imag
            return carry(value, at_i * one + at_j * two)

        return {f"v{n}": edit}

    return edits


misconception(
    "product-own-factor",
    unit="01",
    title="a factor got itself as its slope",
    computed="a gradient in which each factor of a product is multiplied by its own value, "
    "where the value of the other one belongs",
    formula="for p = a * b: the slope at a is b, the slope at b is a",
    ask="Let a = 3 and b = 10. If a grows by 0.1, by how much does a * b grow?",
    section=SECTION,
).form(layer=_factors(lambda a, b: (a, b)), on=ON)

misconception(
    "product-without-slopes",
    unit="01",
    title="a product treated like a sum",
    computed="a gradient that passes a product unchanged, as it would pass a sum",
    formula="for p = a * b: the slope at a is b, the slope at b is a",
    ask="Let a = 3 and b = 10. If a grows by 0.1, by how much does a * b grow?",
    section=SECTION,
).form(layer=_factors(lambda a, b: (_one(a, a), _one(b, b))), on=ON)

CATALOGUE["missing-activation-derivative"].form("in every operation", layer=_no_slopes, on=ON)

misconception(
    "graph-walked-as-tree",
    unit="01",
    title="one visit for each path",
    computed="the right gradients, with each path walked by itself: a chain of 20 diamonds has 21 "
    "nodes, and 2^20 paths down to its leaf",
    formula="s x + s y = s (x + y): add first what arrives at a node, hand it on once",
    ask="How often does your pass come to the leaf of v1 = v0 + v0, v2 = v1 + v1, v3 = v2 + v2?",
    section="01, Tree or graph",
)
