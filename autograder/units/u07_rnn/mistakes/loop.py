"""Misconceptions about the loop itself: its direction, and how often a loss is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, WholeEdit, misconception
from autograder.engine.diagnosis.edits import cut
from autograder.engine.problem import Problem
from autograder.networks import Array, Edit, Edits, Graph
from autograder.units.u07_rnn.mistakes import ends as rnn_ends  # noqa: F401  its entries come first
from autograder.units.u07_rnn.mistakes.edits import (
    WEIGHTS,
    arriving,
    carries,
    flow,
    recurrent,
    rewired,
    slope,
    steps,
)
from autograder.units.u07_rnn.mistakes.words import RNN

Seen = Mapping[str, Array]
Moved = dict[int, Array]
TRIANGLE = "07, The loss × step triangle"
TABLE = "07, Direct, total, immediate"


def _forwards(graph: Graph, seen: Seen) -> Moved:
    """The network that runs the other way: step t reads step t+1, the last one reads a0."""
    state, moved = seen["a0"].imag, {}
    for t in reversed(steps(graph)):
        inside = arriving(graph, t, ("x", *WEIGHTS), seen) + graph.value("Waa") @ state
        state = moved[t] = slope(graph.value(f"a{t}")) * inside
    return moved


misconception(
    "bptt-forward-direction",
    unit="07",
    title="the loop runs from the first step to the last",
    computed="the gradient of a network that runs the other way, in which a later step feeds an "
    "earlier one",
    formula="for t in reversed(range(T_x))",
    ask="da_prevt comes out of step t+1. Is step t+1 done when your loop is at step t?",
    section="07, Two arrows into a_t",
).form(whole=rewired(_forwards, "the other way", carries), on=RNN)


def _again(graph: Graph, moved: Moved) -> Moved:
    """Each derivative of a<t> runs on through all later steps once more."""
    state, found = np.zeros(()), {}
    for t in steps(graph):
        through = graph.value("Waa") @ state if state.ndim else 0.0
        found[t] = state = slope(graph.value(f"a{t}")) * through + moved[t]
    return found


def _twice(which: tuple[str, ...]) -> Callable[[Graph, Seen], Moved]:
    """Total derivative of J times total derivative of a<t>, for what starts on `which`."""

    def moved(graph: Graph, seen: Seen) -> Moved:
        rest = [n for n in ("x", "a0", *WEIGHTS) if n not in which]
        once, twice = flow(graph, seen, rest), _again(graph, flow(graph, seen, which))
        return {t: once[t] + twice[t] for t in once}

    return moved


def _again_along(which: tuple[str, ...]) -> WholeEdit:
    return rewired(_twice(which), "counted again", carries)


def _piled_up(problem: Problem) -> Edits | None:
    """da_prevt += instead of =: a<t> feeds every later step directly."""
    graph = problem.graph
    if not recurrent(graph):
        return None
    Waa = graph.value("Waa")

    def earlier(s: int) -> Edit:
        def edit(value: Array, seen: Seen) -> Array:
            return np.asarray(value + 1j * (Waa @ sum(seen[f"a{t}"].imag for t in range(1, s - 1))))

        return edit

    return {f"z{s}": earlier(s) for s in steps(graph)[2:]}


misconception(
    "bptt-double-count",
    unit="07",
    title="losses counted more than once",
    computed="total derivatives of J times total derivatives of a_t: the loss of a late step "
    "reaches an early one several times",
    formula="either T traversals without a carry, or one traversal with it",
    ask="Write down, for T = 3, each loss that has been added to the contribution of step 1. "
    "Does one of them stand there twice?",
    section=TRIANGLE,
).form("nested loops and a carry", whole=_again_along(WEIGHTS), on=RNN).form(
    "the same, dx too", whole=_again_along(("x", *WEIGHTS)), on=RNN
).form("the same, da0 too", whole=_again_along(("x", "a0", *WEIGHTS)), on=RNN).form(
    "da_prevt += ...", whole=_piled_up, on=RNN
)


def _immediate(graph: Graph, seen: Seen) -> Moved:
    """Weights act on a<t> through their own step only; x and a0 as they should."""
    moved = flow(graph, seen, ("x", "a0"))
    for t in steps(graph):
        inside = arriving(graph, t, WEIGHTS, seen)
        moved[t] = moved[t] + slope(graph.value(f"a{t}")) * inside
    return moved


misconception(
    "immediate-vs-total-derivative",
    unit="07",
    title="direct with immediate, or total with total",
    computed="a product of the wrong two derivatives: dWaa is total ∂J/∂a_t times immediate "
    "∂a_t/∂Waa, or direct times total",
    formula="Σ_t (total dJ/da_t) (immediate ∂a_t/∂Waa) = Σ_t (direct ∂J/∂a_t) (total da_t/dWaa)",
    ask="On which of the two sides have you accounted for the later steps: on both, on neither, "
    "or on exactly one?",
    section=TABLE,
).form(
    "direct times immediate in dWax, dWaa, dba",
    whole=rewired(_immediate, "cut for W, b", carries),
    on=RNN,
).form(
    "direct times immediate",
    whole=lambda problem: {wire: cut() for wire in carries(problem.graph)},
    on=("rtrl",),
).form("total times total", whole=_again_along(WEIGHTS), on=("rtrl",))


def _last_tree(graph: Graph, seen: Seen) -> Moved:
    """In dx each traversal overwrote the one before: the loss of the last step is left."""
    moved = flow(graph, seen, ("a0", *WEIGHTS))
    T = len(moved)
    moved[T] = moved[T] + flow(graph, seen, ("x",))[T]
    return moved


def _earlier_inputs(graph: Graph) -> list[str]:
    return [f"x->z{t}" for t in steps(graph)[:-1]]


CATALOGUE["dx-accumulated"].form(
    "dx of the last traversal only",
    whole=rewired(_last_tree, "last loss only", _earlier_inputs),
    on=RNN,
)

misconception(
    "bptt-quadratic-cost",
    unit="07",
    title="one traversal for each loss",
    computed="a sum in which each loss walked back alone: T(T+1)/2 calls of the cell, where T "
    "suffice",
    formula="sum of the derivatives = derivative of the sum: merge before the cell, then go back "
    "once",
    ask="Two losses send their signals through the same cell. What may you do with them before?",
    section=TRIANGLE,
)
