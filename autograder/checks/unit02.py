"""Unit 02, Jacobians and which end to start from.

Vectors are columns (n, 1). Denominator layout: a Jacobian has shape [dim(denominator),
dim(numerator)], so that the chain from the loss reads right to left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    Wanting,
    gradients,
    register,
    take,
)
from autograder.checks.named import integer, relatives
from autograder.checks.student import Student
from autograder.instances import layer_inputs
from autograder.networks import Array, Graph, Tap, layer_graph
from autograder.networks.layers import ACTIVATIONS
from autograder.oracle import gradient
from autograder.problem import Claim, Problem

ORDERS = ("right-to-left", "left-to-right")
LAYOUT, ORDER = "denominator-vs-numerator-layout", "cost-left-to-right"
#: J_i is (sizes[i-1], sizes[i]); the last one is a case in which left to right is cheaper.
CHAINS = ((4, 3, 5, 2), (3, 3, 3), (2, 7), (1, 4, 3, 2))


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
            only = {f"only for {g}": mixed if g == activation else right for g in ACTIVATIONS}
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


def multiplications(sizes: Sequence[int], order: str) -> int:
    """Multiplications of J1 J2 ... Jp u, J_i of shape (sizes[i-1], sizes[i]), u (sizes[p], 1)."""
    pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
    if order == "right-to-left":
        return sum(p * q for p, q in pairs)
    return sum(sizes[0] * p * q for p, q in pairs[1:]) + sizes[0] * sizes[-1]


def chain_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in CHAINS:
        Js = [rng.normal(size=pair) for pair in zip(sizes[:-1], sizes[1:], strict=True)]
        u = rng.normal(size=(sizes[-1], 1))
        v = u
        for J in reversed(Js):
            v = J @ v
        for order in ORDERS:
            label = f"Jacobians of {' x '.join(map(str, sizes))}, {order}"
            yield Trial(label, (Js, u, order), values={"v": v})


def counts(student: Student, rng: np.random.Generator) -> None:
    """The number of multiplications is exact, in both orders"""
    for sizes in CHAINS:
        Js = [rng.normal(size=pair) for pair in zip(sizes[:-1], sizes[1:], strict=True)]
        u = rng.normal(size=(sizes[-1], 1))
        for order in ORDERS:
            returned = take("_v", "mults")(student.call("chain", Js, u, order))
            found = integer("mults", returned["mults"])
            if found == multiplications(sizes, order):
                continue
            shapes = ", ".join(str(J.shape) for J in (*Js, u))
            if found == multiplications(sizes, ORDERS[order == ORDERS[0]]):
                raise Wanting(f"asked to go {order}, it counts the other order", ORDER)
            raise Wanting(
                f"the count is not that of {order} for the shapes {shapes}: a product of (p, q) "
                f"by (q, r) takes p * q * r multiplications"
            )


def order_shows(student: Student, rng: np.random.Generator) -> None:
    """The product is formed in the order that is asked for"""
    # 1e-200 * 1e-200 is too small for a float: a product of two of these matrices is 0, while
    # each of them times a vector of size 1e300 is not. The result tells which came first.
    Js = [rng.uniform(0.5, 1, (3, 3)) * 1e-200 for _ in range(2)]
    u = rng.uniform(0.5, 1, (3, 1)) * 1e300
    lost = {}
    for order in ORDERS:
        v = take("v", "mults")(student.call("chain", [J.copy() for J in Js], u, order))["v"]
        lost[order] = not np.any(np.asarray(v, dtype=float))
    if lost["right-to-left"]:
        raise Wanting("asked to go right-to-left, it multiplies two matrices first", ORDER)
    if not lost["left-to-right"]:
        raise Wanting("asked to go left-to-right, it begins with the vector", ORDER)


register(
    Exercise(
        "chain",
        "02",
        chain_trials,
        take("v", "_mults"),
        (
            SHAPES,
            Property("v_is_the_product", "v is the product of all Jacobians and u", ("v",)),
            Property(
                "counts_multiplications_exactly",
                "the number of multiplications is exact, in both orders",
                holds=counts,
            ),
            Property(
                "goes_in_the_order_asked_for",
                "multiplies in the order that is asked for",
                holds=order_shows,
            ),
            UNCHANGED,
        ),
    )
)
