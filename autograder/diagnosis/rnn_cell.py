"""Misconceptions about one recurrent cell: tanh′, its five ways in, and the scale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.diagnosis import (  # noqa: F401  the entries that get forms here
    behaviour,
    chain,
    local,
    products,
    rules,
    scale,
    shapes,
    softmax,
    wiring,
)
from autograder.diagnosis.catalogue import CATALOGUE, LayerEdit, Misconception, misconception
from autograder.diagnosis.edits import Rule, against, carry, rescale, spread, through
from autograder.diagnosis.rnn_edits import WEIGHTS, at_tanh
from autograder.networks import Array, Edits, Graph
from autograder.networks.layers import derivative

BOTH = ("rnn", "rtrl")
RNN = ("rnn",)
CELL = "07, One cell"


def known(id: str, **words: str) -> Misconception:
    """An entry of another unit, told in the words of a recurrent network."""
    for family in BOTH:
        CATALOGUE[id].reword(family, **words)
    return CATALOGUE[id]


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


def _through(weight: str, source: str, target: str, wrong: Callable[[Array], Array]) -> LayerEdit:
    """The signal back to `source` passes through ``wrong(weight)``, where the shapes allow it."""

    def edits(graph: Graph, t: int) -> Edits | None:
        wire = f"{source.format(t - 1, t)}->{target}{t}"
        if wire not in graph.seen:
            return None
        W = graph.value(weight)
        other = wrong(W)
        return {f"{target}{t}": through(wire, W, other)} if other.shape == W.shape else None

    return edits


misconception(
    "waa-no-transpose",
    unit="07",
    title="Waa instead of Waaᵀ",
    computed="the gradient of a network that goes back through Waaᵀ's transpose: Waa is always "
    "square, so no shape objects",
    formula="da_prev = Waaᵀ dz, as da_prev_j = Σ_i Waa_ij dz_i",
    ask="z_i = Σ_j Waa_ij a_j. For da_prev_j, over which index of Waa do you sum?",
    section=CELL,
).form(layer=_through("Waa", "a{0}", "z", np.transpose), on=BOTH)

known("missing-w-transpose", section=CELL).form(
    "Wax", layer=_through("Wax", "x", "z", np.transpose), on=RNN
).form("Wya", layer=_through("Wya", "a{1}", "zy", np.transpose), on=RNN).form(
    "Wya", layer=_through("Wya", "a", "zy", np.transpose), on=RNN
)


def _dwaa_with_own(graph: Graph, t: int) -> Edits | None:
    if f"z{t}" not in graph.seen:
        return None
    right, wrong = graph.value(f"a{t - 1}"), graph.value(f"a{t}")
    return {f"z{t}": against(f"Waa->z{t}", right, wrong)}


misconception(
    "dwaa-uses-a-next",
    unit="07",
    title="dWaa meets a_next",
    computed="a dWaa that pairs dz_t with the state that comes out, a_t",
    formula="dWaa = Σ_t dz_t a_{t-1}ᵀ",
    ask="Waa multiplies the state that comes in. Is that a_t or a_{t-1}?",
    section="07, Caches and indices",
).form(layer=_dwaa_with_own, on=BOTH)


def _transposed(name: str, target: str) -> LayerEdit:
    def edits(graph: Graph, t: int) -> Edits | None:
        wire = f"{name}->{target}{t}"
        if wire not in graph.seen or len(set(graph.value(name).shape)) > 1:
            return None
        return {wire: spread(lambda v: np.swapaxes(v, -1, -2))}

    return edits


known("dw-transposed", section=CELL, formula="dWaa = dz a_prevᵀ, of the shape of Waa")
for _name, _target in (("Waa", "z"), ("Wax", "z"), ("Wya", "zy")):
    CATALOGUE["dw-transposed"].form(f"d{_name}", layer=_transposed(_name, _target), on=BOTH)


def _weights(factor: Callable[[Graph], float], names: tuple[str, ...], target: str) -> LayerEdit:
    def edits(graph: Graph, t: int) -> Edits | None:
        found = [f"{name}->{target}{t}" for name in names]
        return {w: rescale(factor(graph)) for w in found} if found[0] in graph.seen else None

    return edits


misconception(
    "rnn-divide-by-m-again",
    unit="07",
    title="1/m is paid again",
    computed="gradients of J/m: the da that arrives carries 1/m already, and it was divided once "
    "more",
    formula="dWaa = dz a_prevᵀ, dba = Σ_k dz_k: no 1/m, the contract has put it into da",
    ask="Read the contract: does the da that comes in belong to the sum over the examples or to "
    "their mean?",
    section="07, Scale: 1/m, T and da",
)
for _names, _detail in (
    (WEIGHTS, "in dWax, dWaa, dba"),
    (("Wax", "Waa"), "in dWax, dWaa"),
    (("Waa",), "in dWaa"),
    (("Wax",), "in dWax"),
):
    CATALOGUE["rnn-divide-by-m-again"].form(
        _detail, layer=_weights(lambda g: 1 / g.facts["m"], _names, "z"), on=RNN
    )

MEAN = {
    "computed": "a bias gradient divided by m: a mean over the examples, where the da that "
    "arrives has paid 1/m already",
    "formula": "dba = np.sum(dz, axis=1, keepdims=True)",
    "section": "07, Scale: 1/m, T and da",
}
known("db-mean-and-one-over-m", **MEAN)
for _name, _target in (("ba", "z"), ("by", "zy")):
    CATALOGUE["db-mean-and-one-over-m"].form(
        f"d{_name}", layer=_weights(lambda g: 1 / g.facts["m"], (_name,), _target), on=RNN
    )
