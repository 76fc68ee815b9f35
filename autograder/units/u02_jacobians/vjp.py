"""Unit 02, backward through z = W a + b for one example, without a Jacobian."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Trial,
    gradients,
    register,
    take,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks import Array, layer_graph
from autograder.units.u04_network.instances import layer_inputs
from autograder.units.u04_network.small import whole_layer

#: What unit 02 calls the nodes of a layer.
_WRITTEN = {"A0": "a_", "W1": "W_", "b1": "b_", "Z1": "z_", "A1": "z_"}


def _layer(a: Array, W: Array, b: Array, dz: Array) -> Problem:
    """z = W a + b for one example, of which dz arrives."""
    graph = layer_graph(a, W, b, dz)
    alone = replace(graph, facts=replace(graph.facts, written=_WRITTEN, whole="layer"))
    return Problem(alone, {"dW": Claim("W1"), "db": Claim("b1"), "da": Claim("A0")})


def _sizes(k: int, n: int) -> str:
    return f"{k} input{'s' * (k > 1)}, {n} unit{'s' * (n > 1)}"


def vjp_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for k, n in ((5, 3), (4, 4), (2, 1)):
        a, W, b, dz = layer_inputs(rng, k, n, 1)
        yield Trial(_sizes(k, n), (dz, W, a), _layer(a, W, b, dz))


def small_vjps(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One or two inputs and units, of whole numbers."""
    for k, n in ((1, 1), (2, 1), (1, 2), (2, 2), (3, 2)):
        a, W, b, dz = whole_layer(rng, k, n, 1)
        yield Trial(_sizes(k, n), (dz, W, a), _layer(a, W, b, dz))


register(
    Exercise(
        "vjp_linear",
        "02",
        vjp_trials,
        take("da", "dW", "db"),
        (SHAPES, *gradients("da", "dW", "db"), UNCHANGED, TWICE),
        smaller=small_vjps,
    )
)
