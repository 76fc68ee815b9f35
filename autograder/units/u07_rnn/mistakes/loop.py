"""Misconceptions about the loop itself: its direction, and how often a loss is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import cut
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_DOUBLE_COUNT,
    BPTT_FORWARD_DIRECTION,
    DA0_NOT_RETURNED,
    DX_ACCUMULATED,
    IMMEDIATE_VS_TOTAL_DERIVATIVE,
)
from autograder.networks import Array, Graph
from autograder.units.u07_rnn.mistakes.edits import (
    WEIGHTS,
    arriving,
    carries,
    flow,
    rewired,
    slope,
    steps,
)

MISTAKES = Mistakes("rnn")

Seen = Mapping[str, Array]
Moved = dict[int, Array]


def _forwards(graph: Graph, seen: Seen) -> Moved:
    """The network that runs the other way: step t reads step t+1, the last one reads a0."""
    state, moved = seen["a0"].imag, {}
    for t in reversed(steps(graph)):
        inside = arriving(graph, t, ("x", *WEIGHTS), seen) + graph.value("Waa") @ state
        state = moved[t] = slope(graph.value(f"a{t}")) * inside
    return moved


MISTAKES.whole(BPTT_FORWARD_DIRECTION, rewired(_forwards, "the other way", carries))


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


MISTAKES.whole(BPTT_DOUBLE_COUNT, _again_along(WEIGHTS), "nested loops and a carry")
MISTAKES.whole(BPTT_DOUBLE_COUNT, _again_along(("x", *WEIGHTS)), "the same, dx too")
MISTAKES.whole(BPTT_DOUBLE_COUNT, _again_along(("x", "a0", *WEIGHTS)), "the same, da0 too")


def _immediate(graph: Graph, seen: Seen) -> Moved:
    """Weights act on a<t> through their own step only; x and a0 as they should."""
    moved = flow(graph, seen, ("x", "a0"))
    for t in steps(graph):
        inside = arriving(graph, t, WEIGHTS, seen)
        moved[t] = moved[t] + slope(graph.value(f"a{t}")) * inside
    return moved


MISTAKES.whole(
    IMMEDIATE_VS_TOTAL_DERIVATIVE,
    rewired(_immediate, "cut for W, b", carries),
    "direct times immediate in dWax, dWaa, dba",
)
MISTAKES.whole(
    IMMEDIATE_VS_TOTAL_DERIVATIVE,
    lambda problem: {wire: cut() for wire in carries(problem.graph)},
    "direct times immediate",
    on=("rtrl",),
)
MISTAKES.whole(
    IMMEDIATE_VS_TOTAL_DERIVATIVE, _again_along(WEIGHTS), "total times total", on=("rtrl",)
)


def _last_tree(graph: Graph, seen: Seen) -> Moved:
    """In dx each traversal overwrote the one before: the loss of the last step is left."""
    moved = flow(graph, seen, ("a0", *WEIGHTS))
    T = len(moved)
    moved[T] = moved[T] + flow(graph, seen, ("x",))[T]
    return moved


def _earlier_inputs(graph: Graph) -> list[str]:
    return [f"x->z{t}" for t in steps(graph)[:-1]]


def _last_da0(graph: Graph, seen: Seen) -> Moved:
    """In da0 each traversal overwrote the one before."""
    moved = flow(graph, seen, ("x", *WEIGHTS))
    T = len(moved)
    moved[T] = moved[T] + flow(graph, seen, ("a0",))[T]
    return moved


MISTAKES.whole(
    DA0_NOT_RETURNED,
    rewired(_last_da0, "last loss only", carries),
    "that of the last traversal only",
)
MISTAKES.whole(
    DX_ACCUMULATED,
    rewired(_last_tree, "last loss only", _earlier_inputs),
    "dx of the last traversal only",
)
