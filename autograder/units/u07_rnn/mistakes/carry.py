"""Misconceptions about the carry: it piles up, or what arrives is not handed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_CARRY_ACCUMULATED,
    BPTT_ONE_STEP_BACK,
    DA0_ADDED_UP,
)
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.facts import time_facts
from autograder.units.u07_rnn.mistakes.edits import recurrent, slope, steps

MISTAKES = Mistakes("rnn")


def chunk_start(graph: Graph, t: int) -> int:
    """Return after which step the chunk of step t begins; 0 where there are no chunks."""
    k = time_facts(graph).k
    return (t - 1) // k * k if k else 0


def piled_up(first: int) -> Callable[[Problem], Edits | None]:
    """da_prevt += instead of =: a<t> feeds every later step of its chunk; t = `first`, ..."""

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        if not recurrent(graph):
            return None
        Waa = graph.value("Waa")

        def earlier(s: int) -> tuple[int, ...]:
            start = chunk_start(graph, s)
            return tuple(range(max(start + 1 if start else 0, first), s - 1))

        def fed(s: int) -> Edit:
            def edit(value: Array, seen: Mapping[str, Array]) -> Array:
                return np.asarray(value + 1j * (Waa @ sum(seen[f"a{t}"].imag for t in earlier(s))))

            return edit

        return {f"z{s}": fed(s) for s in steps(graph) if earlier(s)}

    return edits


def _a0_everywhere(problem: Problem) -> Edits | None:
    """da0 += instead of =: a0 feeds the cell of every step."""
    graph = problem.graph
    if not recurrent(graph):
        return None
    Waa = graph.value("Waa")

    def fed(value: Array, seen: Mapping[str, Array]) -> Array:
        return np.asarray(value + 1j * (Waa @ seen["a0"].imag))

    return {f"z{s}": fed for s in steps(graph)[1:]}


def piled_up_with_da(first: int) -> Callable[[Problem], Edits | None]:
    """One array takes da[:, :, t] and da_prevt with += in every round: a<t> feeds a<t+1> itself."""

    def handed(t: int) -> Edit:
        return lambda value, seen: np.asarray(value + 1j * seen[f"a{t}"].imag)

    def edits(problem: Problem) -> Edits | None:
        graph = problem.graph
        if not recurrent(graph):
            return None
        starts = {chunk_start(graph, s) for s in steps(graph)} - {0}
        return {
            f"a{t + 1}": handed(t) for t in range(first, time_facts(graph).T) if t not in starts
        }

    return edits


MISTAKES.whole(DA0_ADDED_UP, _a0_everywhere)
MISTAKES.whole(BPTT_CARRY_ACCUMULATED, piled_up(0), "da_prevt += ...")
MISTAKES.whole(BPTT_CARRY_ACCUMULATED, piled_up(1), "da_prevt += ..., but for da0")
MISTAKES.whole(BPTT_CARRY_ACCUMULATED, piled_up_with_da(0), "da[:, :, t] is added to it too")
MISTAKES.whole(
    BPTT_CARRY_ACCUMULATED, piled_up_with_da(1), "da[:, :, t] is added to it too, but for da0"
)


def _one_step_back(problem: Problem) -> Edits | None:
    """What a<t> sends on is its own nudge alone, and not what came in through z<t>.

    Seen from anywhere but a state, that is no other network than the one with all of these wires
    cut, which has a name of its own.
    """
    graph = problem.graph
    states = {f"a{t}" for t in steps(graph)}
    if not recurrent(graph) or states.isdisjoint(c.node for c in problem.claims.values()):
        return None

    def own(t: int) -> Edit:
        def edit(value: Array, seen: Mapping[str, Array]) -> Array:
            through = slope(graph.value(f"a{t}")) * seen[f"z{t}"].imag
            return np.asarray(value - 1j * through)

        return edit

    return {f"a{t}->z{t + 1}": own(t) for t in steps(graph)[:-1]}


MISTAKES.whole(BPTT_ONE_STEP_BACK, _one_step_back)
