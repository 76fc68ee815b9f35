"""Misconceptions about one recurrent cell: its transposes, its states, its scale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, LayerEdit, misconception
from autograder.engine.diagnosis.edits import against, rescale, spread, through
from autograder.networks import Array, Edits, Graph
from autograder.units.u07_rnn.mistakes.edits import WEIGHTS
from autograder.units.u07_rnn.mistakes.words import BOTH, CACHES, CELL, RNN, known


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
    computed="a gradient handed back through Waa where it has to pass through Waaᵀ: Waa is always "
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
    section=CACHES,
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
    CATALOGUE["dw-transposed"].form(
        f"d{_name}", layer=_transposed(_name, _target), on=BOTH if _name == "Waa" else RNN
    )


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
