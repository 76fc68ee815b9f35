"""Misconceptions that are other rounds of the loop: steps left out, a carry that piles up.

A loop through time is a list of rounds. Each goes back through the cell of one step, with the loss
of one step and with what is carried; its transpose, from the last round to the first, says how a
nudge moves the losses, which is how an edit of the graph speaks of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_DA_PREVT_EQUALS_DA_T_MINUS_1,
    BPTT_FORWARD_DIRECTION,
    BPTT_STEPS_LEFT_OUT,
)
from autograder.networks import Array, Graph
from autograder.networks.facts import time_facts
from autograder.units.u07_rnn.mistakes.edits import (
    WEIGHTS,
    Seen,
    arriving,
    carries,
    out_wire,
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
    slot : int or None
        At which step of dx its dxt is stored; None for that of the step.
    """

    step: int
    fresh: bool = False
    hands_da0: bool = False
    loss: int | None = None
    slot: int | None = None


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
            at_x = seen[f"x->z{one.slot or one.step}"].imag
            inside = arriving(graph, one.step, WEIGHTS, seen)
            inside = inside + graph.value("Wax") @ at_x + Waa @ back
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


def _forwards_and_reversed(graph: Graph) -> list[Round]:
    """The loop runs forwards, and the list of its dxt is turned round after it."""
    T = time_facts(graph).T
    return [Round(t, slot=T + 1 - t) for t in steps(graph)]


def _next_da_for_the_carry(graph: Graph) -> list[Round]:
    """da of the next step stands where da_prevt belongs: two rounds a step, nothing is carried."""
    T, made = time_facts(graph).T, []
    for t in range(T, 0, -1):
        made += [Round(t, True, t == 1), Round(t, True, t == 1, loss=t + 1 if t < T else 0)]
    return made


MISTAKES.whole(
    BPTT_FORWARD_DIRECTION,
    visiting(_forwards_and_reversed, "the other way"),
    "and dx is turned round",
)
MISTAKES.whole(
    BPTT_DA_PREVT_EQUALS_DA_T_MINUS_1,
    visiting(_next_da_for_the_carry, "da of the next step"),
    "that of the next step",
)


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
