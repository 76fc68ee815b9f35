"""What students get wrong with one hidden layer, beside what is known of all networks.

The graph is that of a network with two layers, so that everything that is known of those is known
here. What is new are factors of the other layer that fit by broadcasting: A2 has one row.
"""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.edits import Rule, bypass, rescale
from autograder.engine.diagnosis.forms import LayerEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.chain import WRONG_LAYER_INDEX
from autograder.mistakes.catalogue.scale import WRONG_M
from autograder.mistakes.catalogue.signal import REUSE_OUTPUT_DZ
from autograder.networks import Array, Edits, Graph
from autograder.networks.facts import layer_facts
from autograder.oracle import gradient

MISTAKES = Mistakes("columns")


def _from_the_output(slope: Rule) -> LayerEdit:
    """The slope of the last hidden layer, made of Z and A of the output, which have one row."""

    def edits(graph: Graph, n: int) -> Edits | None:
        facts = layer_facts(graph)
        if facts.Y is None or n != facts.L - 1:
            return None
        Z, A = graph.seen[f"Z{n + 1}"], graph.seen[f"A{n + 1}"]
        if Z.shape[0] != 1 or Z.shape == graph.seen[f"Z{n}"].shape:
            return None
        rule = slope(Z, A)
        return {f"A{n}": bypass(f"Z{n}->A{n}", lambda z, a: rule + 0 * z)}

    return edits


MISTAKES.layer(
    WRONG_LAYER_INDEX,
    _from_the_output(lambda z, a: a * (1 - a)),
    "g2′(Z2) for g1′(Z1)",
    activation="tanh",
)
MISTAKES.layer(
    WRONG_LAYER_INDEX, _from_the_output(lambda z, a: 1 - a**2), "A2 for A1", activation="tanh"
)


def _rows_of_x(problem: Problem) -> Edits | None:
    """One m for both layers, which is the number of inputs."""
    facts = layer_facts(problem.graph)
    if facts.Y is None or facts.L < 2:
        return None
    n_x = problem.graph.inputs["A0"].shape[0]
    wires = [f"{kind}{n}->Z{n}" for n in range(1, facts.L + 1) for kind in "Wb"]
    return {wire: rescale(facts.m / n_x) for wire in wires}


MISTAKES.whole(WRONG_M, _rows_of_x, "m = X.shape[0]")


def _error_of_the_output(problem: Problem, name: str, edits: Edits) -> Array | None:
    """dW and db of the last hidden layer from dZ of the output as it is, with one row."""
    graph, facts = problem.graph, layer_facts(problem.graph)
    kind, n = problem.claims[name].node[0], facts.L - 1
    if facts.Y is None or problem.claims[name].node not in (f"W{n}", f"b{n}"):
        return None
    error = gradient(graph, f"Z{facts.L}", edits)
    if kind == "W":
        return np.asarray(error @ graph.value(f"A{n - 1}").T)
    return np.asarray(error.sum(axis=1, keepdims=True))


MISTAKES.foreign(REUSE_OUTPUT_DZ, _error_of_the_output)
