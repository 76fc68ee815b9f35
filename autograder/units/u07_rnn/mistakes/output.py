"""Misconceptions between the labels and da, and those of scale: 1/m, T, the sign."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import carry, rescale, through
from autograder.engine.diagnosis.forms import LayerEdit, WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.memory import INPLACE_P_MINUS_Y
from autograder.mistakes.catalogue.recurrent_cell import DIVIDE_BY_T, RNN_DIVIDE_BY_M_AGAIN
from autograder.mistakes.catalogue.scale import (
    LOSS_DERIVATIVE_WRONG,
    MISSING_ONE_OVER_M,
    ONE_OVER_M_PER_LAYER,
    ONE_OVER_M_TWICE,
    SIGN_FLIP,
    WRONG_M,
)
from autograder.mistakes.catalogue.signal import DW_INSTEAD_OF_W
from autograder.mistakes.catalogue.slopes import (
    MISSING_ACTIVATION_DERIVATIVE,
    OUTPUT_DERIVATIVE_TWICE,
)
from autograder.mistakes.catalogue.softmax import SOFTMAX_DIAGONAL_ONLY, SOFTMAX_JACOBIAN_TWICE
from autograder.networks import Array, Edits, Graph
from autograder.networks.facts import time_facts
from autograder.networks.rnn import HIDDEN, OUTPUT
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes.edits import out_wire, recurrent, steps
from autograder.units.u07_rnn.mistakes.words import BOTH

MISTAKES = Mistakes("rnn")

OUT = "07, From the loss to da"
SCALE = "07, Scale: 1/m, T and da"


def _cost(factor: Callable[[Graph], float]) -> WholeEdit:
    """Every array gets the same factor."""
    return lambda problem: {"J": rescale(factor(problem.graph))}


def _on(factor: Callable[[Graph], float], names: tuple[str, ...]) -> WholeEdit:
    """The gradients of these weights get a factor, the rest does not."""

    def edits(problem: Problem) -> Edits | None:
        seen = problem.graph.seen
        found = [w for w in seen if "->" in w and w.partition("->")[0] in names]
        return {wire: rescale(factor(problem.graph)) for wire in found} or None

    return edits


def _da(factor: Callable[[Graph], float]) -> WholeEdit:
    """What goes from the losses into the states gets a factor."""
    return lambda problem: {
        out_wire(problem.graph, t): rescale(factor(problem.graph)) for t in steps(problem.graph)
    }


def _m(graph: Graph) -> float:
    return float(graph.facts.m)


def _losses(edits: WholeEdit) -> WholeEdit:
    """Only where the graph goes from the losses to J, and 1/m is paid."""
    return lambda problem: edits(problem) if "L1" in problem.graph.seen else None


MISTAKES.words(
    MISSING_ONE_OVER_M,
    *BOTH,
    computed="the gradient of the sum over the m examples, not of their mean J",
    formula="dzy_t = (yhat_t - y_t) / m: here 1/m is paid, and nowhere else",
    ask="J is a mean over the examples. Where in your lines from y to da is 1/m paid?",
    section=SCALE,
)
MISTAKES.whole(MISSING_ONE_OVER_M, _losses(_cost(_m)), "everywhere")
MISTAKES.whole(MISSING_ONE_OVER_M, _losses(_da(_m)), "in da")
MISTAKES.whole(MISSING_ONE_OVER_M, _losses(_on(_m, OUTPUT)), "in dWya and dby")
MISTAKES.whole(MISSING_ONE_OVER_M, _losses(_on(_m, ("Wya",))), "in dWya")
MISTAKES.whole(MISSING_ONE_OVER_M, _losses(_on(_m, ("by",))), "in dby")

MISTAKES.words(ONE_OVER_M_TWICE, *BOTH, section=SCALE, formula="da carries 1/m already")
MISTAKES.whole(ONE_OVER_M_TWICE, _cost(lambda g: 1 / _m(g)), "everywhere")
MISTAKES.whole(ONE_OVER_M_TWICE, _da(lambda g: 1 / _m(g)), "in da")
MISTAKES.whole(RNN_DIVIDE_BY_M_AGAIN, _losses(_on(lambda g: 1 / _m(g), OUTPUT)), "in dWya and dby")
MISTAKES.whole(RNN_DIVIDE_BY_M_AGAIN, _losses(_on(lambda g: 1 / _m(g), ("Wya",))), "in dWya")

MISTAKES.words(WRONG_M, *BOTH, section=SCALE, formula="m = y.shape[1]: (n_y, m, T_x)")
MISTAKES.whole(
    WRONG_M, _losses(_cost(lambda g: g.facts.m / g.value("Wya").shape[0])), "m = y.shape[0]"
)
MISTAKES.whole(WRONG_M, _losses(_cost(lambda g: g.facts.m / time_facts(g).T)), "m = y.shape[2]")

MISTAKES.whole(DIVIDE_BY_T, _cost(lambda g: 1 / time_facts(g).T), "everywhere")
MISTAKES.whole(DIVIDE_BY_T, _da(lambda g: 1 / time_facts(g).T), "behind da")
MISTAKES.whole(
    DIVIDE_BY_T,
    _on(lambda g: 1 / time_facts(g).T, HIDDEN + OUTPUT),
    "in the weights and biases",
    on=BOTH,
)


def _per_step(problem: Problem) -> Edits | None:
    graph = problem.graph
    return {f"a{t}": rescale(1 / _m(graph)) for t in steps(graph)} if recurrent(graph) else None


MISTAKES.words(
    ONE_OVER_M_PER_LAYER,
    *BOTH,
    computed="a gradient that pays 1/m at every step on its way back",
    formula="da_prev = Waaᵀ dz, without 1/m: the signal is handed on, not averaged",
    ask="Compare the ratio (yours / numeric) of dx at the last step and the step before. "
    "What multiplies it?",
    section=SCALE,
)
MISTAKES.whole(ONE_OVER_M_PER_LAYER, _per_step, "at every step")

MISTAKES.words(LOSS_DERIVATIVE_WRONG, *BOTH, section=OUT)


def _constant(factor: float) -> Callable[[Graph], float]:
    return lambda graph: factor


for _factor, _entry, _detail in (
    (-1.0, SIGN_FLIP, "everywhere"),
    (2.0, LOSS_DERIVATIVE_WRONG, "twice"),
    (0.5, LOSS_DERIVATIVE_WRONG, "half"),
):
    MISTAKES.whole(_entry, _cost(_constant(_factor)), _detail, on=BOTH)


def _minus(problem: Problem) -> Edits | None:
    graph = problem.graph
    if not recurrent(graph) or time_facts(graph).T < 2:
        return {} if recurrent(graph) else None
    return {f"a{t}->z{t + 1}": rescale(-1.0) for t in steps(graph)[:-1]}


MISTAKES.whole(SIGN_FLIP, _minus, "da - da_prevt")


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
