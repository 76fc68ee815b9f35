"""Misconceptions about shapes and sums with rows as examples: db, and dx in the shape of x."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, LayerEdit, misconception
from autograder.engine.diagnosis.edits import spread
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits, Graph
from autograder.oracle import gradient
from autograder.units.u03_layers.mistakes.affine import sizes_of, transposed
from autograder.units.u03_layers.mistakes.layers import AFFINE, ROWS


def _flat(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    if name == "dx" and len(shape) > 2 and array.shape == (shape[0], int(np.prod(shape[1:]))):
        return array.reshape(shape)
    return None


misconception(
    "dx-left-flat",
    unit="03",
    title="dx has not the shape of x",
    computed="the right numbers, one row for each example, where x had more axes",
    formula="dx = (dout wᵀ) laid out in the shape of x",
    ask="The forward pass laid x out in rows. Which step of the way back undoes that?",
    section=AFFINE,
).form(undo=_flat, on=ROWS)


def _rows_db(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    if name.startswith("db") and len(shape) == 1 and array.shape == (1, *shape):
        return np.asarray(array[0])
    return None


misconception(
    "db-extra-axis",
    unit="00",
    title="db has an axis too many",
    computed="db with the right numbers in shape (1, M), where b has shape (M,)",
    formula="db = np.sum(dout, axis=0), of the same shape as b",
    ask="What shape does b have? And b - 0.1 * db?",
    section=AFFINE,
).form("keepdims=True", undo=_rows_db, on=ROWS)


def _at_bias(mix: Callable[[Array], Array], square: bool = False) -> LayerEdit:
    def edits(graph: Graph, n: int) -> Edits | None:
        sizes = sizes_of(graph, n)
        if sizes is None or (square and sizes[1] != sizes[2]):
            return None
        return {f"b{n}->Z{n}": spread(mix)}

    return edits


def _held(reduce: Callable[[Array], Array]):  # type: ignore[no-untyped-def]
    """What db holds, in a foreign shape, if dout is reduced in another way."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        node = problem.claims[name].node
        if not node.startswith("b"):
            return None
        return np.asarray(reduce(gradient(problem.graph, f"Z{node[1:]}", edits)))

    return predicted


_SUM = {"formula": "db = Σ_i dout[i] = np.sum(dout, axis=0)", "section": AFFINE}
CATALOGUE["db-wrong-axis"].reword(
    "rows",
    computed="the sum of dout over the units of each example, where the sum over the examples of "
    "each unit was meant",
    ask="b was copied along one axis of out. Along which, and which one did you sum over?",
    **_SUM,
).form("axis=1", layer=_at_bias(transposed, square=True), on=ROWS).form(
    "axis=1", shape=_held(lambda d: d.sum(axis=1)), on=ROWS
).form("axis=1, keepdims", shape=_held(lambda d: d.sum(axis=1, keepdims=True)), on=ROWS)
CATALOGUE["db-no-sum"].reword(
    "rows",
    computed="dout itself, one db for each example: the sum over the examples is missing",
    ask="b has M entries. How many has your db, and why?",
    **_SUM,
).form(shape=_held(lambda d: d), on=ROWS)
CATALOGUE["db-sum-all"].reword(
    "rows", ask="np.sum without an axis gives one number. How many biases has the layer?", **_SUM
).form(shape=_held(lambda d: np.asarray(d.sum())), on=ROWS).form(
    layer=_at_bias(lambda t: t.sum(axis=-1, keepdims=True) + 0 * t), on=ROWS
)


def _dw_summed(graph: Graph, n: int) -> Edits | None:
    if sizes_of(graph, n) is None:
        return None
    weight = graph.value(f"A{n - 1}->Z{n}").sum(axis=-1, keepdims=True)
    return {f"b{n}->Z{n}": spread(lambda t: t * weight)}


CATALOGUE["db-from-dw-rowsum"].reword(
    "rows",
    title="db taken from dw",
    computed="the column sums of dw: the gradient of a network that multiplies b by the sum of "
    "each example's inputs",
    ask="Does b meet x anywhere in out = x w + b?",
    **_SUM,
).form(layer=_dw_summed, on=ROWS)

misconception(
    "bias-forgotten",
    unit="03",
    title="b is missing in the forward pass",
    computed="x w, the output of a layer without a bias",
    formula="out = x w + b",
    ask="What is out where x is zero?",
    section=AFFINE,
)
