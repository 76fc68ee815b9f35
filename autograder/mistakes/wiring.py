"""Misconceptions about wiring: which array meets which, on which layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import against, bypass, cut, rescale, spread, through
from autograder.engine.diagnosis.forms import LayerEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.wiring import (
    DB_FORGOTTEN,
    DW_TRANSPOSED,
    DW_USES_OWN_ACTIVATION,
    DW_USES_Z,
    GRADIENT_LEFT_AT_ZERO,
    INPUT_GRAD_COUNTED_TWICE,
    MISSING_W_TRANSPOSE,
    WRONG_CACHE_PART,
)
from autograder.networks import Array, Edits, Graph
from autograder.networks.blocks import derivative
from autograder.networks.facts import layer_facts
from autograder.oracle import gradient

MISTAKES = Mistakes("columns")


def _dw_meets(other: Callable[[Mapping[str, Array], int], Array]) -> LayerEdit:
    """dW = dZ @ other.T where other has the shape of A_prev."""

    def edits(graph: Graph, n: int) -> Edits | None:
        seen = graph.seen
        if f"W{n}" not in seen:
            return None
        right = seen[f"A{n - 1}"]
        try:
            wrong = other(seen, n)
        except KeyError:  # the first layer has no Z below it: it is right there
            return {}
        if wrong.shape != right.shape:
            return {}  # then dW has a foreign shape, and is recognised by that
        return {f"Z{n}": against(f"W{n}->Z{n}", right, wrong)}

    return edits


MISTAKES.layer(DW_USES_OWN_ACTIVATION, _dw_meets(lambda seen, n: seen[f"A{n}"]))
MISTAKES.foreign(
    DW_USES_OWN_ACTIVATION, lambda problem, name, edits: _own_activation(problem, name, edits)
)


def _own_activation(problem: Problem, name: str, edits: Edits) -> Array | None:
    node = problem.claims[name].node
    if not node.startswith("W"):
        return None
    slope = gradient(problem.graph, f"Z{node[1:]}", edits)
    return np.asarray(slope @ problem.graph.value(f"A{node[1:]}").T)


MISTAKES.layer(DW_USES_Z, _dw_meets(lambda seen, n: seen[f"Z{n - 1}"]))


def _no_transpose(graph: Graph, n: int) -> Edits | None:
    W = graph.inputs.get(f"W{n}")
    if W is None or W.shape[0] != W.shape[1]:
        return None
    return {f"Z{n}": through(f"A{n - 1}->Z{n}", W, W.T)}


MISTAKES.layer(MISSING_W_TRANSPOSE, _no_transpose)


def _square_transposed(graph: Graph, n: int) -> Edits | None:
    W = graph.inputs.get(f"W{n}")
    if W is None or W.shape[0] != W.shape[1]:
        return None
    return {f"W{n}->Z{n}": spread(lambda t: np.swapaxes(t, -1, -2))}


def untranspose(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    if name.startswith("dW") and len(shape) == 2 and array.shape == shape[::-1]:
        return array.T
    return None


MISTAKES.undo(DW_TRANSPOSED, untranspose)
MISTAKES.layer(DW_TRANSPOSED, _square_transposed)


def _signal(factor: float) -> LayerEdit:
    def edits(graph: Graph, n: int) -> Edits | None:
        return {f"A{n - 1}->Z{n}": rescale(factor)} if f"W{n}" in graph.inputs else None

    return edits


MISTAKES.layer(INPUT_GRAD_COUNTED_TWICE, _signal(2.0))


def _cut(kind: str) -> LayerEdit:
    def edits(graph: Graph, n: int) -> Edits | None:
        source = f"A{n - 1}" if kind == "A" else f"{kind}{n}"
        return {f"{source}->Z{n}": cut()} if f"W{n}" in graph.inputs else None

    return edits


MISTAKES.layer(GRADIENT_LEFT_AT_ZERO, _cut("W"), "dW")
MISTAKES.layer(GRADIENT_LEFT_AT_ZERO, _cut("A"), "dA_prev")

MISTAKES.layer(DB_FORGOTTEN, _cut("b"))


def _slope_at_input(graph: Graph, n: int) -> Edits | None:
    seen = graph.seen
    if f"A{n - 1}" not in seen or seen[f"A{n - 1}"].shape != seen[f"Z{n}"].shape:
        return None
    rule = derivative(layer_facts(graph).activations[n - 1], seen[f"A{n - 1}"])
    return {f"A{n}": bypass(f"Z{n}->A{n}", lambda z, a: rule)}


MISTAKES.layer(WRONG_CACHE_PART, _slope_at_input)
