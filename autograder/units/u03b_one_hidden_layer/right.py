"""Unit 03b: right functions to stand in for wrong ones where a caller of theirs is judged.

What goes back is a complex step of the forward pass, from the parameters alone: whatever the cache
of the student looks like, it is not needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.engine.layout import dressed, numbers
from autograder.engine.student import Parameters, Student
from autograder.networks import Array, mlp_graph
from autograder.oracle import gradient
from autograder.units.u04_network import right as deep

Right = Callable[..., Any]


def layer_sizes(student: Student) -> Right:
    return lambda X, Y: (X.shape[0], 4, Y.shape[0])


def initialize_parameters(student: Student) -> Right:
    def start(n_x: int, n_h: int, n_y: int) -> dict[str, Array]:
        rng = np.random.default_rng(3)
        W1, W2 = (0.01 * rng.normal(size=shape) for shape in ((n_h, n_x), (n_y, n_h)))
        return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}

    return start


def _values(X: Array, parameters: Mapping[str, Array]) -> dict[str, Array]:
    """Z1, A1, Z2, A2, and what they are made of."""
    names = ("Z1", "A1", "Z2", "A2")
    weights = {name: parameters[name] for name in ("W1", "b1", "W2", "b2")}
    graph = mlp_graph(X, np.zeros((1, X.shape[1])), weights, ("tanh", "sigmoid"))
    return {"X": X, **weights, **{name: graph.value(name) for name in names}}


def forward_propagation(student: Student) -> Right:
    X, weights = numbers(3, 7), {"W1": numbers(5, 3), "b1": numbers(5, 1)}
    weights |= {"W2": numbers(1, 5), "b2": numbers(1, 1)}
    usual = (lambda at: {name: at[name] for name in ("Z1", "A1", "Z2", "A2")},)
    args = (X, Parameters(weights))
    dress = dressed(student, "forward_propagation", args, _values(X, weights), usual)

    def forward(X: Array, parameters: Mapping[str, Array]) -> Any:
        found = _values(X, parameters)
        return found["A2"], dress({**found, "out": found["A2"]})

    return forward


def compute_cost(student: Student) -> Right:
    cost = deep.compute_cost(student)
    return lambda A2, Y, *parameters: cost(A2, Y)  # older versions of the course hand them over


def backward_propagation(student: Student) -> Right:
    def backward(parameters: Mapping[str, Array], cache: Any, X: Array, Y: Array) -> Any:
        weights = {name: parameters[name] for name in ("W1", "b1", "W2", "b2")}
        slopes = gradient(mlp_graph(X, Y, weights, ("tanh", "sigmoid")), list(weights))
        return {f"d{name}": slope for name, slope in slopes.items()}

    return backward


def update_parameters(student: Student) -> Right:
    step = deep.update_parameters(student)
    return lambda parameters, grads, learning_rate=1.2: step(parameters, grads, learning_rate)
