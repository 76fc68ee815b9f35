"""What learners write for the slope of an activation, each for one activation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.engine.formulas import Formula
from autograder.networks import Array
from autograder.networks.blocks import ACTIVATIONS, derivative

Slope = Callable[[Array, Array], Array]

#: By activation: (id of the misconception, which of its forms, the slope from z and a).
_SLOPES: dict[str, tuple[tuple[str, str, Slope], ...]] = {
    "sigmoid": (
        ("one-minus-z-squared", "z (1 - z)", lambda z, a: z * (1 - z)),
        ("wrong-activation-derivative", "tanh′ for sigmoid", lambda z, a: 1 - a**2),
        ("wrong-activation-derivative", "a (1 + a)", lambda z, a: a * (1 + a)),
        ("derivative-unsquared", "1 - a", lambda z, a: 1 - a),
    ),
    "tanh": (
        ("derivative-unsquared", "1 - a", lambda z, a: 1 - a),
        ("one-minus-z-squared", "1 - z²", lambda z, a: 1 - z**2),
        ("wrong-activation-derivative", "sigmoid′ for tanh", lambda z, a: a * (1 - a)),
        ("wrong-activation-derivative", "1 + a²", lambda z, a: 1 + a**2),
    ),
    "relu": (
        ("relu-value-as-derivative", "", lambda z, a: a),
        ("wrong-activation-derivative", "np.sign(z)", lambda z, a: np.sign(z)),
    ),
}


def _slope(activation: str) -> Slope:
    return lambda z, a: derivative(activation, z)


def wrong_slopes(activation: str, z: Array) -> Iterator[tuple[str, str, dict[str, Array]]]:
    """Yield (id, detail, the Jacobian with the wrong slope on its diagonal); `z` has shape (n, 1).

    One activation has it, the others may be right.
    """
    a, right = ACTIVATIONS[activation](z), derivative(activation, z)
    every: tuple[tuple[str, str, Slope], ...] = (
        ("sign-flip", "", lambda z, a: -right),
        ("missing-activation-derivative", "", lambda z, a: np.ones_like(z)),
    )
    curved: tuple[tuple[str, str, Slope], ...] = (  # of ReLU these are right, or its value
        ("z-times-derivative", "", lambda z, a: z * right),
        ("derivative-at-wrong-argument", "at a", lambda z, a: derivative(activation, a)),
    )
    others: tuple[tuple[str, str, Slope], ...] = tuple(
        ("wrong-activation-derivative", f"the slope of {other}", _slope(other))
        for other in ("sigmoid", "tanh", "relu")
        if other != activation
    )
    known = (*_SLOPES[activation], *every, *curved * (activation != "relu"), *others)
    for id, detail, slope in known:
        told = f"{detail} in the branch of {activation}".strip()
        yield id, told, {"jacobian": np.diagflat(slope(z, a))}


def slope_formulas(activation: str, z: Array, a: Array) -> dict[str, Formula]:
    """Return the formula of the Jacobian of an activation that is curved; `a` is its value."""
    slopes = {"sigmoid": "I * (a * (1 - a))", "tanh": "I * (1 - a**2)"}
    others = {  # the slope at a, and that of the other function
        "sigmoid": ("I * (b * (1 - b))", "I * (1 - a**2)"),
        "tanh": ("I * (1 - b**2)", "I * (a * (1 - a))"),
    }
    if activation not in slopes:
        return {}
    spelt = {"a": f"{activation}(z)", "b": f"{activation}({activation}(z))", "I": "np.eye(n)"}
    held = {"a": a, "b": ACTIVATIONS[activation](a), "z": z, "I": np.eye(len(z))}
    return {"jacobian": Formula(slopes[activation], held, spelt, others[activation])}
