"""Unit 03, layers with caches: affine, ReLU, sigmoid, tanh, softmax. Rows are examples.

Names and signatures are those of CS231n and Data C182; a backward function is a vector-Jacobian
product: with the upstream `dout` it returns derivatives of sum(dout * out), without any 1/N.
Caches may have any layout; each backward gets what the student's own forward returned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.by_differences import by_differences, shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Relative,
    Trial,
    gradients,
    register,
    take,
    values,
)
from autograder.engine.formulas import Formula
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks import Array, affine_graph, pointwise_graph
from autograder.networks.facts import layer_facts
from autograder.units.u03_layers import right
from autograder.units.u03_layers.at_zero import AT_ZERO
from autograder.units.u03_layers.cache import forward, owning
from autograder.units.u03_layers.instances import affine_inputs, pointwise_inputs, whole

#: Shape of x and number of units: all different; images; square, where shapes decide nothing;
#: a single example. On the last every product fits: for the diagnosis only.
AFFINE = [((7, 5), 3), ((5, 2, 3), 4), ((7, 4), 4), ((1, 3), 2)]
ALL_EQUAL = ((4, 4), 4)
POINTWISE = [(7, 5), (3, 2, 5), (4, 4), (1, 3), (6,)]
#: What an activation is, and what is taken for it.
_FORWARD = {"relu": "np.maximum(x, 0)", "sigmoid": "1 / (1 + np.exp(-x))", "tanh": "np.tanh(x)"}
_TAKEN = {"relu": (), "sigmoid": ("np.tanh(x)",), "tanh": ("np.tanh(x / 2)",)}
AFFINE_CLAIMS = {"dx": Claim("A0"), "dw": Claim("W1"), "db": Claim("b1")}


def affine_forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for shape, width in (*AFFINE, ALL_EQUAL):
        x, w, b, up = affine_inputs(rng, shape, width)
        right = {"out": affine_graph(x, w, b, up).value("Z1")}
        equal = (shape, width) == ALL_EQUAL
        known = [Relative("bias-forgotten", {"out": right["out"] - b})]
        if x.ndim > 2:
            turned = x.transpose(0, *range(x.ndim - 1, 0, -1)).reshape(len(x), -1)
            known.append(Relative("flattened-in-another-order", {"out": turned @ w + b}))
        if w.shape[0] == width:
            known.append(Relative("row-vs-column-layout", {"out": x @ w.T + b}, "x @ w.T"))
        if equal:
            known.append(Relative("elementwise-vs-matmul", {"out": x * w + b}))
        label = f"x of shape {shape}, {width} units"
        sizes = {"N": len(x), "D": w.shape[0], "M": width}
        yield Trial(
            label, (x, w, b), values=right, relatives=tuple(known), diagnostic=equal, sizes=sizes
        )


register(
    Exercise(
        "affine_forward",
        "03",
        affine_forward_trials,
        take("out", "_cache"),
        (
            SHAPES,
            *values("out"),
            UNCHANGED,
            owning(
                "affine_forward",
                {"0": "x", "1": "w"},
                (np.ones((3, 2)), np.eye(2), np.zeros(2)),
                (np.ones((3, 1, 2)), np.eye(2), np.zeros(2)),
            ),
        ),
        right=right.affine_forward,
        layouts=len(right.AFFINE),
    )
)


def affine_backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for shape, width in (*AFFINE, ALL_EQUAL):
        x, w, b, dout = affine_inputs(rng, shape, width)
        problem = Problem(affine_graph(x, w, b, dout), AFFINE_CLAIMS)
        out, cache = forward(student, "affine_forward", x, w, b)
        label, args = f"x of shape {shape}, {width} units", (dout, cache)
        if is_right(out, problem.graph.value("Z1")):
            sizes = {"D": w.shape[0], "M": width}
            yield Trial(label, args, problem, diagnostic=(shape, width) == ALL_EQUAL, sizes=sizes)
        elif (shape, width) != ALL_EQUAL:
            yield vjp_of_own_forward(label, args, problem, "affine_forward", student)


def small_affines(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Layers of one or two units on one or two examples, of whole numbers."""
    for N, D, M in ((1, 1, 1), (2, 1, 1), (1, 2, 1), (1, 1, 2), (2, 2, 1), (2, 2, 2), (3, 2, 2)):
        x, w, b, dout = (whole(rng, *shape) for shape in ((N, D), (D, M), (M,), (N, M)))
        problem = Problem(affine_graph(x, w, b, dout), AFFINE_CLAIMS)
        out, cache = take("out", "cache")(student.call("affine_forward", x, w, b)).values()
        if is_right(out, problem.graph.value("Z1")):
            yield Trial(f"x of shape {(N, D)}, {M} units", (dout, cache), problem)


def vjp_of_own_forward(
    label: str, args: tuple[Any, ...], problem: Problem, name: str, student: Student
) -> Trial:
    """Where the forward pass is wrong: the trial of its backward as the VJP of *that* forward."""
    leaves, upstream = problem.graph.inputs, layer_facts(problem.graph).arriving

    def cost(at: Mapping[str, Array]) -> float:
        out = take("out", "cache")(student.call(name, *(at[leaf] for leaf in leaves)))["out"]
        return float((upstream * shaped(out, upstream.shape)).sum())

    return by_differences(label, args, problem, dict(leaves), cost, name)


register(
    Exercise(
        "affine_backward",
        "03",
        affine_backward_trials,
        take("dx", "dw", "db"),
        (SHAPES, *gradients("dx", "dw", "db"), UNCHANGED, TWICE),
        after=("affine_forward",),
        right=right.affine_backward,
        smaller=small_affines,
    )
)


def pointwise_forward_trials(
    activation: str, student: Student, rng: np.random.Generator
) -> Iterator[Trial]:
    for shape, more in (*((shape, "") for shape in POINTWISE), ((5,), ", one entry 0")):
        x, up = pointwise_inputs(rng, shape)
        if more:  # who divides by |x| has nan there
            x[2] = 0.0
        right = pointwise_graph(x, up, activation).value("A1")
        formulas = {"out": Formula(_FORWARD[activation], {"x": x}, others=_TAKEN[activation])}
        yield Trial(f"x of shape {shape}{more}", (x,), values={"out": right}, formulas=formulas)


def pointwise_backward_trials(
    activation: str, student: Student, rng: np.random.Generator
) -> Iterator[Trial]:
    name = f"{activation}_forward"
    for shape in POINTWISE:
        x, dout = pointwise_inputs(rng, shape)
        problem = Problem(pointwise_graph(x, dout, activation), {"dx": Claim("Z1")})
        out, cache = forward(student, name, x)
        if is_right(out, problem.graph.value("A1")):
            yield Trial(f"x of shape {shape}", (dout, cache), problem, symbols={"dout": dout})
        else:
            label = f"x of shape {shape}"
            yield vjp_of_own_forward(label, (dout, cache), problem, name, student)


def _forward(name: str) -> Exercise:
    mixed, positive = np.linspace(-1, 1, 6).reshape(3, 2), np.linspace(1, 2, 6)
    owns = owning(f"{name}_forward", {"0": "x"}, (mixed,), (positive,))
    return Exercise(
        f"{name}_forward",
        "03",
        partial(pointwise_forward_trials, name),
        take("out", "_cache"),
        (SHAPES, *values("out"), UNCHANGED, owns),
        right=partial(right.pointwise_forward, name),
        layouts=len(right.POINTWISE),
    )


def _backward(name: str) -> Exercise:
    extra = (AT_ZERO,) if name == "relu" else ()
    return Exercise(
        f"{name}_backward",
        "03",
        partial(pointwise_backward_trials, name),
        take("dx"),
        (SHAPES, *gradients("dx"), *extra, UNCHANGED, TWICE),
        after=(f"{name}_forward",),
        # unit 04 has functions of these names, with Z for a cache and no forward of their own
        beside=f"{name}_forward" if name != "tanh" else "",
        right=partial(right.pointwise_backward, name),
    )


for _name in ("relu", "sigmoid", "tanh"):
    register(_forward(_name))
    register(_backward(_name))
