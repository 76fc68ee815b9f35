"""Misconceptions about one recurrent cell: its transposes, its states, its scale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import against, rescale, spread, through
from autograder.engine.diagnosis.forms import LayerEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.recurrent_cell import (
    DWAA_USES_A_NEXT,
    RNN_DIVIDE_BY_M_AGAIN,
    WAA_NO_TRANSPOSE,
)
from autograder.mistakes.catalogue.scale import DB_MEAN_AND_ONE_OVER_M
from autograder.mistakes.catalogue.wiring import DW_TRANSPOSED, MISSING_W_TRANSPOSE
from autograder.networks import Array, Edits, Graph
from autograder.units.u07_rnn.mistakes.edits import WEIGHTS
from autograder.units.u07_rnn.mistakes.words import BOTH, CELL, RNN

MISTAKES = Mistakes("rnn")


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


MISTAKES.layer(WAA_NO_TRANSPOSE, _through("Waa", "a{0}", "z", np.transpose), on=BOTH)

MISTAKES.words(MISSING_W_TRANSPOSE, *BOTH, section=CELL)
MISTAKES.layer(MISSING_W_TRANSPOSE, _through("Wax", "x", "z", np.transpose), "Wax")
MISTAKES.layer(MISSING_W_TRANSPOSE, _through("Wya", "a{1}", "zy", np.transpose), "Wya")
MISTAKES.layer(MISSING_W_TRANSPOSE, _through("Wya", "a", "zy", np.transpose), "Wya")


def _dwaa_with_own(graph: Graph, t: int) -> Edits | None:
    if f"z{t}" not in graph.seen:
        return None
    right, wrong = graph.value(f"a{t - 1}"), graph.value(f"a{t}")
    return {f"z{t}": against(f"Waa->z{t}", right, wrong)}


MISTAKES.layer(DWAA_USES_A_NEXT, _dwaa_with_own, on=BOTH)


def _transposed(name: str, target: str) -> LayerEdit:
    def edits(graph: Graph, t: int) -> Edits | None:
        wire = f"{name}->{target}{t}"
        if wire not in graph.seen or len(set(graph.value(name).shape)) > 1:
            return None
        return {wire: spread(lambda v: np.swapaxes(v, -1, -2))}

    return edits


MISTAKES.words(DW_TRANSPOSED, *BOTH, section=CELL, formula="dWaa = dz a_prevᵀ, of the shape of Waa")
for _name, _target in (("Waa", "z"), ("Wax", "z"), ("Wya", "zy")):
    MISTAKES.layer(
        DW_TRANSPOSED, _transposed(_name, _target), f"d{_name}", on=BOTH if _name == "Waa" else RNN
    )


def _weights(factor: Callable[[Graph], float], names: tuple[str, ...], target: str) -> LayerEdit:
    def edits(graph: Graph, t: int) -> Edits | None:
        found = [f"{name}->{target}{t}" for name in names]
        return {w: rescale(factor(graph)) for w in found} if found[0] in graph.seen else None

    return edits


for _names, _detail in (
    (WEIGHTS, "in dWax, dWaa, dba"),
    (("Wax", "Waa"), "in dWax, dWaa"),
    (("Waa",), "in dWaa"),
    (("Wax",), "in dWax"),
):
    MISTAKES.layer(RNN_DIVIDE_BY_M_AGAIN, _weights(lambda g: 1 / g.facts.m, _names, "z"), _detail)

MEAN = {
    "computed": "a bias gradient divided by m: a mean over the examples, where the da that "
    "arrives has paid 1/m already",
    "formula": "dba = np.sum(dz, axis=1, keepdims=True)",
    "section": "07, Scale: 1/m, T and da",
}
MISTAKES.words(DB_MEAN_AND_ONE_OVER_M, *BOTH, **MEAN)
MISTAKES.words(
    DB_MEAN_AND_ONE_OVER_M,
    "output_backward",
    computed="a bias gradient divided by m: a mean over the examples, where dzy has paid 1/m "
    "already",
)
for _name, _target in (("ba", "z"), ("by", "zy")):
    MISTAKES.layer(
        DB_MEAN_AND_ONE_OVER_M, _weights(lambda g: 1 / g.facts.m, (_name,), _target), f"d{_name}"
    )
