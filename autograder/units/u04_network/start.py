"""Unit 04: where training starts, on a batch that leaves no choice of a subgradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.engine.compare import form
from autograder.engine.exercise import Misshapen, take, take_dict
from autograder.engine.student import Student
from autograder.errors.words import article
from autograder.networks import Array, Graph, mlp_graph
from autograder.networks.facts import layer_facts
from autograder.oracle import gradient

_TRIES = 20


def beginning(
    student: Student, rng: np.random.Generator, sizes: tuple[int, ...], m: int, rate: float
) -> tuple[dict[str, Array], Graph]:
    """The parameters that training starts with, and their graph on a batch off every kink."""
    for _ in range(_TRIES):  # no batch helps where the student's weights are all zero
        X, Y = rng.normal(size=(sizes[0], m)), (np.arange(m)[None] % 2).astype(float)
        found, _ = take("parameters", "costs")(
            student.call("L_layer_model", X, Y, list(sizes), rate, 0)
        ).values()
        parameters = parameters_of(found, sizes)
        graph = mlp_graph(X, Y, parameters)
        if _off_kinks(graph, parameters, rate):
            break
    return parameters, graph


def _off_kinks(graph: Graph, parameters: dict[str, Array], rate: float) -> bool:
    """Is no Z of a hidden layer 0, now and after one step?

    Where an example switches a whole layer off and the biases are zero, Z of the next layer is
    exactly 0, and every slope of ReLU from 0 to 1 is right there.
    """
    slopes = gradient(graph, list(parameters))
    moved = {n: p - rate * slopes[n] for n, p in parameters.items()}
    after = mlp_graph(graph.inputs["A0"], layer_facts(graph).labels, moved)
    hidden = [g.value(f"Z{n}") for g in (graph, after) for n in range(1, len(parameters) // 2)]
    return all(np.abs(Z).min() > 1e-6 for Z in hidden)


def parameters_of(value: Any, sizes: tuple[int, ...]) -> dict[str, Array]:
    """Parameters in the shapes that the layer sizes ask for."""
    if not isinstance(value, dict):
        kind = article(type(value).__name__)
        raise Misshapen(f"the first of its values is {kind}; it returns parameters, costs")
    found, checked = take_dict(value), dict[str, Array]()
    for n, (n_prev, width) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        for name, shape in ((f"W{n}", (width, n_prev)), (f"b{n}", (width, 1))):
            if name not in found:
                raise Misshapen(f"there is no {name} among the parameters that it returns")
            flaw = form(name, found.get(name), shape)
            if flaw is not None and flaw.wrong:
                raise Misshapen(f"of the parameters, {flaw.message}")
            checked[name] = np.asarray(found[name], dtype=float)
    return checked
