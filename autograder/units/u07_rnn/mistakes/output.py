"""Misconceptions between the labels and da."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import carry, rescale, through
from autograder.engine.diagnosis.forms import LayerEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.memory import INPLACE_P_MINUS_Y
from autograder.mistakes.catalogue.signal import DW_INSTEAD_OF_W
from autograder.mistakes.catalogue.slopes import (
    MISSING_ACTIVATION_DERIVATIVE,
    OUTPUT_DERIVATIVE_TWICE,
)
from autograder.mistakes.catalogue.softmax import SOFTMAX_DIAGONAL_ONLY, SOFTMAX_JACOBIAN_TWICE
from autograder.networks import Array, Edits, Graph
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes.edits import out_wire, steps
from autograder.units.u07_rnn.mistakes.words import BOTH

MISTAKES = Mistakes("rnn")

OUT = "07, From the loss to da"
SCALE = "07, Scale: 1/m, T and da"


def _at_softmax(rule: Callable[[Array, Array], Array]) -> LayerEdit:
    """``rule(p, t)`` for what the softmax makes of the derivative t of its input."""

    def edits(graph: Graph, t: int) -> Edits | None:
        if f"yhat{t}" not in graph.seen:
            return None
        return {f"yhat{t}": lambda v, seen: carry(v, rule(v.real, seen[f"zy{t}->yhat{t}"].imag))}

    return edits


def _jacobian(p: Array, d: Array) -> Array:
    return np.asarray(p * (d - (p * d).sum(axis=-2, keepdims=True)))


MISTAKES.words(
    INPLACE_P_MINUS_Y,
    *BOTH,
    title="y_pred - y was written into y_pred",
    computed="the right gradients, and y_pred overwritten with y_pred - y",
    formula="dzy = (y_pred - y) / m, a new array",
    ask="What does y_pred hold after your function has run?",
    section=OUT,
)
MISTAKES.behaviour(INPLACE_P_MINUS_Y, "changed", functions=("output_backward",))
MISTAKES.words(SOFTMAX_DIAGONAL_ONLY, *BOTH, section=OUT)
MISTAKES.layer(SOFTMAX_DIAGONAL_ONLY, _at_softmax(lambda p, d: p * (1 - p) * d))
MISTAKES.words(SOFTMAX_JACOBIAN_TWICE, *BOTH, section=OUT)
MISTAKES.layer(SOFTMAX_JACOBIAN_TWICE, _at_softmax(lambda p, d: _jacobian(p, _jacobian(p, d))))
MISTAKES.layer(
    MISSING_ACTIVATION_DERIVATIVE, _at_softmax(lambda p, d: d), "the softmax passes everything"
)


def _tanh_in_da(problem: Problem) -> Edits | None:
    """da = (Wyaᵀ dzy) * (1 - a²)."""
    graph = problem.graph
    if "zy1" not in graph.seen:
        return None
    ways = {out_wire(graph, t): graph.value(out_wire(graph, t)) for t in steps(graph)}
    return {wire: rescale(1 - a**2) for wire, a in ways.items()}


MISTAKES.words(
    OUTPUT_DERIVATIVE_TWICE,
    *BOTH,
    title="tanh′ in da",
    computed="a da that has gone through the tanh already; the cell will go through it again",
    formula="da = Wyaᵀ dzy; the factor 1 - a² belongs to rnn_cell_backward",
    ask="da is the derivative with respect to a_t. Does the way from a_t to the loss pass a tanh?",
    section=OUT,
)
MISTAKES.whole(OUTPUT_DERIVATIVE_TWICE, _tanh_in_da)


def _through_dWya(problem: Problem) -> Edits | None:
    """da = dWyaᵀ dzy, with the dWya of each step."""
    graph = problem.graph
    if "zy1" not in graph.seen:
        return None
    dzy = gradient(graph, [f"zy{t}" for t in steps(graph)], problem.given)
    return {
        f"zy{t}": through(
            out_wire(graph, t),
            graph.value("Wya"),
            dzy[f"zy{t}"] @ graph.value(out_wire(graph, t)).T,
        )
        for t in steps(graph)
    }


MISTAKES.whole(DW_INSTEAD_OF_W, _through_dWya, "dWya", last=True)
