"""Misconceptions about shapes and sums: keepdims, the axis, the broadcast."""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.edits import spread
from autograder.engine.diagnosis.forms import Predict
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.shapes import (
    DB_FROM_DW_ROWSUM,
    DB_NO_KEEPDIMS,
    DB_NO_SUM,
    DB_SUM_ALL,
    DB_WRONG_AXIS,
    DBA_BROADCAST_SQUARE,
)
from autograder.networks import Array, Edits, Graph
from autograder.oracle import gradient

MISTAKES = Mistakes("columns")

SECTION = "04, One linear layer, index by index"


def _column(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    """(n,) for (n, 1): a sum without keepdims."""
    if len(shape) == 2 and shape[1] == 1 and array.shape == shape[:1]:
        return array.reshape(shape)
    return None


MISTAKES.undo(DB_NO_KEEPDIMS, _column)


def _rows_alike(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    """(n, n) with equal rows for (n, 1): an outer sum by broadcasting."""
    n = shape[0] if shape else 0
    if len(shape) != 2 or shape[1] != 1 or n < 2 or array.shape != (n, n):
        return None
    return array[:1].T.copy() if (array == array[:1]).all() else None


MISTAKES.undo(DBA_BROADCAST_SQUARE, _rows_alike)


def _bias_node(problem: Problem, name: str) -> str | None:
    node = problem.claims[name].node
    return f"Z{node[1:]}" if node.startswith("b") else None


def _reduced(axis: int | None, power: int, keepdims: bool = True) -> Predict:
    """What a bias gradient holds if dZ is summed over `axis` (None: not at all)."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        node = _bias_node(problem, name)
        if node is None:
            return None
        dZ = gradient(problem.graph, node, edits) * float(problem.graph.facts.m) ** power
        return dZ if axis is None else np.asarray(dZ.sum(axis=axis, keepdims=keepdims))

    return predicted


MISTAKES.foreign(DB_WRONG_AXIS, _reduced(0, 0), "axis=0")
MISTAKES.foreign(DB_WRONG_AXIS, _reduced(0, 0, False), "axis=0, no keepdims")
MISTAKES.foreign(DB_WRONG_AXIS, _reduced(0, 1), "axis=0, no 1/m")

MISTAKES.foreign(DB_NO_SUM, _reduced(None, 0), "dZ / m")
MISTAKES.foreign(DB_NO_SUM, _reduced(None, 1), "dZ")


def _sum_of_all(power: int) -> Predict:
    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        node = _bias_node(problem, name)
        if node is None:
            return None
        m = float(problem.graph.facts.m)
        return np.asarray(gradient(problem.graph, node, edits).sum() * m**power)

    return predicted


def _shared_bias(graph: Graph, n: int) -> Edits | None:
    """All units share one bias: the gradient of each is the sum over all."""
    if f"b{n}" not in graph.inputs:
        return None
    return {f"b{n}->Z{n}": spread(lambda t: t.sum(axis=-2, keepdims=True) + 0 * t)}


MISTAKES.foreign(DB_SUM_ALL, _sum_of_all(0), "")
MISTAKES.foreign(DB_SUM_ALL, _sum_of_all(1), "no 1/m")
MISTAKES.layer(DB_SUM_ALL, _shared_bias)


def _rowsum_of_dw(graph: Graph, n: int) -> Edits | None:
    """db_i = Σ_j dW_ij: as if the bias were multiplied by the sum of the inputs."""
    if f"b{n}" not in graph.inputs:
        return None
    weight = graph.value(f"A{n - 1}").sum(axis=0, keepdims=True)
    return {f"b{n}->Z{n}": spread(lambda t: t * weight)}


MISTAKES.layer(DB_FROM_DW_ROWSUM, _rowsum_of_dw)
