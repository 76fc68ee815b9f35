"""Misconceptions that are other rounds of the loop: steps left out, a carry that piles up.

A loop through time is a list of rounds. Each goes back through the cell of one step, with the loss
of one step and with what is carried; its transpose, from the last round to the first, says how a
nudge moves the losses, which is how an edit of the graph speaks of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_CARRY_ACCUMULATED,
    BPTT_STEPS_LEFT_OUT,
)
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.facts import time_facts
from autograder.units.u07_rnn.mistakes.edits import (
    WEIGHTS,
    Seen,
    arriving,
    carries,
    out_wire,
    recurrent,
    rewired,
    slope,
    steps,
)

MISTAKES = Mistakes("rnn")


@dataclass(frozen=True)
class Round:
    """One round of a loop.

    Attributes
    ----------
    step : int
        Whose cell it goes back through, counted from 1.
    fresh : bool
        Whether what is carried is set to zero before it.
    hands_da0 : bool
        Whether what it sends back is returned as da0; the last round's is, if none says so.
    loss : int or None
        Whose da enters, 0 for nobody's; None for that of the step.
    """

    step: int
    fresh: bool = False
    hands_da0: bool = False
    loss: int | None = None


Rounds = Callable[[Graph], Sequence[Round]]


def visiting(rounds: Rounds, words: str) -> WholeEdit:
    """Return the edit that makes of the gradients what a loop of these rounds collects."""

    def moved(graph: Graph, seen: Seen) -> dict[int, Array]:
        a0, Waa = seen["a0"].imag, graph.value("Waa")
        found = {t: np.zeros_like(seen[out_wire(graph, t)].imag) for t in steps(graph)}
        todo = rounds(graph)
        named = any(one.hands_da0 for one in todo)
        carried: Array = np.zeros_like(a0) if named else a0
        for one in reversed(todo):
            back = carried + a0 if one.hands_da0 else carried
            inside = arriving(graph, one.step, ("x", *WEIGHTS), seen) + Waa @ back
            state = np.asarray(slope(graph.value(f"a{one.step}")) * inside)
            loss = one.step if one.loss is None else one.loss
            if loss:
                found[loss] = found[loss] + state
            carried = 0 * state if one.fresh else state
        return found

    return rewired(moved, words, carries)


def backwards(first: int, last: int, fresh: Callable[[int], bool] = lambda t: False) -> list[Round]:
    """Return the rounds ``last``, ..., ``first`` of a loop that goes back."""
    return [Round(t, fresh(t)) for t in range(last, first - 1, -1)]


def _without_the_first(graph: Graph) -> list[Round]:
    return backwards(2, time_facts(graph).T)


def _without_the_last(graph: Graph) -> list[Round]:
    return backwards(1, time_facts(graph).T - 1)


def _without_both(graph: Graph) -> list[Round]:
    return backwards(2, time_facts(graph).T - 1)


for _rounds, _detail in (
    (_without_the_first, "the first one"),
    (_without_the_last, "the last one"),
    (_without_both, "the first and the last one"),
):
    MISTAKES.whole(BPTT_STEPS_LEFT_OUT, visiting(_rounds, "not visited"), _detail)


def _each_loss_without(cell: str) -> WholeEdit:
    """One traversal for each loss, each without the cell of its own step, or of the first one."""

    def moved(graph: Graph, seen: Seen) -> dict[int, Array]:
        names, Waa = ("x", *WEIGHTS), graph.value("Waa")
        state: Array = seen["a0"].imag
        moved = {}
        for t in steps(graph):
            if cell == "own":
                moved[t] = state
            if cell == "own" or t > 1:
                inside = arriving(graph, t, names, seen) + Waa @ state
                state = np.asarray(slope(graph.value(f"a{t}")) * inside)
            if cell == "first":
                moved[t] = state
        return moved

    return rewired(moved, "not visited", carries)


MISTAKES.whole(
    BPTT_STEPS_LEFT_OUT, _each_loss_without("own"), "in each traversal that of the loss itself"
)
MISTAKES.whole(BPTT_STEPS_LEFT_OUT, _each_loss_without("first"), "in each traversal the first one")


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


MISTAKES.whole(BPTT_CARRY_ACCUMULATED, piled_up(0), "da_prevt += ...")
MISTAKES.whole(BPTT_CARRY_ACCUMULATED, piled_up(1), "da_prevt += ..., but for da0")
MISTAKES.whole(BPTT_CARRY_ACCUMULATED, piled_up_with_da(0), "da[:, :, t] is added to it too")
MISTAKES.whole(
    BPTT_CARRY_ACCUMULATED, piled_up_with_da(1), "da[:, :, t] is added to it too, but for da0"
)
