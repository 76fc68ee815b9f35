"""Misconceptions about softmax and cross-entropy with rows as examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, LayerEdit, WholeEdit, misconception
from autograder.engine.diagnosis.edits import carry, rescale
from autograder.engine.problem import Problem
from autograder.mistakes.slopes import at_activation
from autograder.mistakes.softmax import SECTION
from autograder.networks import Array, Edits, Graph
from autograder.units.u03_layers.mistakes.layers import ROWS, SCALE

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


CATALOGUE["softmax-diagonal-only"].reword("rows", formula="dx = p * (dout - Σ_k p_k dout_k)").form(
    "dout * p * (1 - p)",
    activation="softmax",
    layer=at_activation(lambda z, p: p * (1 - p)),
    on=ROWS,
)
CATALOGUE["softmax-jacobian-twice"].reword(
    "rows",
    computed="a gradient that went back through the softmax twice",
    formula="dx = p * (dout - Σ_k p_k dout_k), once; with the cross-entropy this is (p - y) / N",
).form(activation="softmax", layer=at_softmax(lambda p, t: _jacobian(p, _jacobian(p, t))), on=ROWS)
CATALOGUE["activation-value-as-derivative"].form(
    "p * dout", activation="softmax", layer=at_activation(lambda z, p: p), on=ROWS
)


def _at_loss(residual: Callable[[Array, Array, Array], Array]) -> WholeEdit:
    """dx = residual(x, p, one-hot y) / N, whatever the graph says."""

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        if "y" not in graph.facts:
            return None
        last = graph.facts["L"]
        x, p = graph.value(f"Z{last}"), graph.value(f"A{last}")
        rows = residual(x, p, np.eye(p.shape[-1])[graph.facts["y"]])
        wire = f"Z{last}->A{last}"
        return {"L": lambda value, seen: carry(value, (rows * seen[wire].imag).sum(axis=-1))}

    return edits


def _probs(x: Array, axis: int | tuple[int, int]) -> Array:
    e = np.exp(x - x.max())
    return np.asarray(e / _sum(e, axis))


CATALOGUE["softmax-wrong-axis"].reword(
    "rows", formula="p_ij = exp(x_ij) / Σ_k exp(x_ik): the sum runs over the classes of one example"
).form(
    "over the examples",
    activation="softmax",
    layer=at_softmax(lambda p, t: p * (t - _sum(p * t, -2))),
    on=ROWS,
).form(
    "over everything",
    activation="softmax",
    layer=at_softmax(lambda p, t: p * (t - _sum(p * t, (-2, -1)))),
    on=ROWS,
).form("over the examples", whole=_at_loss(lambda x, p, y: _probs(x, -2) - y), on=ROWS).form(
    "over everything", whole=_at_loss(lambda x, p, y: _probs(x, (-2, -1)) - y), on=ROWS
)

misconception(
    "softmax-inner-sum",
    unit="03",
    title="a factor p is missing in the softmax's gradient",
    computed="a gradient through a matrix that is not the Jacobian of the softmax: one of its two "
    "factors p was lost",
    formula="dx_j = p_j (dout_j - Σ_k p_k dout_k)",
    ask="Take dout equal to 1 everywhere. The probabilities of a row sum to 1 whatever the scores "
    "are; what has dx to be, and what is yours?",
    section=SECTION,
).form(
    "p * (dout - Σ dout)",
    activation="softmax",
    layer=at_softmax(lambda p, t: p * t - _sum(p * t)),
    on=ROWS,
).form(
    "dout - Σ p dout", activation="softmax", layer=at_softmax(lambda p, t: t - p * _sum(t)), on=ROWS
).form(
    "p dout - Σ p dout",
    activation="softmax",
    layer=at_softmax(lambda p, t: p * (t - _sum(t))),
    on=ROWS,
)

CATALOGUE["output-derivative-twice"].reword(
    "rows",
    title="p (1 - p) on top of p - y",
    computed="a gradient in which p - y was multiplied by a slope p (1 - p) that it holds already",
    formula="dx = (p - y) / N, which is the derivative with respect to the scores",
    ask="Write the derivative of -log p_y by each score out. Where does p (1 - p) remain?",
    section=SECTION,
).form(whole=_at_loss(lambda x, p, y: (p - y) * p * (1 - p)), on=ROWS)

misconception(
    "half-of-p-minus-y",
    unit="03",
    title="one half of p - y",
    computed="the gradient of one of the two terms of the loss -x_y + log Σ_k exp(x_k) alone",
    formula="dx = (p - y) / N: p from the logarithm of the sum, -1 at the label from -x_y",
    ask="The entries of one row of dx have to sum to 0. What do yours sum to, and why?",
    section=SECTION,
).form("p", whole=_at_loss(lambda x, p, y: p), on=ROWS)

misconception(
    "whole-columns-indexed",
    unit="03",
    title="1 is subtracted in whole columns",
    computed="p - 1 in every column that is anybody's label: dx[:, y] takes all rows",
    formula="dx[np.arange(N), y] -= 1: one entry for each row",
    ask="How many entries does dx[:, y] pick out, and how many labels are there?",
    section=SECTION,
).form("dx[:, y] -= 1", whole=_at_loss(lambda x, p, y: p - (y.max(axis=0) > 0)), on=ROWS)


def _classes(problem: Problem) -> Edits | None:
    if "y" not in problem.graph.facts:
        return None
    classes = problem.graph.value(f"A{problem.graph.facts['L']}").shape[-1]
    return {"J": rescale(problem.graph.facts["m"] / classes)}


CATALOGUE["wrong-m"].form("by the number of classes", whole=_classes, on=ROWS)
CATALOGUE["sum-loss-vs-mean-loss"].reword(
    "rows",
    computed="the sum of the losses; the contract asks for their mean",
    formula="loss = (1/N) Σ_i -log p[i, y_i]",
    ask="What happens to your loss when every example is given twice?",
    section=SCALE,
)
CATALOGUE["log-base"].reword(
    "rows", formula="-log p with the natural logarithm, np.log", section=SECTION
)
