"""Loops over losses and, inside, over steps, that hand nothing on from one step to the next.

With a carry inside, each loss walks back by itself: right, and slow. Without one, `da_prevt` is
written before the loop and never again, and each cell hears a loss as if nothing lay between.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.recurrent_time import BPTT_LOOPS_WITHOUT_CARRY
from autograder.networks import Array, Graph
from autograder.units.u07_rnn.mistakes.edits import (
    WEIGHTS,
    Seen,
    arriving,
    carries,
    rewired,
    slope,
    steps,
)

MISTAKES = Mistakes("rnn")


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


for (_detail, _given), _x, _a0 in product(
    (("the da of step t in every round", _own), ("the da of the loss at every step", _each)),
    (True, False),
    (True, False),
):
    _rest = "" if _x else ", dx of the last round"
    MISTAKES.whole(
        BPTT_LOOPS_WITHOUT_CARRY,
        rewired(_nested(_given, _x, _a0), "nothing handed on", carries),
        _detail + _rest + (", da0 a sum" if _a0 else ""),
    )
