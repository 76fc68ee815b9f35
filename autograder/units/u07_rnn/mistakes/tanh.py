"""Misconceptions about the slope of tanh: missing, taken at another place, multiplied by `@`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, LayerEdit, misconception
from autograder.engine.diagnosis.edits import Rule, carry
from autograder.networks import Array, Edits, Graph
from autograder.networks.blocks import derivative
from autograder.units.u07_rnn.mistakes.edits import WEIGHTS, at_tanh
from autograder.units.u07_rnn.mistakes.words import BOTH, CELL, RNN, known

SLOPE = {"formula": "dz_t = da_t * (1 - a_t²), a_t being tanh(z_t)", "section": CELL}


def _tanh(id: str, rule: Rule, detail: str = "", **words: str) -> None:
    known(id, **{**SLOPE, **words}).form(detail, layer=at_tanh(rule), on=BOTH)


_tanh(
    "missing-activation-derivative",
    lambda z, a: np.ones_like(z),
    computed="the gradient of a cell whose tanh lets every derivative through unchanged",
    ask="The arrow from z_t to a_t contributes a factor. Which one stands in your dz?",
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
    CATALOGUE["missing-activation-derivative"].form(
        _detail, layer=at_tanh(lambda z, a: np.ones_like(z), _which), on=RNN
    )

misconception(
    "da-prev-skips-tanh",
    unit="07",
    title="da_prev = Waaᵀ da_next",
    computed="a gradient that runs back through the tanh everywhere but on its way to da_prev",
    formula="da_prev = Waaᵀ dz, dz = da_next * (1 - a_next²)",
    ask="From a_next back to a_prev there are two factors. Which of them is in your da_prev?",
    section=CELL,
).form(layer=at_tanh(lambda z, a: np.ones_like(z), ("a",)), on=BOTH)

misconception(
    "tanh-applied-twice",
    unit="07",
    title="tanh of a_next, which is a tanh already",
    computed="a gradient whose slope is 1 - tanh(a_next)², always too large",
    formula="dz = da_next * (1 - a_next²)",
    ask="Is a_next what goes into the tanh, or what came out of it?",
    section=CELL,
).form(layer=at_tanh(lambda z, a: 1 - np.tanh(a) ** 2), on=BOTH)


def _slope_of_before(graph: Graph, t: int) -> Edits | None:
    a_prev = graph.value(f"a{t - 1}") if f"a{t - 1}" in graph.seen else None
    return None if a_prev is None else at_tanh(lambda z, a: 1 - a_prev**2)(graph, t)


misconception(
    "tanh-prime-of-a-prev",
    unit="07",
    title="1 - a_prev² for 1 - a_next²",
    computed="a gradient whose slope is taken at the state before",
    formula="dz = da_next * (1 - a_next²)",
    ask="Which state came out of the tanh that you are going back through?",
    section=CELL,
).form(layer=_slope_of_before, on=BOTH)

_tanh("activation-value-as-derivative", lambda z, a: a)
_tanh("derivative-unsquared", lambda z, a: 1 - a)
_tanh("one-minus-z-squared", lambda z, a: 1 - z**2)
_tanh("inverse-derivative", lambda z, a: 1 / (1 - a**2))
_tanh("z-times-derivative", lambda z, a: z * (1 - a**2))
_tanh("wrong-activation-derivative", lambda z, a: a * (1 - a), "a (1 - a): the sigmoid's")
_tanh("wrong-activation-derivative", lambda z, a: derivative("sigmoid", z), "sigmoid′(z)")
_tanh("wrong-activation-derivative", lambda z, a: (z > 0) * 1.0, "the slope of ReLU")
_tanh(
    "sign-flip",
    lambda z, a: a**2 - 1,
    "a² - 1 in every cell",
    computed="a gradient whose sign is flipped",
    ask="tanh rises everywhere. Can its slope be negative?",
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


known("matmul-not-elementwise", **SLOPE).form(
    "np.dot(1 - a², da)", layer=_product(_square, True), on=RNN
).form("np.dot(da, 1 - a²)", layer=_product(_square, False), on=RNN).form(
    "1 - np.dot(aᵀ, a)", layer=_product(lambda a: 1 - a.T @ a, False), on=RNN
)
