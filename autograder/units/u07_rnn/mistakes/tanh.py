"""Misconceptions about the slope of tanh: missing, taken at another place, multiplied by `@`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import Rule, carry
from autograder.engine.diagnosis.forms import LayerEdit
from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.products import MATMUL_NOT_ELEMENTWISE
from autograder.mistakes.catalogue.recurrent_cell import (
    DA_PREV_SKIPS_TANH,
    TANH_APPLIED_TWICE,
    TANH_PRIME_OF_A_PREV,
)
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    DERIVATIVE_UNSQUARED,
    INVERSE_DERIVATIVE,
    MISSING_ACTIVATION_DERIVATIVE,
    ONE_MINUS_Z_SQUARED,
    WRONG_ACTIVATION_DERIVATIVE,
    Z_TIMES_DERIVATIVE,
)
from autograder.networks import Array, Edits, Graph
from autograder.networks.blocks import derivative
from autograder.units.u07_rnn.mistakes.edits import WEIGHTS, at_tanh, out_wire
from autograder.units.u07_rnn.mistakes.words import BOTH, CELL

MISTAKES = Mistakes("rnn")

SLOPE = {"formula": "dz_t = da_t * (1 - a_t²), a_t being tanh(z_t)", "section": CELL}


def _tanh(entry: Misconception, rule: Rule, detail: str = "", **words: str) -> None:
    MISTAKES.words(entry, *BOTH, **{**SLOPE, **words})
    MISTAKES.layer(entry, at_tanh(rule), detail, on=BOTH)


_tanh(
    MISSING_ACTIVATION_DERIVATIVE,
    lambda z, a: np.ones_like(z),
    computed="the gradient of a cell whose tanh lets every derivative through unchanged",
    ask="The arrow from z_t to a_t contributes a factor. Which one stands in your dz, and is each "
    "array that you return made of this dz?",
)
for _which, _detail in (
    (("x",), "in dxt"),
    (WEIGHTS, "in dWax, dWaa, dba"),
    (("Wax", "Waa"), "in dWax, dWaa"),
    (("Waa",), "in dWaa"),
    (("Wax",), "in dWax"),
    (("ba",), "in dba"),
    (("x", "a"), "in dxt and da_prev"),
):
    MISTAKES.layer(
        MISSING_ACTIVATION_DERIVATIVE, at_tanh(lambda z, a: np.ones_like(z), _which), _detail
    )

MISTAKES.layer(DA_PREV_SKIPS_TANH, at_tanh(lambda z, a: np.ones_like(z), ("a",)), on=BOTH)


def _da_skips(graph: Graph, t: int) -> Edits | None:
    """dz = da + (1 - a²) * da_prevt: a bracket too few."""
    if f"z{t}->a{t}" not in graph.seen or graph.facts.length < 2:
        return None
    wire = f"z{t}->a{t}"
    return {out_wire(graph, t): lambda value, seen: carry(value, seen[wire].imag)}


def _carry_skips(graph: Graph, t: int) -> Edits | None:
    """dz = (1 - a²) * da + da_prevt."""
    if f"z{t}->a{t}" not in graph.seen or graph.facts.length < 2:
        return None
    wire, on = f"z{t}->a{t}", f"a{t}->z{t + 1}"
    return {on: lambda value, seen: carry(value, seen[wire].imag)} if on in graph.seen else {}


MISTAKES.layer(MISSING_ACTIVATION_DERIVATIVE, _da_skips, "da + (1 - a²) * da_prevt")
MISTAKES.layer(MISSING_ACTIVATION_DERIVATIVE, _carry_skips, "(1 - a²) * da + da_prevt")

MISTAKES.layer(TANH_APPLIED_TWICE, at_tanh(lambda z, a: 1 - np.tanh(a) ** 2), on=BOTH)


def _slope_of_before(graph: Graph, t: int) -> Edits | None:
    a_prev = graph.value(f"a{t - 1}") if f"a{t - 1}" in graph.seen else None
    return None if a_prev is None else at_tanh(lambda z, a: 1 - a_prev**2)(graph, t)


MISTAKES.layer(TANH_PRIME_OF_A_PREV, _slope_of_before, on=BOTH)

_tanh(ACTIVATION_VALUE_AS_DERIVATIVE, lambda z, a: a)
_tanh(DERIVATIVE_UNSQUARED, lambda z, a: 1 - a)
_tanh(ONE_MINUS_Z_SQUARED, lambda z, a: 1 - z**2)
_tanh(INVERSE_DERIVATIVE, lambda z, a: 1 / (1 - a**2))
_tanh(Z_TIMES_DERIVATIVE, lambda z, a: z * (1 - a**2))
_tanh(WRONG_ACTIVATION_DERIVATIVE, lambda z, a: a * (1 - a), "a (1 - a): the sigmoid's")
_tanh(WRONG_ACTIVATION_DERIVATIVE, lambda z, a: derivative("sigmoid", z), "sigmoid′(z)")
_tanh(WRONG_ACTIVATION_DERIVATIVE, lambda z, a: (z > 0) * 1.0, "the slope of ReLU")
_tanh(
    SIGN_FLIP,
    lambda z, a: a**2 - 1,
    "a² - 1 in every cell",
    computed="a gradient whose sign is flipped",
    ask="Take one entry of a weight and nudge it by 0.01. Does J move the way that your sign says? "
    "If not, follow the signs: y_pred - y in this order, then a slope of tanh, which is positive.",
)


def _product(which: Callable[[Array], Array | None], left: bool) -> LayerEdit:
    """dz = da @ M, or M @ da, where the slopes belong entry by entry."""

    def edits(graph: Graph, t: int) -> Edits | None:
        matrix = which(graph.value(f"a{t}")) if f"z{t}->a{t}" in graph.seen else None
        if matrix is None:
            return None
        wire = f"z{t}->a{t}"
        if left:
            return {f"a{t}": lambda v, seen: carry(v, matrix.T @ seen[wire].imag)}
        return {f"a{t}": lambda v, seen: carry(v, seen[wire].imag @ matrix.T)}

    return edits


def _square(a: Array) -> Array | None:
    return 1 - a**2 if a.shape[0] == a.shape[1] else None


MISTAKES.words(MATMUL_NOT_ELEMENTWISE, *BOTH, **SLOPE)
MISTAKES.layer(MATMUL_NOT_ELEMENTWISE, _product(_square, True), "np.dot(1 - a², da)")
MISTAKES.layer(MATMUL_NOT_ELEMENTWISE, _product(_square, False), "np.dot(da, 1 - a²)")
MISTAKES.layer(MATMUL_NOT_ELEMENTWISE, _product(lambda a: 1 - a.T @ a, False), "1 - np.dot(aᵀ, a)")
