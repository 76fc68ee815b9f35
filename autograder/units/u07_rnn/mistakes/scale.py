"""Misconceptions about scale in a recurrent network: 1/m, T, the sign."""

from __future__ import annotations

from collections.abc import Callable

from autograder.engine.diagnosis.edits import rescale
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.recurrent_cell import DIVIDE_BY_T, RNN_DIVIDE_BY_M_AGAIN
from autograder.mistakes.catalogue.scale import (
    LOSS_DERIVATIVE_WRONG,
    MISSING_ONE_OVER_M,
    ONE_OVER_M_PER_LAYER,
    ONE_OVER_M_TWICE,
    SIGN_FLIP,
    WRONG_M,
)
from autograder.networks import Edits, Graph
from autograder.networks.facts import time_facts
from autograder.networks.rnn import HIDDEN, OUTPUT
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
    formula="dzy_t = (y_pred_t - y_t) / m: here 1/m is paid, and nowhere else",
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

MISTAKES.words(
    RNN_DIVIDE_BY_M_AGAIN,
    "output_backward",
    computed="a gradient with a second 1/m, where dzy has paid 1/m already",
    formula="dzy = (y_pred - y) / m: the only 1/m",
    ask="How often is 1/m paid between J and dWya in your lines?",
)
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
