"""Misconceptions about slopes and signs that layers of rows have forms of their own for."""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.edits import carry, rescale
from autograder.engine.diagnosis.forms import LayerEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.products import MATMUL_NOT_ELEMENTWISE
from autograder.mistakes.catalogue.rows import RELU_MASK_A_VS_Z, RELU_MASK_INVERTED
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.mistakes.catalogue.slopes import (
    ONE_MINUS_Z_SQUARED,
)
from autograder.mistakes.slopes import at_activation, heaviside
from autograder.networks import Edits, Graph
from autograder.networks.blocks import derivative

MISTAKES = Mistakes("rows")


def matmul(activation: str, transpose: bool) -> LayerEdit:
    """dx = dout @ slope, or dout @ slope.T, where the sizes let it run."""

    def edits(graph: Graph, n: int) -> Edits | None:
        Z = graph.value(f"Z{n}")
        if Z.ndim != 2 or Z.shape[0] != Z.shape[1]:
            return None
        slope = derivative(activation, Z)
        met = slope if transpose else slope.T
        return {f"A{n}": lambda value, seen: carry(value, seen[f"Z{n}->A{n}"].imag @ met)}

    return edits


for _name in ("relu", "sigmoid", "tanh"):
    for _detail, _transpose in (("dout @ slope", False), ("dout @ slope.T", True)):
        MISTAKES.layer(MATMUL_NOT_ELEMENTWISE, matmul(_name, _transpose), _detail, activation=_name)


def negated(*wires: str) -> LayerEdit:
    """The sign of what flows back along a wire is wrong; ``{n}`` and ``{p}`` number its ends."""

    def edits(graph: Graph, n: int) -> Edits | None:
        names = [wire.format(n=n, p=n - 1) for wire in wires]
        return {w: rescale(-1.0) for w in names} if set(names) <= set(graph.wires()) else None

    return edits


MISTAKES.layer(SIGN_FLIP, negated("W{n}->Z{n}"), "in dw")
MISTAKES.layer(SIGN_FLIP, negated("b{n}->Z{n}"), "in db")
MISTAKES.layer(SIGN_FLIP, negated("A{p}->Z{n}"), "in dx")
for _name in ("relu", "sigmoid", "tanh"):
    MISTAKES.layer(SIGN_FLIP, negated("Z{n}->A{n}"), "in dx of the activation", activation=_name)
MISTAKES.words(ONE_MINUS_Z_SQUARED, "rows", ask="What did your forward put into the cache?")

BOTH = ("rows", "columns")
MISTAKES.layer(RELU_MASK_A_VS_Z, heaviside(1.0), activation="relu", on=BOTH)
MISTAKES.layer(RELU_MASK_A_VS_Z, heaviside(0.5), "half of it", activation="relu", on=BOTH)
MISTAKES.words(
    RELU_MASK_A_VS_Z,
    "rows",
    computed="another subgradient at the kink: where x is exactly 0 the gradient passes",
    formula="dx = dout * (x > 0)",
)

MISTAKES.layer(
    RELU_MASK_INVERTED, at_activation(lambda z, a: np.where(z < 0, 1.0, 0.0)), activation="relu"
)
