"""Misconceptions about dba, dby and shapes in a recurrent network."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import carry, cut, spread
from autograder.engine.diagnosis.forms import LayerEdit, Predict
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes import shapes, wiring
from autograder.mistakes.catalogue.products import ELEMENTWISE_VS_MATMUL
from autograder.mistakes.catalogue.shapes import (
    DB_FROM_DW_ROWSUM,
    DB_NO_KEEPDIMS,
    DB_NO_SUM,
    DB_SUM_ALL,
    DB_WRONG_AXIS,
    DBA_BROADCAST_SQUARE,
)
from autograder.mistakes.catalogue.wiring import DB_FORGOTTEN, DW_TRANSPOSED
from autograder.networks import Array, Edits, Graph
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes.edits import steps
from autograder.units.u07_rnn.mistakes.words import BOTH, CELL

MISTAKES = Mistakes("rnn")

SECTION = "07, The bias: (5, 1) against (5, 5)"
SUM = {"formula": "dba = np.sum(dz, axis=1, keepdims=True), summed over t", "section": SECTION}
BIASES = (("ba", "z"), ("by", "zy"))
Reduce = Callable[[Array], Array]


def _reduced(reduce: Reduce) -> Predict:
    """What a bias gradient holds if each dz is reduced in another way than over the examples."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        graph = problem.graph
        node = dict(BIASES).get(problem.claims[name].node)
        if node is None:
            return None
        at = [f"{node}{t}" for t in steps(graph)]
        slopes = gradient(graph, at, edits)
        return np.asarray(reduce(np.sum([slopes[name] for name in at], axis=0)))

    return predicted


for _entry in (DB_NO_KEEPDIMS, DBA_BROADCAST_SQUARE):
    MISTAKES.share(_entry, (shapes.MISTAKES, wiring.MISTAKES), "columns")
MISTAKES.undo(DW_TRANSPOSED, wiring.untranspose)
MISTAKES.words(
    DB_NO_KEEPDIMS, *BOTH, ask="What shape does ba - 0.1 * dba get, (5, 1) minus (5,)?", **SUM
)
MISTAKES.words(DBA_BROADCAST_SQUARE, *BOTH, section=SECTION)
MISTAKES.words(DB_WRONG_AXIS, *BOTH, **SUM)
MISTAKES.foreign(DB_WRONG_AXIS, _reduced(lambda dz: dz.sum(axis=0, keepdims=True)), "axis=0")
MISTAKES.foreign(DB_WRONG_AXIS, _reduced(lambda dz: dz.sum(axis=0)), "axis=0, no keepdims")
MISTAKES.words(DB_NO_SUM, *BOTH, **SUM)
MISTAKES.foreign(DB_NO_SUM, _reduced(lambda dz: dz), "dz itself")
MISTAKES.words(DB_SUM_ALL, *BOTH, **SUM)
MISTAKES.foreign(DB_SUM_ALL, _reduced(lambda dz: dz.sum()))
MISTAKES.words(DB_FROM_DW_ROWSUM, *BOTH, **SUM)
MISTAKES.words(
    DB_FORGOTTEN,
    *BOTH,
    computed="the gradient of a network without a way from this bias to the cost; or, for dby, "
    "one sum over all classes, which is 0 behind a softmax",
    **SUM,
)


def _on_bias(bias: str, target: str, edit: Callable[[Graph, int], object]) -> LayerEdit:
    def edits(graph: Graph, t: int) -> Edits | None:
        wire = f"{bias}->{target}{t}"
        made = edit(graph, t) if wire in graph.seen else None
        return None if made is None else {wire: made}  # type: ignore[dict-item]

    return edits


def _rowsum(source: str) -> Callable[[Graph, int], object]:
    """db_i = Σ_j dW_ij: as if the bias were multiplied by the sum of what the weight meets."""

    def edit(graph: Graph, t: int) -> object:
        name = source.format(t - 1, t)
        if name not in graph.seen:
            return None
        weight = graph.value(name).sum(axis=0, keepdims=True)
        return spread(lambda d: d * weight)

    return edit


MISTAKES.layer(DB_SUM_ALL, _on_bias("ba", "z", lambda g, t: spread(_all_units)), "dba")
for _bias, _target in BIASES:
    MISTAKES.layer(DB_FORGOTTEN, _on_bias(_bias, _target, lambda g, t: cut()), f"d{_bias}")
for _bias, _target, _source, _detail in (
    ("ba", "z", "a{0}", "row sums of dWaa"),
    ("ba", "z", "x->z{1}", "row sums of dWax"),
    ("by", "zy", "a->zy{1}", "row sums of dWya"),
    ("by", "zy", "a{1}->zy{1}", "row sums of dWya"),
):
    MISTAKES.layer(DB_FROM_DW_ROWSUM, _on_bias(_bias, _target, _rowsum(_source)), _detail)


def _all_units(d: Array) -> Array:
    return np.asarray(d.sum(axis=-2, keepdims=True) + 0 * d)


def _multiplied(problem: Problem, name: str, edits: Edits) -> Array | None:
    """dWaa = dz * a_prev, summed over t: of shape (n_a, m)."""
    graph = problem.graph
    if problem.claims[name].node != "Waa":
        return None
    dz = gradient(graph, [f"z{t}" for t in steps(graph)], edits)
    return np.asarray(sum(dz[f"z{t}"] * graph.value(f"a{t - 1}") for t in steps(graph)))


def _multiplied_square(graph: Graph, t: int) -> Edits | None:
    """The same where n_a = m, and the shape says nothing."""
    if f"Waa->z{t}" not in graph.seen:
        return None
    a = graph.value(f"a{t - 1}")
    if a.shape[0] != a.shape[1]:
        return None

    def edit(value: Array, seen: object) -> Array:
        tangent = seen[f"Waa->z{t}"].imag  # type: ignore[index]
        return carry(value, value.imag + tangent * a - tangent @ a)

    return {f"z{t}": edit}


MISTAKES.words(
    ELEMENTWISE_VS_MATMUL, *BOTH, formula="dWaa = dz a_prevᵀ: a sum over the examples", section=CELL
)
MISTAKES.foreign(ELEMENTWISE_VS_MATMUL, _multiplied, "dWaa = dz * a_prev")
MISTAKES.layer(ELEMENTWISE_VS_MATMUL, _multiplied_square, "dWaa = dz * a_prev")
