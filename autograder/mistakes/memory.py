"""Misconceptions that show in what a function does, and those that a check names by itself."""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.edits import against
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Claim, Problem
from autograder.mistakes.catalogue.memory import (
    CACHE_VIEW_ALIASING,
    DA_MUTATED_IN_PLACE,
    GRADS_NOT_RESET,
    INPLACE_P_MINUS_Y,
    INPLACE_RELU_MUTATES_DA,
    SHARED_GRAD_ARRAY,
)
from autograder.networks import Edits, Graph
from autograder.networks.facts import layer_facts

MISTAKES = Mistakes("columns")

MISTAKES.behaviour(DA_MUTATED_IN_PLACE, "changed")

MISTAKES.behaviour(
    INPLACE_RELU_MUTATES_DA,
    "changed",
    functions=("relu_backward", "linear_activation_backward"),
    argument=0,
)


def _one_array(problem: Problem) -> dict[str, Claim] | None:
    """dA of a hidden layer holds dZ: both names stand for one array."""
    hidden = {
        name: Claim(f"Z{c.node[1:]}", c.factor)
        for name, c in problem.claims.items()
        if c.kind == "dA" and c.node != "A0" and f"dZ{c.node[1:]}" in problem.claims
    }
    return {**problem.claims, **hidden} if hidden or layer_facts(problem.graph).L == 1 else None


MISTAKES.reading(SHARED_GRAD_ARRAY, _one_array)
MISTAKES.words(
    SHARED_GRAD_ARRAY,
    "columns",
    title="dA holds dZ",
    computed="dZ under the name dA as well: the slope of the activation is in it already",
    formula="dA = Wᵀ dZ of the layer above, before the slope; dZ = dA * g′(Z), an array of its own",
    ask="Which line multiplies by the slope, and under which name is its result kept? Does it "
    "write into dA?",
)

MISTAKES.behaviour(INPLACE_P_MINUS_Y, "changed", functions=("L_model_backward",), argument=0)

MISTAKES.behaviour(GRADS_NOT_RESET, "differs")


def _one_buffer(graph: Graph, n: int) -> Edits | None:
    """Every A is a view of one buffer, which holds the later ones in the end."""
    seen, depth = graph.seen, layer_facts(graph).L
    if layer_facts(graph).Y is None:
        return None
    if n == 1:
        return {}
    outputs = [seen[f"A{layer}"] for layer in range(1, depth + 1)]
    buffer = np.zeros((max(len(out) for out in outputs), graph.facts.m))
    for out in outputs:
        buffer[: len(out)] = out
    right = seen[f"A{n - 1}"]
    return {f"Z{n}": against(f"W{n}->Z{n}", right, buffer[: len(right)])}


MISTAKES.layer(CACHE_VIEW_ALIASING, _one_buffer)
