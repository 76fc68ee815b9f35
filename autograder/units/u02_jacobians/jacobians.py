"""Unit 02, Jacobians and which end to start from.

Vectors are columns (n, 1). Denominator layout: a Jacobian has shape [dim(denominator),
dim(numerator)], so that the chain from the loss reads right to left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    gradients,
    register,
    take,
)
from autograder.engine.named_mistake import relatives
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks import Array, Graph, Tap, layer_graph
from autograder.networks.blocks import ACTIVATIONS
from autograder.oracle import gradient
from autograder.units.u04_network.instances import layer_inputs

LAYOUT = "denominator-vs-numerator-layout"


def numeric_jacobian(f: Callable[[Array], Array], x: Array) -> Array:
    """dz/dx of z = f(x), denominator layout, by complex step.

    Parameters
    ----------
    f : function
        Acts on columns: (k, anything) to (n, anything).
    x : array, shape (k, 1)

    Returns
    -------
    array, shape (k, n)
        Entry (j, i) is dz_i/dx_j. Every output gets a copy of x of its own; the sum over i of
        z_i(copy i) then has a gradient whose column i belongs to output i.
    """
    n = f(x).shape[0]

    def forward(inputs: Any, tap: Tap) -> Array:
        return np.asarray(np.trace(f(tap("x", inputs["x"])), axis1=-2, axis2=-1))

    return gradient(Graph(forward, {"x": np.tile(x, (1, n))}, {}), "x")


def product(W: Array, a: Array) -> Array:
    """W a, for columns a."""
    return np.asarray(W @ a)


def linear_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for k, n in ((3, 5), (4, 2), (3, 3), (1, 4)):
        W = rng.normal(size=(n, k))
        J = numeric_jacobian(partial(product, W), rng.normal(size=(k, 1)))
        for layout, right in (("denominator", J), ("numerator", J.T)):
            known = relatives(
                (LAYOUT, "numerator layout, always", {"jacobian": J.T}),
                (LAYOUT, "denominator layout, always", {"jacobian": J}),
                (LAYOUT, "the two exchanged", {"jacobian": right.T}),
            )
            label = f"{k} inputs, {n} outputs, {layout} layout"
            yield Trial(label, (W, layout), values={"jacobian": right}, relatives=known)


_JACOBIAN = Property(
    "matches_numeric_jacobian", "the Jacobian matches the numeric one", ("jacobian",)
)
register(
    Exercise(
        "jac_linear",
        "02",
        linear_trials,
        take("jacobian"),
        (SHAPES, _JACOBIAN, UNCHANGED),
    )
)


def pointwise_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for activation in ("sigmoid", "tanh", "relu"):
        for n in (4, 1, 6):
            z = rng.uniform(0.2, 1.5, (n, 1)) * np.where(np.arange(n) % 2, 1.0, -1.0)[:, None]
            a = ACTIVATIONS[activation](z)
            right = numeric_jacobian(ACTIVATIONS[activation], z)
            mixed = {"sigmoid": a @ (1 - a).T, "tanh": 1 - a @ a.T, "relu": right}[activation]
            only = {
                f"only for {g}": mixed if g == activation else right for g in ("sigmoid", "tanh")
            }
            known = [("activation-value-as-derivative", "", {"jacobian": np.diagflat(a)})]
            known += [
                ("matmul-not-elementwise", told, {"jacobian": array})
                for told, array in {"": mixed, **only}.items()
            ]
            yield Trial(
                f"{activation}, {n} units",
                (z, activation),
                values={"jacobian": right},
                relatives=relatives(*known),
            )


register(
    Exercise(
        "jac_pointwise",
        "02",
        pointwise_trials,
        take("jacobian"),
        (SHAPES, _JACOBIAN, UNCHANGED),
    )
)


def vjp_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for k, n in ((5, 3), (4, 4), (2, 1)):
        a, W, b, dz = layer_inputs(rng, k, n, 1)
        claims = {"dW": Claim("W1"), "db": Claim("b1"), "da": Claim("A0")}
        yield Trial(f"{k} inputs, {n} units", (dz, W, a), Problem(layer_graph(a, W, b, dz), claims))


register(
    Exercise(
        "vjp_linear",
        "02",
        vjp_trials,
        take("da", "dW", "db"),
        (SHAPES, *gradients("da", "dW", "db"), UNCHANGED, TWICE),
    )
)
