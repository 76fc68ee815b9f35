"""Misconceptions about shapes and sums: keepdims, the axis, the broadcast."""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.catalogue import misconception
from autograder.engine.diagnosis.edits import spread
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits, Graph
from autograder.oracle import gradient

SECTION = "04, One linear layer, index by index"


def _column(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    """(n,) for (n, 1): a sum without keepdims."""
    if len(shape) == 2 and shape[1] == 1 and array.shape == shape[:1]:
        return array.reshape(shape)
    return None


misconception(
    "db-no-keepdims",
    unit="00",
    title="db has lost its second axis",
    computed="db with the right numbers in shape (n,), where b has shape (n, 1): a sum without "
    "keepdims drops the axis that it sums over",
    formula="db = (1/m) np.sum(dZ, axis=1, keepdims=True)",
    ask="What shape does b - learning_rate * db get if b is (n, 1) and db is (n,)?",
    section=SECTION,
).form(undo=_column)


def _rows_alike(name: str, array: Array, shape: tuple[int, ...]) -> Array | None:
    """(n, n) with equal rows for (n, 1): an outer sum by broadcasting."""
    n = shape[0] if shape else 0
    if len(shape) != 2 or shape[1] != 1 or n < 2 or array.shape != (n, n):
        return None
    return array[:1].T.copy() if (array == array[:1]).all() else None


misconception(
    "dba-broadcast-square",
    unit="00",
    title="(n, 1) + (n,) became (n, n)",
    computed="db broadcast to a square: every row holds the whole of the right db",
    formula="(n, 1) + (n,) = (n, n): NumPy aligns shapes from the right",
    ask="Print the shapes of the two arrays that you add. Which of them lacks an axis?",
    section=SECTION,
).form(undo=_rows_alike)


def _bias_node(problem: Problem, name: str) -> str | None:
    node = problem.claims[name].node
    return f"Z{node[1:]}" if node.startswith("b") else None


def _reduced(axis: int | None, power: int, keepdims: bool = True):  # type: ignore[no-untyped-def]
    """What a bias gradient holds if dZ is summed over `axis` (None: not at all)."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        node = _bias_node(problem, name)
        if node is None:
            return None
        dZ = gradient(problem.graph, node, edits) * float(problem.graph.facts["m"]) ** power
        return dZ if axis is None else np.asarray(dZ.sum(axis=axis, keepdims=keepdims))

    return predicted


misconception(
    "db-wrong-axis",
    unit="00",
    title="db is summed over the units",
    computed="the sum of dZ over the units of each example, where the sum over the examples "
    "of each unit was meant",
    formula="db_i = (1/m) Σ_k dZ_ik: the sum runs over the examples k",
    ask="b was copied along one axis of Z. Along which, and which one did you sum over?",
    section=SECTION,
).form("axis=0", shape=_reduced(0, 0)).form(
    "axis=0, no keepdims", shape=_reduced(0, 0, False)
).form("axis=0, no 1/m", shape=_reduced(0, 1))

misconception(
    "db-no-sum",
    unit="03",
    title="db is not summed over the examples",
    computed="one db for each example, side by side: b was copied to every column of Z, and what "
    "comes back from the columns was not added up",
    formula="db = (1/m) np.sum(dZ, axis=1, keepdims=True)",
    ask="b has n entries. How many has your db, and over which axis is the sum that makes them n?",
    section=SECTION,
).form("dZ / m", shape=_reduced(None, 0)).form("dZ", shape=_reduced(None, 1))


def _sum_of_all(power: int):  # type: ignore[no-untyped-def]
    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        node = _bias_node(problem, name)
        if node is None:
            return None
        m = float(problem.graph.facts["m"])
        return np.asarray(gradient(problem.graph, node, edits).sum() * m**power)

    return predicted


def _shared_bias(graph: Graph, n: int) -> Edits | None:
    """All units share one bias: the gradient of each is the sum over all."""
    if f"b{n}" not in graph.inputs:
        return None
    return {f"b{n}->Z{n}": spread(lambda t: t.sum(axis=-2, keepdims=True) + 0 * t)}


misconception(
    "db-sum-all",
    unit="03",
    title="one number for all biases",
    computed="the gradient of a network in which all units of the layer share one bias",
    formula="db_i = (1/m) Σ_k dZ_ik: one number for each unit i",
    ask="np.sum without an axis gives one number. How many biases has the layer, and does nudging "
    "one of them change Z everywhere, or in one row?",
    section=SECTION,
).form("", shape=_sum_of_all(0)).form("no 1/m", shape=_sum_of_all(1)).form(layer=_shared_bias)


def _rowsum_of_dw(graph: Graph, n: int) -> Edits | None:
    """db_i = Σ_j dW_ij: as if the bias were multiplied by the sum of the inputs."""
    if f"b{n}" not in graph.inputs:
        return None
    weight = graph.value(f"A{n - 1}").sum(axis=0, keepdims=True)
    return {f"b{n}->Z{n}": spread(lambda t: t * weight)}


misconception(
    "db-from-dw-rowsum",
    unit="03",
    title="db taken from dW",
    computed="the row sums of dW: the gradient of a network that multiplies b by the sum of "
    "the layer's inputs",
    formula="db = (1/m) Σ_i dZ^(i), without A_prev",
    ask="Does b meet A_prev anywhere in Z = W A_prev + b?",
    section=SECTION,
).form(layer=_rowsum_of_dw)
