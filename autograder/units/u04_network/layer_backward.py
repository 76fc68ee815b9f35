"""Unit 04, the way back through one layer, in the L convention.

dZ and dA are derivatives of the sum of the losses, m times those of J; dW and db are always
derivatives of J. Names and signatures are those of the deep-learning specialisation, course 1
week 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from autograder.engine.compare import is_right
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
from autograder.networks import Array, activation_graph, layer_graph
from autograder.units.u04_network import right
from autograder.units.u04_network.forward import layer_label
from autograder.units.u04_network.instances import (
    ALL_EQUAL_LAYER,
    AT_ZERO,
    KINKED_LAYER,
    LAYERS,
    activation_inputs,
    kinked_layer,
    layer_inputs,
)
from autograder.units.u04_network.own_forward import layer_truth
from autograder.units.u04_network.small import SMALL, small_label, whole, whole_layer


def slope_trials(activation: str, student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for n, m in ((5, 7), (4, 4), (3, 1)):  # (4, 4): where a matrix product fits too
        Z, dA = activation_inputs(rng, n, m)
        graph = activation_graph(Z, dA, activation)
        problem = Problem(graph, {"dZ": Claim("Z1", float(m))})
        yield Trial(f"{n} units, m = {m}", (dA, Z), problem, sizes={"n": n}, symbols=_names(dA, Z))
    Z, dA = activation_inputs(rng, 3, 4)
    Z[0, 0] = 0.0
    problem = Problem(activation_graph(Z, dA, activation), {"dZ": Claim("Z1", 4.0)})
    yield Trial(f"3 units, m = 4{AT_ZERO}", (dA, Z), problem, sizes={"n": 3}, symbols=_names(dA, Z))


def _names(dA: Array, Z: Array) -> dict[str, Array]:
    # another unit has functions of these names with other arguments
    return {"dA": dA, "Z": Z}


def small_slopes(activation: str, student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One or two units, one or two examples, of whole numbers."""
    for n, m in ((1, 1), (1, 2), (2, 1), (2, 2)):
        Z, dA = whole(rng, n, m), whole(rng, n, m)
        problem = Problem(activation_graph(Z, dA, activation), {"dZ": Claim("Z1", float(m))})
        yield Trial(f"n = {n}, m = {m}", (dA, Z), problem, symbols=_names(dA, Z))


for _name in ("relu", "sigmoid"):
    register(
        Exercise(
            f"{_name}_backward",
            "04",
            partial(slope_trials, _name),
            take("dZ"),
            (SHAPES, *gradients("dZ"), UNCHANGED, TWICE),
            right=partial(right.pointwise_backward, _name),
            smaller=partial(small_slopes, _name),
        )
    )


def layer_claims(m: int) -> dict[str, Claim]:
    """What a layer's backward function returns, in the L convention."""
    return {"dW": Claim("W1"), "db": Claim("b1"), "dA_prev": Claim("A0", float(m))}


def linear_backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in (*LAYERS, ALL_EQUAL_LAYER):
        A, W, b, dZ = layer_inputs(rng, *sizes)
        graph = layer_graph(A, W, b, dZ)
        Z, cache = take("Z", "cache")(student.call("linear_forward", A, W, b)).values()
        student.call("linear_forward", A + 1, W, b)  # what counts is the cache that is handed over
        problem = Problem(graph, layer_claims(sizes[2]))
        diagnostic = sizes == ALL_EQUAL_LAYER
        if is_right(Z, graph.value("Z1")):
            yield Trial(
                layer_label(*sizes),
                (dZ, cache),
                problem,
                diagnostic=diagnostic,
                sizes={"n_prev": sizes[0], "n": sizes[1]},
            )
        elif not diagnostic:
            forward = partial(student.call, "linear_forward")
            yield layer_truth(layer_label(*sizes), (dZ, cache), problem, forward, dZ)


def small_layers(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Layers of one or two units, of whole numbers, for a forward pass that is right."""
    for sizes in SMALL:
        A, W, b, dZ = whole_layer(rng, *sizes)
        graph = layer_graph(A, W, b, dZ)
        Z, cache = take("Z", "cache")(student.call("linear_forward", A, W, b)).values()
        if is_right(Z, graph.value("Z1")):
            problem = Problem(graph, layer_claims(sizes[2]))
            yield Trial(small_label(*sizes), (dZ, cache), problem)


def small_activations(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """The same with an activation behind."""
    for n, sizes in enumerate(SMALL):
        activation = ("relu", "sigmoid")[n % 2]
        A, W, b, dA = whole_layer(rng, *sizes)
        graph = layer_graph(A, W, b, dA, activation)
        found = student.call("linear_activation_forward", A, W, b, activation)
        out, cache = take("A", "cache")(found).values()
        if is_right(out, graph.value("A1")):
            problem = Problem(graph, layer_claims(sizes[2]))
            yield Trial(f"{small_label(*sizes)}, {activation}", (dA, cache, activation), problem)


register(
    Exercise(
        "linear_backward",
        "04",
        linear_backward_trials,
        take("dA_prev", "dW", "db"),
        (SHAPES, *gradients("dA_prev", "dW", "db"), UNCHANGED, TWICE),
        after=("linear_forward",),
        right=right.linear_backward,
        smaller=small_layers,
    )
)


def activation_backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in (*LAYERS, ALL_EQUAL_LAYER):
        diagnostic = sizes == ALL_EQUAL_LAYER
        for activation in ("relu", "sigmoid"):
            A, W, b, dA = layer_inputs(rng, *sizes)
            graph = layer_graph(A, W, b, dA, activation)
            found = student.call("linear_activation_forward", A, W, b, activation)
            out, cache = take("A", "cache")(found).values()
            student.call("linear_activation_forward", A + 1, W, b, activation)
            label = f"{layer_label(*sizes)}, {activation}"
            args = (dA, cache, activation)
            problem = Problem(graph, layer_claims(sizes[2]))
            if is_right(out, graph.value("A1")):
                yield Trial(
                    label,
                    args,
                    problem,
                    diagnostic=diagnostic,
                    sizes={"n_prev": sizes[0], "n": sizes[1]},
                    symbols={"Z": graph.value("Z1"), "A": out},
                )
            elif not diagnostic:

                def forward(A: Array, W: Array, b: Array, g: str = activation) -> object:
                    return student.call("linear_activation_forward", A, W, b, g)

                yield layer_truth(label, args, problem, forward, dA)
    yield from _at_the_kink(student, rng)


def _at_the_kink(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """A ReLU layer in which one Z is exactly 0, for a forward pass that is right there."""
    A, W, b, dA = kinked_layer(rng, *KINKED_LAYER)
    graph = layer_graph(A, W, b, dA, "relu")
    found = student.call("linear_activation_forward", A, W, b, "relu")
    out, cache = take("A", "cache")(found).values()
    if is_right(out, graph.value("A1")):
        problem = Problem(graph, layer_claims(KINKED_LAYER[2]))
        yield Trial(f"{layer_label(*KINKED_LAYER)}, relu{AT_ZERO}", (dA, cache, "relu"), problem)


register(
    Exercise(
        "linear_activation_backward",
        "04",
        activation_backward_trials,
        take("dA_prev", "dW", "db"),
        (SHAPES, *gradients("dA_prev", "dW", "db"), UNCHANGED, TWICE),
        after=("relu_backward", "sigmoid_backward", "linear_backward", "linear_activation_forward"),
        right=right.linear_activation_backward,
        smaller=small_activations,
    )
)
