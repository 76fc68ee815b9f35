"""Misconceptions about products: `*` for `@`, `@` for `*`, rows for columns.

They show where all sizes agree; elsewhere NumPy refuses the shapes.
"""

from __future__ import annotations

import numpy as np

from autograder.engine.diagnosis.edits import carry
from autograder.engine.diagnosis.forms import LayerEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.products import (
    ELEMENTWISE_VS_MATMUL,
    MATMUL_NOT_ELEMENTWISE,
    ROW_VS_COLUMN_LAYOUT,
)
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.blocks import derivative
from autograder.networks.facts import layer_facts

MISTAKES = Mistakes("columns")


def _square(graph: Graph, n: int) -> bool:
    """Do n_prev, n and m agree, so that every product of the layer fits?"""
    W = graph.inputs.get(f"W{n}")
    return W is not None and W.shape[0] == W.shape[1] == graph.facts.m


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


def _products(weights: str, signal: str) -> LayerEdit:
    def edits(graph: Graph, n: int) -> Edits | None:
        return {f"Z{n}": _linear(n, weights, signal)} if _square(graph, n) else None

    return edits


MISTAKES.layer(ELEMENTWISE_VS_MATMUL, _products("multiply", "matmul"), "in dW")
MISTAKES.layer(ELEMENTWISE_VS_MATMUL, _products("matmul", "multiply transposed"), "in dA_prev")
MISTAKES.layer(ELEMENTWISE_VS_MATMUL, _products("multiply", "multiply transposed"), "in both")

MISTAKES.layer(ROW_VS_COLUMN_LAYOUT, _products("reversed", "reversed"))


def _dot(transposed: bool) -> LayerEdit:
    """dZ = np.dot(dA, g'(Z)) or np.dot(dA, g'(Z).T)."""

    def edits(graph: Graph, n: int) -> Edits | None:
        Z = graph.value(f"Z{n}")
        if Z.shape[0] != Z.shape[1] or f"Z{n}->A{n}" not in graph.wires():
            return None
        slope = derivative(layer_facts(graph).activations[n - 1], Z)
        met = slope if transposed else slope.T

        def edit(value: Array, seen: dict[str, Array]) -> Array:
            return carry(value, seen[f"Z{n}->A{n}"].imag @ met)

        return {f"A{n}": edit}  # type: ignore[dict-item]

    return edits


MISTAKES.layer(MATMUL_NOT_ELEMENTWISE, _dot(False))
MISTAKES.layer(MATMUL_NOT_ELEMENTWISE, _dot(True), "with a transpose")
