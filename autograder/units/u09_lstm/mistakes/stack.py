"""Misconceptions about u = [a_prev; xt], and about the weights and biases that meet it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import against, carry, cut, merge, rescale
from autograder.engine.diagnosis.forms import LayerEdit, Predict
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes import shapes, wiring
from autograder.mistakes.catalogue.lstm import (
    CONCAT_NO_SLICE,
    CONCAT_ORDER,
    LSTM_GATE_PATH_MISSING,
)
from autograder.mistakes.catalogue.recurrent_cell import DWAA_USES_A_NEXT, RNN_DIVIDE_BY_M_AGAIN
from autograder.mistakes.catalogue.scale import DB_MEAN_AND_ONE_OVER_M
from autograder.mistakes.catalogue.shapes import (
    DB_NO_KEEPDIMS,
    DB_NO_SUM,
    DB_SUM_ALL,
    DB_WRONG_AXIS,
)
from autograder.mistakes.catalogue.wiring import DW_TRANSPOSED
from autograder.networks import Array, Edits, Graph
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes.edits import steps
from autograder.units.u09_lstm.mistakes.edits import Seen, sequence

MISTAKES = Mistakes("lstm")
BOTH = Mistakes("lstm", "gru")
STACK = "09, The stack, cut back"


def _whole_stack(problem: Problem, name: str, edits: Edits) -> Array | None:
    """du where da_prev or dxt belongs."""
    if problem.claims[name].node not in ("a0", "x") or sequence(problem.graph):
        return None
    return gradient(problem.graph, "u1", edits)


MISTAKES.foreign(CONCAT_NO_SLICE, _whole_stack)


def _weights_meet(other: Callable[[Graph, int], Array]) -> LayerEdit:
    """dW of all four from another stack than u."""

    def edits(graph: Graph, t: int) -> Edits | None:
        u, wrong = graph.value(f"u{t}"), other(graph, t)
        return {f"z{n}{t}": against(f"W{n}->z{n}{t}", u, wrong) for n in "fico"}

    return edits


def _of_a_next(graph: Graph, t: int) -> Array:
    a, u = graph.value(f"a{t}"), graph.value(f"u{t}")
    return np.concatenate([a, u[len(a) :]])


def _upside_down(graph: Graph, t: int) -> Array:
    n_a, u = len(graph.value(f"a{t}")), graph.value(f"u{t}")
    return np.concatenate([u[n_a:], u[:n_a]])


def _cut_elsewhere(graph: Graph, t: int) -> Edits | None:
    """da_prev = du[-n_a:] and dxt = du[:-n_a]."""
    n_a = len(graph.value(f"a{t}"))

    def edit(value: Array, seen: Seen) -> Array:
        moved = value.imag
        return carry(value, np.concatenate([moved[..., n_a:, :], moved[..., :n_a, :]], axis=-2))

    return {f"u{t}": edit}


def _both_turned(graph: Graph, t: int) -> Edits | None:
    turned, cut_there = _weights_meet(_upside_down)(graph, t), _cut_elsewhere(graph, t)
    return merge(turned or {}, cut_there or {})


MISTAKES.words(
    DWAA_USES_A_NEXT,
    "lstm",
    title="the stack holds a_next",
    computed="dW of all gates made with [a_next; xt], where the gates were made of [a_prev; xt]",
    formula="dWf = dzf [a_prev; xt]ᵀ, and so for Wi, Wc, Wo",
    ask="Which state went into the gates of this step?",
    section=STACK,
)
MISTAKES.layer(DWAA_USES_A_NEXT, _weights_meet(_of_a_next))
MISTAKES.layer(CONCAT_ORDER, _weights_meet(_upside_down), "in dW")
MISTAKES.layer(CONCAT_ORDER, _cut_elsewhere, "in da_prev and dxt")
MISTAKES.layer(CONCAT_ORDER, _both_turned, "in dW, da_prev and dxt")


def _unheard(letters: str) -> LayerEdit:
    return lambda graph, t: {f"u{t}->z{n}{t}": cut() for n in letters}


for _letter in "fico":
    MISTAKES.layer(LSTM_GATE_PATH_MISSING, _unheard(_letter), f"z{_letter} is missing")
    MISTAKES.layer(
        LSTM_GATE_PATH_MISSING, _unheard("fico".replace(_letter, "")), f"z{_letter} alone is there"
    )

SUM = {"formula": "dbf = np.sum(dzf, axis=1, keepdims=True), and so for the other biases"}
GRU_SUM = {"formula": "dbu = np.sum(dzu, axis=1, keepdims=True), and so for the other biases"}
Reduce = Callable[[Array], Array]


def _reduced(reduce: Reduce) -> Predict:
    """What a bias gradient holds if each dz is reduced in another way than over the examples."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        graph, node = problem.graph, problem.claims[name].node
        if node[0] != "b":
            return None
        at = [f"z{node[1:]}{t}" for t in steps(graph)]
        slopes = gradient(graph, at, edits)
        return np.asarray(reduce(np.sum([slopes[name] for name in at], axis=0)))

    return predicted


BOTH.share(DB_NO_KEEPDIMS, (shapes.MISTAKES, wiring.MISTAKES), "columns")
for _entry in (DB_NO_KEEPDIMS, DB_WRONG_AXIS, DB_NO_SUM, DB_SUM_ALL):
    BOTH.words(_entry, "lstm", section=STACK, **SUM)
    BOTH.words(_entry, "gru", section=STACK, **GRU_SUM)
BOTH.words(DB_NO_KEEPDIMS, "lstm", "gru", ask="What shape does b get from (n_a, 1) minus (n_a,)?")
BOTH.foreign(DB_WRONG_AXIS, _reduced(lambda dz: dz.sum(axis=0, keepdims=True)), "axis=0")
BOTH.foreign(DB_WRONG_AXIS, _reduced(lambda dz: dz.sum(axis=0)), "axis=0, no keepdims")
BOTH.foreign(DB_NO_SUM, _reduced(lambda dz: dz), "dz itself")
BOTH.foreign(DB_SUM_ALL, _reduced(lambda dz: dz.sum()))
BOTH.undo(DW_TRANSPOSED, wiring.untranspose)
BOTH.words(DW_TRANSPOSED, "lstm", section=STACK, formula="dWf = dzf uᵀ, of the shape of Wf")
BOTH.words(DW_TRANSPOSED, "gru", section=STACK, formula="dWu = dzu vᵀ, of the shape of Wu")


def _divided(kinds: str) -> LayerEdit:
    """1/m once more on all weights, or all biases, of a cell."""

    def edits(graph: Graph, t: int) -> Edits | None:
        names = [name for name in graph.inputs if name[0] in kinds]
        return {f"{n}->z{n[1:]}{t}": rescale(1 / graph.facts.m) for n in names}

    return edits


BOTH.words(
    RNN_DIVIDE_BY_M_AGAIN,
    "lstm",
    formula="dWf = dzf uᵀ and dbf = Σ_k dzf_k: no 1/m, the contract has put it into da",
    section="09, Two carries through time",
)
BOTH.words(
    RNN_DIVIDE_BY_M_AGAIN,
    "gru",
    computed="gradients of J/m: the dc_next that arrives carries 1/m already, and it was divided "
    "once more",
    formula="dWu = dzu vᵀ and dbu = Σ_k dzu_k: no 1/m, the contract has put it into dc_next",
    ask="Read the contract: who pays 1/m, and are you behind it?",
    section="09, Two carries through time",
)
BOTH.words(
    DB_MEAN_AND_ONE_OVER_M,
    "lstm",
    "gru",
    computed="bias gradients divided by m: a mean over the examples, where what arrives has paid "
    "1/m already",
    section="09, Two carries through time",
)
BOTH.words(DB_MEAN_AND_ONE_OVER_M, "lstm", **SUM)
BOTH.words(DB_MEAN_AND_ONE_OVER_M, "gru", **GRU_SUM)
BOTH.layer(RNN_DIVIDE_BY_M_AGAIN, _divided("Wb"), "in all weights and biases")
BOTH.layer(RNN_DIVIDE_BY_M_AGAIN, _divided("W"), "in all weights")
BOTH.layer(DB_MEAN_AND_ONE_OVER_M, _divided("b"), "in all biases")
