"""What students get wrong with a penalty, with masks and with a table of vectors: the forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import bypass, carry, cut, rescale
from autograder.engine.diagnosis.forms import LayerEdit, WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes import scale, shapes, signal, wiring
from autograder.mistakes.catalogue import scale as scales
from autograder.mistakes.catalogue import shapes as sums
from autograder.mistakes.catalogue.chain import WRONG_LAYER_INDEX
from autograder.mistakes.catalogue.regularisation import (
    DROPOUT_MASK_FORGOTTEN,
    DROPOUT_NEW_MASK,
    DROPOUT_NOT_SCALED,
    INDEX_ADD_DUPLICATES,
    L2_FACTOR,
    L2_FORGOTTEN,
    L2_ON_BIAS,
)
from autograder.mistakes.catalogue.signal import DW_INSTEAD_OF_W
from autograder.mistakes.catalogue.wiring import DW_TRANSPOSED
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.dropout import DropoutFacts
from autograder.networks.embedding import EmbeddingFacts
from autograder.networks.regularised import PenaltyFacts

PENALTY = Mistakes("columns")


def _penalty(edit: Edit) -> LayerEdit:
    """An edit of the wire from W of a layer to the penalty."""
    return lambda graph, n: {f"W{n}->R": edit} if f"W{n}->R" in graph.wires() else None


def _by_m(power: int) -> LayerEdit:
    return lambda graph, n: _penalty(rescale(float(graph.facts.m) ** power))(graph, n)


def _losses(factor: Callable[[Graph], float]) -> WholeEdit:
    """The part of the losses by a factor, beside a right penalty."""

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        return {"C->J": rescale(factor(graph))} if isinstance(graph.facts, PenaltyFacts) else None

    return edits


PENALTY.layer(L2_FORGOTTEN, _penalty(cut()))
PENALTY.whole(scales.SIGN_FLIP, _losses(lambda graph: -1.0), "in the part of the losses")
PENALTY.whole(
    scales.ONE_OVER_M_TWICE, _losses(lambda graph: 1 / graph.facts.m), "in the part of the losses"
)
PENALTY.layer(L2_FACTOR, _penalty(rescale(2.0)), "(2 lambd/m) W")
PENALTY.layer(L2_FACTOR, _penalty(rescale(0.5)), "(lambd/(2m)) W")
PENALTY.layer(L2_FACTOR, _by_m(1), "lambd W")
PENALTY.layer(L2_FACTOR, _by_m(-1), "(lambd/m²) W")
PENALTY.layer(L2_FACTOR, _penalty(rescale(-1.0)), "-(lambd/m) W")


def _by(graph: Graph, part: Array, name: str) -> Edits:
    """J gets the derivative ``(lambd/m) * part`` at a leaf beside its own."""
    facts = graph.facts
    assert isinstance(facts, PenaltyFacts)
    slope = facts.lambd / facts.m * part

    def add(value: Array, seen: Mapping[str, Array]) -> Array:
        return carry(value, value.imag + (slope * seen[name].imag).sum(axis=(-2, -1)))

    return {"J": add}


def _biases(graph: Graph, n: int) -> Edits | None:
    if not isinstance(graph.facts, PenaltyFacts):
        return None
    return _by(graph, graph.inputs[f"b{n}"], f"b{n}")


PENALTY.layer(L2_ON_BIAS, _biases)


def _other(shift: int) -> LayerEdit:
    """W of a neighbour in the penalty, where it has the same shape; elsewhere its own."""

    def edits(graph: Graph, n: int) -> Edits | None:
        if not isinstance(graph.facts, PenaltyFacts):
            return None
        W, other = graph.inputs[f"W{n}"], graph.inputs.get(f"W{n + shift}")
        if other is None:
            return {}
        return _by(graph, other - W, f"W{n}") if W.shape == other.shape else None

    return edits


PENALTY.layer(WRONG_LAYER_INDEX, _other(-1), "W of the layer below in the penalty")
PENALTY.layer(WRONG_LAYER_INDEX, _other(1), "W of the layer above in the penalty")

DROPOUT = Mistakes("dropout")


def _factor(power: int, mask: bool) -> LayerEdit:
    """The slope of a masked layer: D or 1, times keep_prob to a power."""

    def edits(graph: Graph, n: int) -> Edits | None:
        facts = graph.facts
        if not isinstance(facts, DropoutFacts) or n not in facts.masks:
            return None
        slope = facts.keep_prob**power * (facts.masks[n] if mask else 1.0)
        return {f"A{n}": bypass(f"H{n}->A{n}", lambda h, a: slope + 0 * h)}

    return edits


def _unmasked(power: int) -> LayerEdit:
    """No mask, but a ReLU slope that is read off the masked A, and masks dZ by the way."""

    def edits(graph: Graph, n: int) -> Edits | None:
        made = _factor(power, False)(graph, n)
        if made is None:
            return None
        on = (graph.value(f"A{n}") > 0).astype(float)
        return {**made, f"H{n}": bypass(f"Z{n}->H{n}", lambda z, h: on)}

    return edits


DROPOUT.layer(DROPOUT_MASK_FORGOTTEN, _factor(0, False), "nor divided by keep_prob")
DROPOUT.layer(DROPOUT_MASK_FORGOTTEN, _factor(-1, False), "divided by keep_prob")
DROPOUT.layer(DROPOUT_MASK_FORGOTTEN, _unmasked(0), "in dA alone, where dZ is masked; not divided")
DROPOUT.layer(DROPOUT_MASK_FORGOTTEN, _unmasked(-1), "in dA alone, where dZ is masked")
DROPOUT.layer(DROPOUT_NOT_SCALED, _factor(0, True), "not divided by keep_prob")
DROPOUT.layer(DROPOUT_NOT_SCALED, _factor(1, True), "times keep_prob")
DROPOUT.layer(DROPOUT_NOT_SCALED, _factor(-2, True), "divided by keep_prob twice")
DROPOUT.behaviour(DROPOUT_NEW_MASK, "differs", functions=("backward_propagation_with_dropout",))

_SHARED = (
    (scale.MISTAKES, scales.MISSING_ONE_OVER_M),
    (scale.MISTAKES, scales.ONE_OVER_M_TWICE),
    (scale.MISTAKES, scales.DB_NOT_AVERAGED),
    (scale.MISTAKES, scales.DB_MEAN_AND_ONE_OVER_M),
    (scale.MISTAKES, scales.SIGN_FLIP),
    (scale.MISTAKES, scales.LOSS_DERIVATIVE_WRONG),
    (shapes.MISTAKES, sums.DB_NO_KEEPDIMS),
    (shapes.MISTAKES, sums.DB_WRONG_AXIS),
    (shapes.MISTAKES, sums.DB_SUM_ALL),
    (shapes.MISTAKES, sums.DB_NO_SUM),
    (wiring.MISTAKES, DW_TRANSPOSED),
    (signal.MISTAKES, DW_INSTEAD_OF_W),
)
for _source, _entry in _SHARED:
    DROPOUT.share(_entry, (_source,), "columns")

EMBEDDING = Mistakes("embedding")


def _last_place(problem: Problem) -> Edits | None:
    """Only the last place of each word hands its gradient on, as in ``dW[words] += dout``."""
    facts = problem.graph.facts
    if not isinstance(facts, EmbeddingFacts):
        return None
    flat = facts.words.ravel()
    last = len(flat) - 1 - np.unique(flat[::-1], return_index=True)[1]
    kept = np.isin(np.arange(len(flat)), last).reshape(facts.words.shape)
    return {"out": rescale(1.0 * kept[..., np.newaxis])}


EMBEDDING.whole(INDEX_ADD_DUPLICATES, _last_place)

MISTAKES = (PENALTY, DROPOUT, EMBEDDING)
