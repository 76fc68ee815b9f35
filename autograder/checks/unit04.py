"""Unit 04, the L-layer network: layers and the backward pass through all of them.

Columns are examples. L convention: dZ and dA are derivatives of the sum of the losses, m times
those of J; dW and db are always derivatives of J. Names and signatures are those of the
deep-learning specialisation, course 1 week 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from autograder.checks.blackbox import layer_truth, model_truth
from autograder.checks.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Property,
    Relative,
    Trial,
    Wanting,
    gradients,
    register,
    take,
    take_dict,
    values,
)
from autograder.checks.student import Parameters, Student
from autograder.compare import compare
from autograder.instances import MLPInstance, activation_inputs, layer_inputs, mlp_instance
from autograder.networks import Array, activation_graph, layer_graph
from autograder.oracle import certify
from autograder.problem import Claim, Problem

#: (n_prev, n, m): all different; square, where shapes decide nothing; a single example.
LAYERS = [(5, 3, 7), (4, 4, 6), (3, 2, 1)]
#: (sizes, m): widths and m all different, deep; equal widths; two layers; logistic regression.
NETWORKS = [((3, 5, 4, 2, 1), 7), ((3, 3, 3, 1), 5), ((3, 4, 1), 6), ((5, 1), 7)]
#: Sizes on which every product fits: they cost nothing and serve the diagnosis only.
ALL_EQUAL_LAYER, ALL_EQUAL_NETWORK = (4, 4, 4), ((4, 4, 4, 4), 4)


def _layer_label(n_prev: int, n: int, m: int) -> str:
    return f"{n_prev} inputs, {n} units, m = {m}"


def _model_label(sizes: tuple[int, ...], m: int) -> str:
    return f"layer sizes {'-'.join(map(str, sizes))}, m = {m}"


def linear_forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in (*LAYERS, ALL_EQUAL_LAYER):
        A, W, b, up = layer_inputs(rng, *sizes)
        right = {"Z": layer_graph(A, W, b, up).value("Z1")}
        square = sizes == ALL_EQUAL_LAYER
        relatives = (Relative("elementwise-vs-matmul", {"Z": W * A + b}),) if square else ()
        label = _layer_label(*sizes)
        yield Trial(label, (A, W, b), values=right, relatives=relatives, diagnostic=square)


register(
    Exercise(
        "linear_forward",
        "04",
        linear_forward_trials,
        take("Z", "_cache"),
        (SHAPES, *values("Z"), UNCHANGED),
    )
)


def activation_forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in LAYERS:
        for activation in ("relu", "sigmoid"):
            A, W, b, up = layer_inputs(rng, *sizes)
            right = {"A": layer_graph(A, W, b, up, activation).value("A1")}
            others = (
                Relative(
                    "wrong-activation-derivative",
                    {"A": layer_graph(A, W, b, up, other).value("A1")},
                    f"{other} in every layer",
                )
                for other in ("relu", "sigmoid")
            )
            label = f"{_layer_label(*sizes)}, {activation}"
            args = (A, W, b, activation)
            yield Trial(label, args, values=right, relatives=tuple(others))


register(
    Exercise(
        "linear_activation_forward",
        "04",
        activation_forward_trials,
        take("A", "_cache"),
        (SHAPES, *values("A"), UNCHANGED),
        after=("linear_forward",),
    )
)


def model_forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes, m in NETWORKS:
        drawn = mlp_instance(rng, sizes, m)
        right = drawn.graph.value(f"A{len(sizes) - 1}")
        args = (drawn.X, Parameters(drawn.parameters))
        yield Trial(_model_label(sizes, m), args, values={"AL": right})


register(
    Exercise(
        "L_model_forward",
        "04",
        model_forward_trials,
        take("AL", "_caches"),
        (SHAPES, *values("AL"), UNCHANGED),
        after=("linear_activation_forward",),
    )
)


def slope_trials(activation: str, student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for n, m in ((5, 7), (4, 4), (3, 1)):  # (4, 4): where a matrix product fits too
        Z, dA = activation_inputs(rng, n, m)
        graph = activation_graph(Z, dA, activation)
        problem = Problem(graph, {"dZ": Claim("Z1", float(m))})
        yield Trial(f"{n} units, m = {m}", (dA, Z), problem)


for _name in ("relu", "sigmoid"):
    register(
        Exercise(
            f"{_name}_backward",
            "04",
            partial(slope_trials, _name),
            take("dZ"),
            (SHAPES, *gradients("dZ"), UNCHANGED, TWICE),
        )
    )


def layer_claims(m: int) -> dict[str, Claim]:
    """What a layer's backward function returns, in the L convention."""
    return {"dW": Claim("W1"), "db": Claim("b1"), "dA_prev": Claim("A0", float(m))}


def _forward_is_right(found: object, wanted: Array) -> bool:
    gap = compare("it", found, wanted)
    return gap is None or not gap.wrong


def linear_backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in (*LAYERS, ALL_EQUAL_LAYER):
        A, W, b, dZ = layer_inputs(rng, *sizes)
        graph = layer_graph(A, W, b, dZ)
        Z, cache = take("Z", "cache")(student.call("linear_forward", A, W, b)).values()
        problem = Problem(graph, layer_claims(sizes[2]))
        diagnostic = sizes == ALL_EQUAL_LAYER
        if _forward_is_right(Z, graph.value("Z1")):
            yield Trial(_layer_label(*sizes), (dZ, cache), problem, diagnostic=diagnostic)
        elif not diagnostic:
            forward = partial(student.call, "linear_forward")
            yield layer_truth(_layer_label(*sizes), (dZ, cache), problem, forward, dZ)


register(
    Exercise(
        "linear_backward",
        "04",
        linear_backward_trials,
        take("dA_prev", "dW", "db"),
        (SHAPES, *gradients("dA_prev", "dW", "db"), UNCHANGED, TWICE),
        after=("linear_forward",),
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
            label = f"{_layer_label(*sizes)}, {activation}"
            args = (dA, cache, activation)
            problem = Problem(graph, layer_claims(sizes[2]))
            if _forward_is_right(out, graph.value("A1")):
                yield Trial(label, args, problem, diagnostic=diagnostic)
            elif not diagnostic:

                def forward(A: Array, W: Array, b: Array, g: str = activation) -> object:
                    return student.call("linear_activation_forward", A, W, b, g)

                yield layer_truth(label, args, problem, forward, dA)


register(
    Exercise(
        "linear_activation_backward",
        "04",
        activation_backward_trials,
        take("dA_prev", "dW", "db"),
        (SHAPES, *gradients("dA_prev", "dW", "db"), UNCHANGED, TWICE),
        after=("relu_backward", "sigmoid_backward", "linear_backward"),
    )
)


def model_claims(depth: int, factor: float) -> dict[str, Claim]:
    """What L_model_backward returns, in backward order; factor m is the L convention, 1 is J."""
    claims = {}
    for n in range(depth, 0, -1):
        claims[f"dZ{n}"] = Claim(f"Z{n}", factor)
        claims[f"dW{n}"] = Claim(f"W{n}")
        claims[f"db{n}"] = Claim(f"b{n}")
        claims[f"dA{n - 1}"] = Claim(f"A{n - 1}", factor)
    return claims


def model_trial(
    student: Student, drawn: MLPInstance, convention: str, diagnostic: bool = False
) -> Trial:
    """One trial of L_model_backward on an instance, fed with the student's own caches."""
    sizes = (drawn.X.shape[0], *(drawn.parameters[f"b{n + 1}"].shape[0] for n in range(_L(drawn))))
    m = drawn.X.shape[1]
    returned = student.call("L_model_forward", drawn.X, Parameters(drawn.parameters))
    AL, caches = take("AL", "caches")(returned).values()
    factor = float(m) if convention == "L" else 1.0
    problem = Problem(drawn.graph, model_claims(_L(drawn), factor))
    args, label = (AL, drawn.Y, caches), _model_label(sizes, m)
    if _forward_is_right(AL, drawn.graph.value(f"A{_L(drawn)}")):
        return Trial(label, args, problem, diagnostic=diagnostic)
    return model_truth(label, args, problem, partial(student.call, "L_model_forward"), drawn)


def _L(drawn: MLPInstance) -> int:
    return len(drawn.activations)


def model_backward_trials(
    convention: str, student: Student, rng: np.random.Generator
) -> Iterator[Trial]:
    for sizes, m in NETWORKS:
        yield model_trial(student, mlp_instance(rng, sizes, m), convention)
    trial = model_trial(student, mlp_instance(rng, *ALL_EQUAL_NETWORK), convention, True)
    if trial.truth is None:
        yield trial


def certified(student: Student, rng: np.random.Generator) -> None:
    """A network of 7,000 parameters: two random directions decide on all of dW and db."""
    drawn = mlp_instance_large(rng)
    trial = model_trial(student, drawn, "L")
    if trial.problem is None or trial.truth is not None:
        raise Wanting("not checked: the forward pass has to be right first")
    grads = take_dict(student.call("L_model_backward", *trial.args))
    claimed = {}
    for name, value in drawn.parameters.items():
        found = np.asarray(grads.get(f"d{name}"))
        if found.shape != value.shape or found.dtype.kind != "f":
            raise Wanting(f"d{name} has shape {found.shape}, expected {value.shape}")
        claimed[name] = found
    if not certify(drawn.graph, claimed, rng, tol=1e-6):
        raise Wanting("along a random direction J changes by another amount than dW and db say")


def mlp_instance_large(rng: np.random.Generator) -> MLPInstance:
    """Sizes 100-50-40-1 with m = 31; too large to screen each unit, and no need to."""
    sizes = (100, 50, 40, 1)
    parameters = {}
    for n, (n_prev, width) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        parameters[f"W{n}"] = rng.normal(size=(width, n_prev)) / np.sqrt(n_prev)
        parameters[f"b{n}"] = rng.normal(size=(width, 1)) * 0.3
    Y = (np.arange(31)[None, :] % 3 == 0).astype(float)
    return MLPInstance(rng.normal(size=(100, 31)), Y, parameters, ("relu", "relu", "sigmoid"))


_GRADS = gradients("dZ", "dA", "dW", "db")
_LARGE = Property(
    "certified_on_a_large_network",
    "is right on a large network too, along random directions",
    holds=certified,
)
register(
    Exercise(
        "L_model_backward",
        "04",
        partial(model_backward_trials, "L"),
        take_dict,
        (SHAPES, *_GRADS, UNCHANGED, TWICE, _LARGE),
        after=("linear_activation_backward",),
    )
)
register(
    Exercise(
        "L_model_backward_J",
        "04",
        partial(model_backward_trials, "J"),
        take_dict,
        (SHAPES, *_GRADS, UNCHANGED, TWICE),
        after=("linear_activation_backward", "L_model_backward"),
    )
)
