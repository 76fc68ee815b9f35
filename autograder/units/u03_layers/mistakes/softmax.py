"""Misconceptions about softmax and cross-entropy with rows as examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import carry, rescale
from autograder.engine.diagnosis.forms import LayerEdit, WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.memory import LOG_BASE, SUM_LOSS_VS_MEAN_LOSS
from autograder.mistakes.catalogue.rows import (
    HALF_OF_P_MINUS_Y,
    SOFTMAX_INNER_SUM,
    WHOLE_COLUMNS_INDEXED,
)
from autograder.mistakes.catalogue.scale import WRONG_M
from autograder.mistakes.catalogue.slopes import (
    ACTIVATION_VALUE_AS_DERIVATIVE,
    OUTPUT_DERIVATIVE_TWICE,
)
from autograder.mistakes.catalogue.softmax import (
    SOFTMAX_DIAGONAL_ONLY,
    SOFTMAX_JACOBIAN_TWICE,
    SOFTMAX_SHIFT_DIFFERS,
    SOFTMAX_WRONG_AXIS,
)
from autograder.mistakes.slopes import at_activation
from autograder.networks import Array, Edits, Graph
from autograder.networks.facts import layer_facts
from autograder.units.u03_layers.mistakes.layers import SCALE, SOFTMAX

MISTAKES = Mistakes("rows")

Tangent = Callable[[Array, Array], Array]


def _sum(values: Array, axis: int | tuple[int, int] = -1) -> Array:
    return np.asarray(values.sum(axis=axis, keepdims=True))


def _jacobian(p: Array, t: Array) -> Array:
    return np.asarray(p * (t - _sum(p * t)))


def at_softmax(tangent: Tangent) -> LayerEdit:
    """``tangent(p, t)`` is how the probabilities move when the scores move by t.

    For a wrong rule dx = M dout this is the transposed of M, applied to t.
    """

    def edits(graph: Graph, n: int) -> Edits | None:
        def edit(value: Array, seen: Mapping[str, Array]) -> Array:
            return carry(value, tangent(value.real, seen[f"Z{n}->A{n}"].imag))

        return {f"A{n}": edit}

    return edits


MISTAKES.words(SOFTMAX_DIAGONAL_ONLY, "rows", formula="dx = p * (dout - Σ_k p_k dout_k)")
MISTAKES.layer(
    SOFTMAX_DIAGONAL_ONLY,
    at_activation(lambda z, p: p * (1 - p)),
    activation="softmax",
)
MISTAKES.words(
    SOFTMAX_JACOBIAN_TWICE,
    "rows",
    computed="a gradient that went back through the softmax twice",
    formula="dx = p * (dout - Σ_k p_k dout_k), once; with the cross-entropy this is (p - y) / N",
)
MISTAKES.layer(
    SOFTMAX_JACOBIAN_TWICE,
    at_softmax(lambda p, t: _jacobian(p, _jacobian(p, t))),
    activation="softmax",
)
MISTAKES.layer(ACTIVATION_VALUE_AS_DERIVATIVE, at_activation(lambda z, p: p), activation="softmax")


def _at_loss(residual: Callable[[Array, Array, Array], Array]) -> WholeEdit:
    """dx = residual(x, p, one-hot y) / N, whatever the graph says."""

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        if layer_facts(graph).y is None:
            return None
        last = layer_facts(graph).L
        x, p = graph.value(f"Z{last}"), graph.value(f"A{last}")
        rows = residual(x, p, np.eye(p.shape[-1])[layer_facts(graph).y])
        wire = f"Z{last}->A{last}"
        return {"L": lambda value, seen: carry(value, (rows * seen[wire].imag).sum(axis=-1))}

    return edits


def _probs(x: Array, axis: int | tuple[int, int]) -> Array:
    e = np.exp(x - x.max())
    return np.asarray(e / _sum(e, axis))


MISTAKES.words(
    SOFTMAX_WRONG_AXIS,
    "rows",
    formula="p_ij = exp(x_ij) / Σ_k exp(x_ik): the sum runs over the classes of one example",
)
MISTAKES.layer(
    SOFTMAX_WRONG_AXIS,
    at_softmax(lambda p, t: p * (t - _sum(p * t, -2))),
    "over the examples",
    activation="softmax",
)
MISTAKES.layer(
    SOFTMAX_WRONG_AXIS,
    at_softmax(lambda p, t: p * (t - _sum(p * t, (-2, -1)))),
    "over everything on the way back; p - y / N, in which N divides y alone, is the same",
    activation="softmax",
)
MISTAKES.whole(SOFTMAX_WRONG_AXIS, _at_loss(lambda x, p, y: _probs(x, -2) - y), "over the examples")
MISTAKES.whole(
    SOFTMAX_WRONG_AXIS, _at_loss(lambda x, p, y: _probs(x, (-2, -1)) - y), "over everything"
)

MISTAKES.whole(SOFTMAX_SHIFT_DIFFERS, _at_loss(lambda x, p, y: _probs(x - x.max(axis=0), -1) - y))

MISTAKES.layer(
    SOFTMAX_INNER_SUM,
    at_softmax(lambda p, t: p * t - _sum(p * t)),
    "p * (dout - Σ dout)",
    activation="softmax",
)
MISTAKES.layer(
    SOFTMAX_INNER_SUM,
    at_softmax(lambda p, t: t - p * _sum(t)),
    "dout - Σ p dout",
    activation="softmax",
)
MISTAKES.layer(
    SOFTMAX_INNER_SUM,
    at_softmax(lambda p, t: p * (t - _sum(t))),
    "p dout - Σ p dout",
    activation="softmax",
)

MISTAKES.words(
    OUTPUT_DERIVATIVE_TWICE,
    "rows",
    title="p (1 - p) on top of p - y",
    computed="a gradient in which p - y was multiplied by a slope p (1 - p) that it holds already",
    formula="dx = (p - y) / N, which is the derivative with respect to the scores",
    ask="Write the derivative of -log p_y by each score out. Where does p (1 - p) remain?",
    section=SOFTMAX,
)
MISTAKES.whole(OUTPUT_DERIVATIVE_TWICE, _at_loss(lambda x, p, y: (p - y) * p * (1 - p)))

MISTAKES.whole(HALF_OF_P_MINUS_Y, _at_loss(lambda x, p, y: p), "p")

MISTAKES.whole(
    WHOLE_COLUMNS_INDEXED, _at_loss(lambda x, p, y: p - (y.max(axis=0) > 0)), "dx[:, y] -= 1"
)


def _classes(problem: Problem) -> Edits | None:
    if layer_facts(problem.graph).y is None:
        return None
    classes = problem.graph.value(f"A{layer_facts(problem.graph).L}").shape[-1]
    return {"J": rescale(problem.graph.facts.m / classes)}


MISTAKES.words(
    WRONG_M,
    "softmax_loss",
    title="N is not the number of examples",
    computed="a mean that was divided by another size where the number of examples was meant",
    formula="N = x.shape[0]: examples are the rows",
    ask="Print the number that you call N. Does it change when you add one example?",
)
MISTAKES.whole(WRONG_M, _classes, "by the number of classes")
MISTAKES.words(
    SUM_LOSS_VS_MEAN_LOSS,
    "rows",
    computed="the sum of the losses; the contract asks for their mean",
    formula="loss = (1/N) Σ_i -log p[i, y_i]",
    ask="What happens to your loss when every example is given twice?",
    section=SCALE,
)
MISTAKES.words(
    LOG_BASE, "rows", formula="-log p with the natural logarithm, np.log", section=SOFTMAX
)
