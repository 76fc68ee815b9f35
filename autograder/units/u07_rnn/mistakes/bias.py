"""Misconceptions about dba, dby and shapes in a recurrent network."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, LayerEdit
from autograder.engine.diagnosis.edits import carry, cut, spread
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits, Graph
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes.edits import steps
from autograder.units.u07_rnn.mistakes.words import CELL, RNN, known

SECTION = "07, The bias: (5, 1) against (5, 5)"
SUM = {"formula": "dba = np.sum(dz, axis=1, keepdims=True), summed over t", "section": SECTION}
BIASES = (("ba", "z"), ("by", "zy"))
Reduce = Callable[[Array], Array]


def _reduced(reduce: Reduce):  # type: ignore[no-untyped-def]
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


for _id in ("db-no-keepdims", "dba-broadcast-square", "dw-transposed"):
    CATALOGUE[_id].share("rnn")  # their undo forms know no names of nodes
known("db-no-keepdims", ask="What shape does ba - 0.1 * dba get, (5, 1) minus (5,)?", **SUM)
known("dba-broadcast-square", section=SECTION)
known("db-wrong-axis", **SUM).form(
    "axis=0", shape=_reduced(lambda dz: dz.sum(axis=0, keepdims=True)), on=RNN
).form("axis=0, no keepdims", shape=_reduced(lambda dz: dz.sum(axis=0)), on=RNN)
known("db-no-sum", **SUM).form("dz itself", shape=_reduced(lambda dz: dz), on=RNN)
known("db-sum-all", **SUM).form(shape=_reduced(lambda dz: dz.sum()), on=RNN)
known("db-from-dw-rowsum", **SUM)
known(
    "db-forgotten",
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


known("db-sum-all").form("dba", layer=_on_bias("ba", "z", lambda g, t: spread(_all_units)), on=RNN)
for _bias, _target in BIASES:
    known("db-forgotten").form(
        f"d{_bias}", layer=_on_bias(_bias, _target, lambda g, t: cut()), on=RNN
    )
for _bias, _target, _source, _detail in (
    ("ba", "z", "a{0}", "row sums of dWaa"),
    ("ba", "z", "x->z{1}", "row sums of dWax"),
    ("by", "zy", "a->zy{1}", "row sums of dWya"),
    ("by", "zy", "a{1}->zy{1}", "row sums of dWya"),
):
    known("db-from-dw-rowsum").form(
        _detail, layer=_on_bias(_bias, _target, _rowsum(_source)), on=RNN
    )


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


known(
    "elementwise-vs-matmul", formula="dWaa = dz a_prevᵀ: a sum over the examples", section=CELL
).form("dWaa = dz * a_prev", shape=_multiplied, on=RNN).form(
    "dWaa = dz * a_prev", layer=_multiplied_square, on=RNN
)
