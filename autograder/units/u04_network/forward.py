"""Unit 04, the forward pass. Columns are examples."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Relative,
    Trial,
    register,
    take,
    values,
)
from autograder.engine.student import Parameters, Student
from autograder.networks import layer_graph
from autograder.units.u04_network import right
from autograder.units.u04_network.instances import (
    ALL_EQUAL_LAYER,
    AT_ZERO,
    KINKED_LAYER,
    LAYERS,
    NETWORKS,
    kinked_layer,
    layer_inputs,
    mlp_instance,
)


def layer_label(n_prev: int, n: int, m: int) -> str:
    """The sizes of a layer, for messages."""
    return f"{n_prev} inputs, {n} units, m = {m}"


def model_label(sizes: tuple[int, ...], m: int) -> str:
    """The sizes of a network, for messages."""
    return f"layer sizes {'-'.join(map(str, sizes))}, m = {m}"


def linear_forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in (*LAYERS, ALL_EQUAL_LAYER):
        A, W, b, up = layer_inputs(rng, *sizes)
        graph = layer_graph(A, W, b, up)
        right = {"Z": graph.value("Z1")}
        square = sizes == ALL_EQUAL_LAYER
        relatives = (Relative("elementwise-vs-matmul", {"Z": W * A + b}),) if square else ()
        label = layer_label(*sizes)
        yield Trial(
            label,
            (A, W, b),
            values=right,
            relatives=relatives,
            graph=graph,
            nodes={"Z": ("Z1",)},
            diagnostic=square,
        )


register(
    Exercise(
        "linear_forward",
        "04",
        linear_forward_trials,
        take("Z", "_cache"),
        (SHAPES, *values("Z"), UNCHANGED),
        right=right.linear_forward,
    )
)


def activation_forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in LAYERS:
        for activation in ("relu", "sigmoid"):
            A, W, b, up = layer_inputs(rng, *sizes)
            graph = layer_graph(A, W, b, up, activation)
            right = {"A": graph.value("A1")}
            others = (
                Relative(
                    "wrong-activation-derivative",
                    {"A": layer_graph(A, W, b, up, other).value("A1")},
                    f"{other} in every layer",
                )
                for other in ("relu", "sigmoid")
            )
            label = f"{layer_label(*sizes)}, {activation}"
            args = (A, W, b, activation)
            shown = {"A": ("A1",)}
            yield Trial(
                label, args, values=right, relatives=tuple(others), graph=graph, nodes=shown
            )
    A, W, b, up = kinked_layer(rng, *KINKED_LAYER)
    right = {"A": layer_graph(A, W, b, up, "relu").value("A1")}
    yield Trial(f"{layer_label(*KINKED_LAYER)}, relu{AT_ZERO}", (A, W, b, "relu"), values=right)


register(
    Exercise(
        "linear_activation_forward",
        "04",
        activation_forward_trials,
        take("A", "_cache"),
        (SHAPES, *values("A"), UNCHANGED),
        after=("linear_forward",),
        right=right.linear_activation_forward,
    )
)


def model_forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes, m in NETWORKS:
        drawn = mlp_instance(rng, sizes, m)
        right = drawn.graph.value(f"A{len(sizes) - 1}")
        args = (drawn.X, Parameters(drawn.parameters))
        whole = {"AL": (f"A{len(sizes) - 1}",)}
        yield Trial(
            model_label(sizes, m), args, values={"AL": right}, graph=drawn.graph, nodes=whole
        )


register(
    Exercise(
        "L_model_forward",
        "04",
        model_forward_trials,
        take("AL", "_caches"),
        (SHAPES, *values("AL"), UNCHANGED),
        after=("linear_activation_forward",),
        right=right.L_model_forward,
    )
)
