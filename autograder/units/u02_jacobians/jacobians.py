"""Unit 02, Jacobians and which end to start from.

Vectors are columns (n, 1). Denominator layout: a Jacobian has shape [dim(denominator),
dim(numerator)], so that the chain from the loss reads right to left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.compare import compare, form
from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    Wanting,
    register,
    take,
)
from autograder.engine.parts import relatives
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array, Graph, Tap
from autograder.networks.blocks import ACTIVATIONS
from autograder.oracle import gradient
from autograder.units.u02_jacobians.wrong_slopes import slope_formulas, wrong_slopes

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

    return gradient(Graph(forward, {"x": np.tile(x, (1, n))}), "x")


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


def by_default(student: Student, rng: np.random.Generator) -> None:
    """takes denominator layout where none is asked for.

    Called with W alone, in the layout of the contract.
    """
    W = rng.normal(size=(3, 2))
    asked = compare("the Jacobian", student.call("jac_linear", W, "denominator"), W.T)
    if asked is not None and asked.wrong:
        raise NotWritten("jac_linear", "the layout has to be right first where it is asked for")
    found = student.call("jac_linear", W)
    if (gap := compare("the Jacobian", found, W.T)) is not None and gap.wrong:
        raise Wanting("called with W alone it does not return the denominator layout")


def is_new(student: Student, rng: np.random.Generator) -> None:
    """shares no memory with W.

    It shares no memory with W, in either layout; and holds the right numbers.
    """
    W = rng.normal(size=(3, 2))
    for layout, right in (("denominator", W.T), ("numerator", W)):
        reply = student.observe("jac_linear", W, layout)
        if reply.shared:
            told = "shares memory with W: whoever changes one of them changes the other; copy it"
            raise Wanting(f"in {layout} layout, what it returns {told}")
        if (gap := compare("the Jacobian", reply.value, right)) is not None and gap.wrong:
            raise NotWritten("jac_linear", "the Jacobian has to be right first")


def closed_at_zero(student: Student, rng: np.random.Generator) -> None:
    """ReLU has the slope 0 at exactly 0.

    At z = 0 every slope from 0 to 1 is a subgradient; the contract chose 0.
    """
    z = np.array([[0.0], [0.8], [0.0], [-0.8]])
    found = student.call("jac_pointwise", z, "relu")
    if (gap := form("the Jacobian", found, (4, 4))) is not None and gap.wrong:
        raise NotWritten("jac_pointwise", gap.message)
    away = np.asarray(found, dtype=float)[[1, 3]][:, [1, 3]]
    if not np.allclose(away, np.diag([1.0, 0.0])):
        raise NotWritten("jac_pointwise", "the slopes have to be right away from 0 first")
    if np.diag(found)[[0, 2]].any():
        raise Wanting(
            "where z is exactly 0 the slope of ReLU is not 0; the contract asks for 0",
            "relu-mask-a-vs-z",
        )


_JACOBIAN = Property(
    "matches_numeric_jacobian", "the Jacobian matches the numeric one", ("jacobian",)
)
register(
    Exercise(
        "jac_linear",
        "02",
        linear_trials,
        take("jacobian"),
        (
            SHAPES,
            _JACOBIAN,
            Property(
                "takes_denominator_layout_by_default",
                holds=by_default,
            ),
            Property("returns_a_new_array", holds=is_new),
            UNCHANGED,
        ),
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
            known += wrong_slopes(activation, z)
            known.append(("diag-reads-a-column", "", {"jacobian": right[:1, 0]}))
            yield Trial(
                f"{activation}, {n} unit{'s' * (n > 1)}",
                (z, activation),
                values={"jacobian": right},
                relatives=relatives(*known),
                formulas=slope_formulas(activation, z, a),
            )


register(
    Exercise(
        "jac_pointwise",
        "02",
        pointwise_trials,
        take("jacobian"),
        (
            SHAPES,
            _JACOBIAN,
            Property("passes_nothing_at_zero", holds=closed_at_zero),
            UNCHANGED,
        ),
    )
)
