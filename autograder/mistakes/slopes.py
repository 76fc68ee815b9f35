"""Misconceptions about local derivatives: what happens between Z and A, and at the loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.engine.diagnosis.catalogue import LayerEdit, misconception
from autograder.engine.diagnosis.edits import Rule, bypass, rescale
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits, Graph
from autograder.networks.blocks import derivative


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


SECTION = "03, Slopes: sigmoid, tanh, ReLU"
#: Unit 04 has no tanh; where examples are rows there is one, in these names.
_TANH: Any = {"activation": "tanh", "on": ("rows",)}

misconception(
    "missing-activation-derivative",
    unit="03",
    title="g′ is missing",
    computed="the gradient of a network whose activation lets every derivative through unchanged, "
    "as if g were the identity",
    formula="dZ = dA * g′(Z)",
    ask="Each arrow from Z to A contributes a factor. Which factor stands in your line for dZ?",
    section=SECTION,
).form(layer=at_activation(lambda z, a: np.ones_like(z)))

misconception(
    "activation-value-as-derivative",
    unit="03",
    title="g instead of g′",
    computed="a gradient that multiplies by the value of the activation where its slope belongs",
    formula="dZ = dA * g′(Z), with sigmoid′(Z) = A (1 - A)",
    ask="What is the slope of the sigmoid at Z = 0, and what is its value there?",
    section=SECTION,
).form(activation="sigmoid", layer=at_activation(lambda z, a: a)).form(
    layer=at_activation(lambda z, a: a), **_TANH
)

misconception(
    "relu-value-as-derivative",
    unit="03",
    title="ReLU(Z) as its own slope",
    computed="a gradient in which an active unit passes Z times its signal, where its slope is 1",
    formula="dZ = dA * (Z > 0)",
    ask="By how much does ReLU(Z) grow when Z grows from 2 to 2.001?",
    section=SECTION,
).form(activation="relu", layer=at_activation(lambda z, a: np.maximum(z, 0)))

misconception(
    "derivative-at-wrong-argument",
    unit="03",
    title="g′ at the wrong argument",
    computed="a gradient made with the slope at A, not at Z: the activation was applied twice",
    formula="g′(Z) = sigmoid(Z)(1 - sigmoid(Z)) = A (1 - A)",
    ask="Does your formula for g′ expect Z or A, and which one do you hand to it?",
    section=SECTION,
).form("sigmoid applied to A", activation="sigmoid", layer=own(lambda z, a: a, "sigmoid")).form(
    "tanh applied to out", layer=own(lambda z, a: a, "tanh"), **_TANH
)

misconception(
    "wrong-activation-derivative",
    unit="03",
    title="the slope of another activation",
    computed="the gradient of a network that has another activation in this layer, "
    "as far as its derivative goes",
    formula="dZ = dA * g′(Z), g being the activation that made A",
    ask="Which activation made the A of this layer, and whose slope do you multiply by?",
    section=SECTION,
).form("sigmoid in a ReLU layer", activation="relu", layer=at_activation(_of("sigmoid"))).form(
    "A (1 - A) in a ReLU layer", activation="relu", layer=at_activation(lambda z, a: a * (1 - a))
).form("ReLU in a sigmoid layer", activation="sigmoid", layer=at_activation(_of("relu"))).form(
    "tanh in a ReLU layer", activation="relu", layer=at_activation(_of("tanh"))
).form(
    "1 - A² in a ReLU layer", activation="relu", layer=at_activation(lambda z, a: 1 - a**2)
).form(
    "1 - A² in a sigmoid layer", activation="sigmoid", layer=at_activation(lambda z, a: 1 - a**2)
).form("tanh in a sigmoid layer", activation="sigmoid", layer=at_activation(_of("tanh"))).form(
    "sigmoid in a tanh layer", layer=at_activation(_of("sigmoid")), **_TANH
).form(
    "out (1 - out) in a tanh layer", layer=at_activation(lambda z, a: a * (1 - a)), **_TANH
).form("ReLU in a tanh layer", layer=at_activation(_of("relu")), **_TANH)

misconception(
    "derivative-unsquared",
    unit="03",
    title="a factor of g′ is lost: 1 - A",
    computed="a gradient made with the slope 1 - A, one factor short of the right one",
    formula="sigmoid′ = A (1 - A) and tanh′ = 1 - A²",
    ask="What does your slope give at Z = 0, and what does a drawing of the curve give there?",
    section=SECTION,
).form(layer=at_activation(lambda z, a: 1 - a))

misconception(
    "one-minus-z-squared",
    unit="03",
    title="Z in the form for A",
    computed="a gradient made with a slope that has Z in the place of A, and that turns negative "
    "where Z is large",
    formula="sigmoid′ = A (1 - A) and tanh′ = 1 - A²",
    ask="Can the slope of an increasing function be negative?",
    section=SECTION,
).form("1 - Z²", layer=at_activation(lambda z, a: 1 - z**2)).form(
    "Z (1 - Z)", activation="sigmoid", layer=at_activation(lambda z, a: z * (1 - z))
)

misconception(
    "inverse-derivative",
    unit="03",
    title="divided by g′",
    computed="a gradient that was divided by the slope where it has to be multiplied",
    formula="dZ = dA * g′(Z)",
    ask="If the unit is saturated, should Z matter to the loss more or less?",
    section=SECTION,
).form(activation="sigmoid", layer=at_activation(lambda z, a: 1 / derivative("sigmoid", z))).form(
    layer=at_activation(lambda z, a: 1 / derivative("tanh", z)), **_TANH
)


def _z_times(name: str) -> LayerEdit:
    return at_activation(lambda z, a: z * derivative(name, z))


misconception(
    "z-times-derivative",
    unit="03",
    title="Z times g′(Z)",
    computed="a gradient with an extra factor Z: the bracket of g′(Z) was read as a product",
    formula="dZ = dA * g′(Z), where Z is the argument of g′",
    ask="In g′(Z), is Z a factor or the place where the slope is taken?",
    section=SECTION,
).form(activation="sigmoid", layer=_z_times("sigmoid")).form(layer=_z_times("tanh"), **_TANH)


misconception(
    "output-derivative-twice",
    unit="04",
    title="sigmoid′ counted twice",
    computed="a gradient in which the slope A (1 - A) of a sigmoid appears twice",
    formula="dZ^[L] = A^[L] - Y, which already is dAL * A (1 - A)",
    ask="Write dAL * A (1 - A) out for y = 1. What remains?",
    section="04, The loss, and why the chain starts with A − Y",
).form(activation="sigmoid", layer=at_activation(lambda z, a: derivative("sigmoid", z) ** 2))


def _at_loss(weight: object) -> object:
    def edits(problem: Problem) -> Edits | None:
        Y: Array | None = problem.graph.facts.get("Y")
        if Y is None:
            return None
        return {f"A{problem.graph.facts['L']}->L": rescale(weight(Y))}  # type: ignore[operator]

    return edits


misconception(
    "dal-sign",
    unit="04",
    title="a sign in dAL",
    computed="a gradient in which the examples with y = 0 push the wrong way",
    formula="dAL = -(Y/AL - (1 - Y)/(1 - AL))",
    ask="The chain rule through 1 - AL gives a second minus. Where is it in your line?",
    section="04, The loss, and why the chain starts with A − Y",
).form(whole=_at_loss(lambda Y: 2 * Y - 1))

misconception(
    "one-class-only",
    unit="04",
    title="half of the cross-entropy",
    computed="the gradient of a cost that counts one class only",
    formula="dAL = -(Y/AL - (1 - Y)/(1 - AL))",
    ask="What does your dAL say about an example with y = 0, and about one with y = 1?",
    section="04, The loss, and why the chain starts with A − Y",
).form("the examples with y = 1", whole=_at_loss(lambda Y: Y)).form(
    "the examples with y = 0", whole=_at_loss(lambda Y: 1 - Y)
)
