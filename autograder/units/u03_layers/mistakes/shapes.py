"""Misconceptions about shapes and sums with rows as examples: db, and dx in the shape of x."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import spread
from autograder.engine.diagnosis.forms import LayerEdit, Predict
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.rows import DB_EXTRA_AXIS, DX_LEFT_FLAT
from autograder.mistakes.catalogue.shapes import (
    DB_FROM_DW_ROWSUM,
    DB_NO_SUM,
    DB_SUM_ALL,
    DB_WRONG_AXIS,
)
from autograder.networks import Array, Edits, Graph
from autograder.oracle import gradient
from autograder.units.u03_layers.mistakes.affine import sizes_of, transposed
from autograder.units.u03_layers.mistakes.layers import AFFINE

MISTAKES = Mistakes("rows")


def _flat(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    if name == "dx" and len(shape) > 2 and array.shape == (shape[0], int(np.prod(shape[1:]))):
        return array.reshape(shape)
    return None


MISTAKES.undo(DX_LEFT_FLAT, _flat)


def _rows_db(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    if name.startswith("db") and len(shape) == 1 and array.shape == (1, *shape):
        return np.asarray(array[0])
    return None


MISTAKES.undo(DB_EXTRA_AXIS, _rows_db)


def _at_bias(mix: Callable[[Array], Array], square: bool = False) -> LayerEdit:
    def edits(graph: Graph, n: int) -> Edits | None:
        sizes = sizes_of(graph, n)
        if sizes is None or (square and sizes[1] != sizes[2]):
            return None
        return {f"b{n}->Z{n}": spread(mix)}

    return edits


def _held(reduce: Callable[[Array], Array]) -> Predict:
    """What db holds, in a foreign shape, if dout is reduced in another way."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        node = problem.claims[name].node
        if not node.startswith("b"):
            return None
        return np.asarray(reduce(gradient(problem.graph, f"Z{node[1:]}", edits)))

    return predicted


_SUM = {"formula": "db = Σ_i dout[i] = np.sum(dout, axis=0)", "section": AFFINE}
MISTAKES.words(
    DB_WRONG_AXIS,
    "rows",
    computed="the sum of dout over the units of each example, where the sum over the examples of "
    "each unit was meant",
    ask="b was copied along one axis of out. Along which, and which one did you sum over?",
    **_SUM,
)
MISTAKES.layer(DB_WRONG_AXIS, _at_bias(transposed, square=True), "axis=1")
MISTAKES.foreign(DB_WRONG_AXIS, _held(lambda d: d.sum(axis=1)), "axis=1")
MISTAKES.foreign(DB_WRONG_AXIS, _held(lambda d: d.sum(axis=1, keepdims=True)), "axis=1, keepdims")
MISTAKES.words(
    DB_NO_SUM,
    "rows",
    computed="dout itself, one db for each example: the sum over the examples is missing",
    ask="b has M entries. How many has your db, and why?",
    **_SUM,
)
MISTAKES.foreign(DB_NO_SUM, _held(lambda d: d))
MISTAKES.words(
    DB_SUM_ALL,
    "rows",
    ask="np.sum without an axis gives one number. How many biases has the layer?",
    **_SUM,
)
MISTAKES.foreign(DB_SUM_ALL, _held(lambda d: np.asarray(d.sum())))
MISTAKES.layer(DB_SUM_ALL, _at_bias(lambda t: t.sum(axis=-1, keepdims=True) + 0 * t))


def _dw_summed(graph: Graph, n: int) -> Edits | None:
    if sizes_of(graph, n) is None:
        return None
    weight = graph.value(f"A{n - 1}->Z{n}").sum(axis=-1, keepdims=True)
    return {f"b{n}->Z{n}": spread(lambda t: t * weight)}


MISTAKES.words(
    DB_FROM_DW_ROWSUM,
    "rows",
    title="db taken from dw",
    computed="the column sums of dw: the gradient of a network that multiplies b by the sum of "
    "each example's inputs",
    ask="Does b meet x anywhere in out = x w + b?",
    **_SUM,
)
MISTAKES.layer(DB_FROM_DW_ROWSUM, _dw_summed)
