"""Misconceptions about products: `*` for `@`, `@` for `*`, rows for columns.

They show where all sizes agree; elsewhere NumPy refuses the shapes.
"""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.catalogue import misconception
from autograder.engine.diagnosis.edits import carry
from autograder.engine.problem import Problem
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.blocks import derivative
from autograder.oracle import gradient


def _square(graph: Graph, n: int) -> bool:
    """Do n_prev, n and m agree, so that every product of the layer fits?"""
    W = graph.inputs.get(f"W{n}")
    return W is not None and W.shape[0] == W.shape[1] == graph.facts["m"]


def _linear(n: int, weights: str, signal: str) -> Edit:
    """At Z = W A + b: another product for the derivative of W, of A, or of both."""

    def edit(value: Array, seen: dict[str, Array]) -> Array:
        W, A = seen[f"W{n}->Z{n}"], seen[f"A{n - 1}->Z{n}"]
        ways = {
            "matmul": lambda x, y: x @ y,
            "multiply": lambda x, y: x * y,
            "reversed": lambda x, y: y @ x,
            # dA_prev = W.T * dZ: entry by entry with the transpose
            "multiply transposed": lambda x, y: np.swapaxes(x, -1, -2) * y,
        }
        bias = seen[f"b{n}->Z{n}"].imag
        return carry(value, ways[weights](W.imag, A.real) + ways[signal](W.real, A.imag) + bias)

    return edit  # type: ignore[return-value]


def _products(weights: str, signal: str):  # type: ignore[no-untyped-def]
    def edits(graph: Graph, n: int) -> Edits | None:
        return {f"Z{n}": _linear(n, weights, signal)} if _square(graph, n) else None

    return edits


misconception(
    "elementwise-vs-matmul",
    unit="00",
    title="* where @ belongs",
    computed="an entry-by-entry product where the linear map needs a matrix product",
    formula="dW = (1/m) dZ A_prevᵀ and dA_prev = Wᵀ dZ: sums over the index that disappears",
    ask="Write one entry of the result with its indices. Over which index is the sum?",
    section="04, One linear layer, index by index",
).form("in dW", layer=_products("multiply", "matmul")).form(
    "in dA_prev", layer=_products("matmul", "multiply transposed")
).form("in both", layer=_products("multiply", "multiply transposed"))

misconception(
    "row-vs-column-layout",
    unit="00",
    title="formulas of the other layout",
    computed="the formulas for examples in rows, applied to examples in columns",
    formula="columns: Z = W A_prev + b; rows: out = x w + b",
    ask="Which axis of A_prev counts the examples, and over which axis do you sum?",
    section="04, One linear layer, index by index",
).form(layer=_products("reversed", "reversed"))


def _dot(transposed: bool):  # type: ignore[no-untyped-def]
    """dZ = np.dot(dA, g'(Z)) or np.dot(dA, g'(Z).T)."""

    def edits(graph: Graph, n: int) -> Edits | None:
        Z = graph.value(f"Z{n}")
        if Z.shape[0] != Z.shape[1] or f"Z{n}->A{n}" not in graph.wires():
            return None
        slope = derivative(graph.facts["activations"][n - 1], Z)
        met = slope if transposed else slope.T

        def edit(value: Array, seen: dict[str, Array]) -> Array:
            return carry(value, seen[f"Z{n}->A{n}"].imag @ met)

        return {f"A{n}": edit}  # type: ignore[dict-item]

    return edits


def dot_shape(problem: Problem, name: str, edits: Edits) -> Array | None:
    """np.dot(dA, g'(Z).T), of shape (n, n)."""
    claim, graph = problem.claims[name], problem.graph
    if claim.kind != "dZ" or graph.value(claim.node).ndim != 2:
        return None
    n = claim.node[1:]
    slope = derivative(graph.facts["activations"][int(n) - 1], graph.value(claim.node))
    return np.asarray(claim.factor * gradient(graph, f"A{n}", edits) @ slope.T)


misconception(
    "matmul-not-elementwise",
    unit="00",
    title="@ where * belongs",
    computed="a matrix product with the slopes, which mixes examples that do not know each other",
    formula="dZ = dA * g′(Z): g acts on each entry alone",
    ask="Does the output of one unit on example 1 depend on its Z on example 2?",
    section="03, Slopes: sigmoid, tanh, ReLU",
).form(layer=_dot(False)).form("with a transpose", layer=_dot(True)).form(shape=dot_shape)
