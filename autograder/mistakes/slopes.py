"""Misconceptions about local derivatives: what happens between Z and A, and at the loss."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import Rule, bypass, rescale
from autograder.engine.diagnosis.forms import LayerEdit, WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DAL_SIGN,
    DERIVATIVE_AT_WRONG_ARGUMENT,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_CLASS_ONLY,
    ONE_MINUS_Z_SQUARED,
    OUTPUT_DERIVATIVE_TWICE,
    RELU_VALUE_AS_DERIVATIVE,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
)
from autograder.networks import Array, Edits, Graph
from autograder.networks.blocks import derivative
from autograder.networks.facts import layer_facts

MISTAKES = Mistakes("columns")


def at_activation(rule: Rule) -> LayerEdit:
    """Use ``rule(z, a)`` for the derivative of the layer's activation."""

    def edits(graph: Graph, n: int) -> Edits | None:
        wire = f"Z{n}->A{n}"
        return {f"A{n}": bypass(wire, rule)} if wire in graph.wires() else None

    return edits


def _of(name: str) -> Rule:
    return lambda z, a: derivative(name, z)


def own(rule: Rule, outer: str) -> LayerEdit:
    """Like `at_activation`, with the derivative ``outer`` of the activation at another point."""
    return at_activation(lambda z, a: derivative(outer, rule(z, a)))


def heaviside(at_zero: float) -> LayerEdit:
    """Use ReLU's slopes, 0 and 1, with this one where z is exactly 0."""
    return at_activation(lambda z, a: np.heaviside(z, at_zero))


#: Layers of tanh stand in both.
BOTH = ("columns", "rows")

MISTAKES.layer(MISSING_ACTIVATION_DERIVATIVE, at_activation(lambda z, a: np.ones_like(z)))

MISTAKES.layer(ACTIVATION_VALUE_AS_DERIVATIVE, at_activation(lambda z, a: a), activation="sigmoid")
MISTAKES.layer(
    ACTIVATION_VALUE_AS_DERIVATIVE, at_activation(lambda z, a: a), activation="tanh", on=BOTH
)

MISTAKES.layer(
    RELU_VALUE_AS_DERIVATIVE, at_activation(lambda z, a: np.maximum(z, 0)), activation="relu"
)

MISTAKES.layer(
    DERIVATIVE_AT_WRONG_ARGUMENT,
    own(lambda z, a: a, "sigmoid"),
    "sigmoid applied to A",
    activation="sigmoid",
)
MISTAKES.layer(
    DERIVATIVE_AT_WRONG_ARGUMENT,
    own(lambda z, a: a, "tanh"),
    "tanh applied twice",
    activation="tanh",
    on=BOTH,
)

MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE,
    at_activation(_of("sigmoid")),
    "sigmoid in a ReLU layer",
    activation="relu",
)
MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE,
    at_activation(lambda z, a: a * (1 - a)),
    "A (1 - A) in a ReLU layer",
    activation="relu",
)
MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE,
    at_activation(_of("relu")),
    "ReLU in a sigmoid layer",
    activation="sigmoid",
)
MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE,
    at_activation(_of("tanh")),
    "tanh in a ReLU layer",
    activation="relu",
)
MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE,
    at_activation(lambda z, a: 1 - a**2),
    "1 - A² in a ReLU layer",
    activation="relu",
)
MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE,
    at_activation(lambda z, a: 1 - a**2),
    "1 - A² in a sigmoid layer",
    activation="sigmoid",
)
MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE,
    at_activation(_of("tanh")),
    "tanh in a sigmoid layer",
    activation="sigmoid",
)
MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE,
    at_activation(_of("sigmoid")),
    "sigmoid in a tanh layer",
    activation="tanh",
    on=BOTH,
)
MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE,
    at_activation(lambda z, a: a * (1 - a)),
    "the sigmoid's slope with the values of tanh",
    activation="tanh",
    on=BOTH,
)
MISTAKES.layer(
    WRONG_ACTIVATION_DERIVATIVE,
    at_activation(_of("relu")),
    "ReLU in a tanh layer",
    activation="tanh",
    on=BOTH,
)

MISTAKES.layer(DERIVATIVE_UNSQUARED, at_activation(lambda z, a: 1 - a))

MISTAKES.layer(ONE_MINUS_Z_SQUARED, at_activation(lambda z, a: 1 - z**2), "1 - Z²")
MISTAKES.layer(
    ONE_MINUS_Z_SQUARED, at_activation(lambda z, a: z * (1 - z)), "Z (1 - Z)", activation="sigmoid"
)

MISTAKES.layer(
    INVERSE_DERIVATIVE,
    at_activation(lambda z, a: 1 / derivative("sigmoid", z)),
    activation="sigmoid",
)
MISTAKES.layer(
    INVERSE_DERIVATIVE,
    at_activation(lambda z, a: 1 / derivative("tanh", z)),
    activation="tanh",
    on=BOTH,
)


def _z_times(name: str) -> LayerEdit:
    return at_activation(lambda z, a: z * derivative(name, z))


MISTAKES.layer(Z_TIMES_DERIVATIVE, _z_times("sigmoid"), activation="sigmoid")
MISTAKES.layer(Z_TIMES_DERIVATIVE, _z_times("tanh"), activation="tanh", on=BOTH)
MISTAKES.layer(
    OUTPUT_DERIVATIVE_TWICE,
    at_activation(lambda z, a: derivative("sigmoid", z) ** 2),
    activation="sigmoid",
)


def _at_loss(weight: Callable[[Array], Array]) -> WholeEdit:
    def edits(problem: Problem) -> Edits | None:
        Y: Array | None = layer_facts(problem.graph).Y
        if Y is None:
            return None
        return {f"A{layer_facts(problem.graph).L}->L": rescale(weight(Y))}

    return edits


MISTAKES.whole(DAL_SIGN, _at_loss(lambda Y: 2 * Y - 1))

MISTAKES.whole(ONE_CLASS_ONLY, _at_loss(lambda Y: Y), "the examples with y = 1")
MISTAKES.whole(ONE_CLASS_ONLY, _at_loss(lambda Y: 1 - Y), "the examples with y = 0")
