"""Misconceptions about the slope of one operation, as they show in a graph of scalars."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import bypass, carry
from autograder.engine.diagnosis.forms import LayerEdit
from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.expressions import PRODUCT_OWN_FACTOR, PRODUCT_WITHOUT_SLOPES
from autograder.mistakes.catalogue.rows import RELU_MASK_A_VS_Z
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_AT_WRONG_ARGUMENT,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_MINUS_Z_SQUARED,
    RELU_VALUE_AS_DERIVATIVE,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
)
from autograder.networks import Array, Edits, Graph
from autograder.networks.blocks import tanh
from autograder.networks.expressions import OPERATIONS
from autograder.networks.facts import expression_facts
from autograder.networks.tap import STEP

MISTAKES = Mistakes("expressions")

SECTION = "01, Slopes on the wires"
#: What is said where x^n gave the slope of exp: n x^(n - 1).
POWER_RULE = "in exp, by the rule for powers"
Rule = Callable[[Array, Array], Array]


def _at(operation: str, rule: Rule) -> LayerEdit:
    """``rule(x, f(x))`` for the slope of this operation, wherever it stands."""

    def edits(graph: Graph, n: int) -> Edits | None:
        if expression_facts(graph).operations[n] != operation:
            return {}
        source = expression_facts(graph).operands[n][0]
        return {f"v{n}": bypass(f"v{source}->v{n}[0]", rule)}

    return edits


def _slope(operation: str, x: Array) -> Array:
    return np.asarray(OPERATIONS[operation](x + 1j * STEP).imag / STEP)


def _one(x: Array, y: Array) -> Array:
    return np.ones_like(x)


def _value(x: Array, y: Array) -> Array:
    return y


#: id -> operation -> the rules that a misconception puts in the place of the slope.
_SLIPS: Mapping[Misconception, Mapping[str, tuple[Rule, ...]]] = {
    MISSING_ACTIVATION_DERIVATIVE: dict.fromkeys(("tanh", "relu", "exp", "log"), (_one,)),
    ACTIVATION_VALUE_AS_DERIVATIVE: {"tanh": (_value,), "log": (_value,)},
    RELU_VALUE_AS_DERIVATIVE: {"relu": (_value,)},
    DERIVATIVE_AT_WRONG_ARGUMENT: {
        "tanh": (lambda x, y: 1 - tanh(y) ** 2,),
        "exp": (lambda x, y: np.exp(y),),
        "log": (lambda x, y: 1 / y,),
    },
    DERIVATIVE_UNSQUARED: {"tanh": (lambda x, y: 1 - y,)},
    ONE_MINUS_Z_SQUARED: {"tanh": (lambda x, y: 1 - x**2,)},
    Z_TIMES_DERIVATIVE: {
        "tanh": (lambda x, y: x * (1 - y**2),),
        "exp": (lambda x, y: x * y,),
    },
    INVERSE_DERIVATIVE: {
        "tanh": (lambda x, y: 1 / (1 - y**2),),
        "exp": (lambda x, y: 1 / y,),
        "log": (lambda x, y: x,),
    },
    WRONG_ACTIVATION_DERIVATIVE: {
        "tanh": (lambda x, y: y * (1 - y), lambda x, y: 1 + y**2, lambda x, y: y**2 - 1),
        "log": (lambda x, y: -1 / x, lambda x, y: -1 / x**2, lambda x, y: 1 / x**2),
    },
}


for _entry, _operations in _SLIPS.items():
    for _operation, _rules in _operations.items():
        for _rule in _rules:
            MISTAKES.layer(_entry, _at(_operation, _rule), f"in {_operation}")
    MISTAKES.words(
        _entry,
        "expressions",
        formula="the slope of f at x belongs on the wire from x to f(x)",
        section=SECTION,
    )
MISTAKES.layer(Z_TIMES_DERIVATIVE, _at("exp", lambda x, y: x * np.exp(x - 1)), POWER_RULE)
MISTAKES.words(
    RELU_MASK_A_VS_Z,
    "backward",
    "backward_tree",
    computed="another slope of ReLU where a number is exactly 0: the gradient passes there",
    formula="the slope of ReLU at x is 1 where x > 0, and 0 elsewhere, at exactly 0 too",
    ask="Which slope does your `Value.relu` have where x is exactly 0?",
    section=SECTION,
)


def _no_slopes(graph: Graph, n: int) -> Edits | None:
    """Every wire into the node carries 1: the pass only adds what arrives."""
    if expression_facts(graph).operations[n] == "+":
        return {}
    operands = expression_facts(graph).operands[n]
    if len(operands) == 1:
        return _at(expression_facts(graph).operations[n], _one)(graph, n)
    return _factors(lambda a, b: (_one(a, a), _one(b, b)))(graph, n)


def _factors(slopes: Callable[[Array, Array], tuple[Array, Array]]) -> LayerEdit:
    """Other slopes for the two operands of a product."""

    def edits(graph: Graph, n: int) -> Edits | None:
        if expression_facts(graph).operations[n] != "*":
            return {}
        i, j = expression_facts(graph).operands[n]
        at_i, at_j = slopes(graph.value(f"v{i}"), graph.value(f"v{j}"))

        def edit(value: Array, seen: Mapping[str, Array]) -> Array:
            one, two = seen[f"v{i}->v{n}[0]"].imag, seen[f"v{j}->v{n}[1]"].imag
            return carry(value, at_i * one + at_j * two)

        return {f"v{n}": edit}

    return edits


MISTAKES.layer(PRODUCT_OWN_FACTOR, _factors(lambda a, b: (a, b)))

MISTAKES.layer(PRODUCT_WITHOUT_SLOPES, _factors(lambda a, b: (_one(a, a), _one(b, b))))

MISTAKES.layer(MISSING_ACTIVATION_DERIVATIVE, _no_slopes, "in every operation")
