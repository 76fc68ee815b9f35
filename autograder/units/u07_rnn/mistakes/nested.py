"""Loops over losses and, inside, over steps, that hand nothing on from one step to the next.

With a carry inside, each loss walks back by itself: right, and slow. Without one, `da_prevt` is
written before the loop and never again, and each cell hears a loss as if nothing lay between.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from autograder.engine.diagnosis.catalogue import CATALOGUE, misconception
from autograder.networks import Array, Graph
from autograder.units.u07_rnn.mistakes import loop as rnn_loop  # noqa: F401  its entries come first
from autograder.units.u07_rnn.mistakes.edits import (
    WEIGHTS,
    Seen,
    arriving,
    carries,
    rewired,
    slope,
    steps,
)
from autograder.units.u07_rnn.mistakes.words import RNN

TRIANGLE = "07, The loss × step triangle"


def _local(graph: Graph, seen: Seen, which: tuple[str, ...]) -> dict[int, Array]:
    """The derivative of each a<t> along these wires into its own cell, the others held fixed."""
    return {t: slope(graph.value(f"a{t}")) * arriving(graph, t, which, seen) for t in steps(graph)}


def _own(local: dict[int, Array], s: int, t: int) -> tuple[int, Array]:
    """In round s the cell of step t is given the da of step t: it acts on the loss of t."""
    return t, local[t]


def _each(local: dict[int, Array], s: int, t: int) -> tuple[int, Array]:
    """In round s the cell of step t is given the da of step s: it acts on the loss of s."""
    return s, local[t]


Round = Callable[[dict[int, Array], int, int], tuple[int, Array]]


def _nested(given: Round, add_dx: bool, add_da0: bool) -> Callable[[Graph, Seen], dict[int, Array]]:
    """What the loops leave: sums in the weights; in dx and da0 sums, or the last round alone."""

    def moved(graph: Graph, seen: Seen) -> dict[int, Array]:
        places = steps(graph)
        weights, inputs = _local(graph, seen, WEIGHTS), _local(graph, seen, ("x",))
        first = graph.value("Waa") @ seen["a0"].imag
        start = {1: slope(graph.value("a1")) * first}
        found = {t: 0 * weights[t] for t in places}
        for s in places:
            last = s == places[-1]
            for t in range(1, s + 1):
                terms = [given(weights, s, t)]
                terms += [given(inputs, s, t)] if add_dx or last else []
                terms += [given(start, s, t)] if t == 1 and (add_da0 or last) else []
                for loss, term in terms:
                    found[loss] = found[loss] + term
        return found

    return moved


misconception(
    "bptt-loops-without-carry",
    unit="07",
    title="nested loops that hand nothing on",
    computed="loops over losses and steps in which the inner one never hands da_prevt on: in every "
    "round a cell receives a da alone, as if no other cell lay between it and that loss",
    formula="the da_prevt of step t - 1 is the da_prev that comes out of the cell of step t",
    ask="Follow one round of your inner loop by hand. Which line gives the cell of step t - 1 what "
    "came out of the cell of step t?",
    section=TRIANGLE,
)
for (_told, _given), _x, _a0 in product(
    (("the da of step t in every round", _own), ("the da of the loss at every step", _each)),
    (True, False),
    (True, False),
):
    _rest = "" if _x else ", dx of the last round"
    CATALOGUE["bptt-loops-without-carry"].form(
        _told + _rest + (", da0 a sum" if _a0 else ""),
        whole=rewired(_nested(_given, _x, _a0), "nothing handed on", carries),
        on=RNN,
    )

misconception(
    "bptt-cell-called-twice",
    unit="07",
    title="two calls of the cell at each step",
    computed="the right sum, with da[:, :, t] and da_prevt sent through the cell one after the "
    "other: two calls a step, where one suffices",
    formula="the cell is linear in da: cell(da) + cell(da_prevt) = cell(da + da_prevt)",
    ask="Both signals go through the same cell with the same cache. What may you do with them "
    "before they enter?",
    section=TRIANGLE,
)
