"""Misconceptions about scale: 1/m, the sum, the mean, the sign."""

from __future__ import annotations

from collections.abc import Mapping

from autograder.engine.diagnosis.edits import rescale
from autograder.engine.diagnosis.forms import LayerEdit, WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Claim, Problem
from autograder.mistakes.catalogue.scale import (
    DB_MEAN_AND_ONE_OVER_M,
    DB_NOT_AVERAGED,
    J_VS_L_ONE_OVER_M_PLACEMENT,
    LOSS_DERIVATIVE_WRONG,
    MISSING_ONE_OVER_M,
    ONE_OVER_M_PER_LAYER,
    ONE_OVER_M_TWICE,
    SIGN_FLIP,
    WRONG_M,
)
from autograder.networks import Edits, Graph
from autograder.networks.facts import layer_facts

MISTAKES = Mistakes("columns")


def _m(graph: Graph) -> float:
    return float(graph.facts.m)


def _weights(power: int, which: str = "Wb") -> LayerEdit:
    """Multiply what reaches W and b (or one of them) by m ** power."""

    def edits(graph: Graph, n: int) -> Edits | None:
        wires = {f"{kind}{n}->Z{n}": rescale(_m(graph) ** power) for kind in which}
        return wires if f"W{n}->Z{n}" in graph.wires() else None

    return edits


def _width(which: str, axis: int) -> LayerEdit:
    """Divide by a width of the layer where m was meant."""

    def edits(graph: Graph, n: int) -> Edits | None:
        if f"W{n}" not in graph.inputs:
            return None
        wrong_m = graph.inputs[f"W{n}"].shape[axis]
        return {f"{kind}{n}->Z{n}": rescale(_m(graph) / wrong_m) for kind in which}

    return edits


def _entries(which: str) -> LayerEdit:
    """Divide by the number of entries of A_prev where m was meant: by its rows once too often."""

    def edits(graph: Graph, n: int) -> Edits | None:
        if f"W{n}" not in graph.inputs:
            return None
        rows = graph.inputs[f"W{n}"].shape[1]
        return {f"{kind}{n}->Z{n}": rescale(1 / rows) for kind in which}

    return edits


def _cost(power: int = 0, factor: float = 1.0) -> WholeEdit:
    """Rescale the cost: everything behind it gets the same factor."""

    def edits(problem: Problem) -> Edits:
        return {"J": rescale(factor * _m(problem.graph) ** power)}

    return edits


MISTAKES.layer(MISSING_ONE_OVER_M, _weights(1), "in dW and db")
MISTAKES.layer(MISSING_ONE_OVER_M, _weights(1, "W"), "in dW only")
MISTAKES.whole(MISSING_ONE_OVER_M, _cost(1), "everywhere")

MISTAKES.layer(DB_NOT_AVERAGED, _weights(1, "b"))

MISTAKES.layer(ONE_OVER_M_TWICE, _weights(-1), "in dW and db")
MISTAKES.layer(ONE_OVER_M_TWICE, _weights(-1, "W"), "in dW only")
MISTAKES.whole(ONE_OVER_M_TWICE, _cost(-1), "everywhere")

MISTAKES.layer(DB_MEAN_AND_ONE_OVER_M, _weights(-1, "b"))


def _per_layer(graph: Graph, n: int) -> Edits | None:
    wire = f"A{n - 1}->Z{n}"
    return {wire: rescale(1 / _m(graph))} if f"W{n}" in graph.inputs else None


def _per_hidden(graph: Graph, n: int) -> Edits | None:
    return {f"Z{n}->A{n}": rescale(1 / _m(graph))} if n < layer_facts(graph).L else None


MISTAKES.layer(ONE_OVER_M_PER_LAYER, _per_layer, "in dA_prev")
MISTAKES.layer(ONE_OVER_M_PER_LAYER, _per_hidden, "in dZ of hidden layers")

MISTAKES.layer(WRONG_M, _width("Wb", 1), "m = A_prev.shape[0]")
MISTAKES.layer(WRONG_M, _width("Wb", 0), "m = W.shape[0]")
MISTAKES.layer(WRONG_M, _width("W", 1), "m = A_prev.shape[0], in dW")
MISTAKES.layer(WRONG_M, _width("W", 0), "m = W.shape[0], in dW")
MISTAKES.layer(WRONG_M, _width("b", 1), "m = A_prev.shape[0], in db")
MISTAKES.layer(WRONG_M, _width("b", 0), "m = W.shape[0], in db")

MISTAKES.layer(WRONG_M, _entries("Wb"), "m = A_prev.size")

MISTAKES.whole(SIGN_FLIP, _cost(factor=-1.0))

MISTAKES.whole(LOSS_DERIVATIVE_WRONG, _cost(factor=2.0), "twice")
MISTAKES.whole(LOSS_DERIVATIVE_WRONG, _cost(factor=0.5), "half")


def _other_convention(problem: Problem) -> Mapping[str, Claim] | None:
    if layer_facts(problem.graph).Y is None:
        return None  # one layer is told its upstream: there 1/m in dA_prev is a mistake
    m = _m(problem.graph)
    return {
        name: Claim(c.node, {1.0: m, m: 1.0}.get(c.factor, c.factor)) if _signal(c) else c
        for name, c in problem.claims.items()
    }


def _signal(claim: Claim) -> bool:
    return claim.kind in ("dZ", "dA")


MISTAKES.reading(J_VS_L_ONE_OVER_M_PLACEMENT, _other_convention)
