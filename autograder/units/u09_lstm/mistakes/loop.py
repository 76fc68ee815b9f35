"""Misconceptions about the loop through time: what is carried, summed, and taken from a cache."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import cut, rescale
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.lstm import LSTM_BOTH_CARRIES_MISSING, LSTM_LANES_SWAPPED
from autograder.mistakes.catalogue.recurrent_cell import DIVIDE_BY_T
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_DA_IGNORED,
    BPTT_DOUBLE_COUNT,
    BPTT_FORWARD_DIRECTION,
    BPTT_LAST_LOSS_ONLY,
    BPTT_MISSING_DA_PREVT,
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    DA0_NOT_RETURNED,
    DX_ACCUMULATED,
    UPSTREAM_MEANS_EARLIER_LAYER,
)
from autograder.mistakes.catalogue.scale import ONE_OVER_M_TWICE, SIGN_FLIP
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.lstm import WEIGHTS
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes.edits import direct, steps
from autograder.units.u09_lstm.mistakes.edits import (
    Seen,
    cut_lanes,
    last_step,
    rewired,
    sequence,
    start,
    tangent,
    whole,
)

MISTAKES = Mistakes("lstm")
Moved = dict[int, Array]

MISTAKES.whole(BPTT_MISSING_DA_PREVT, cut_lanes("a"))
MISTAKES.whole(LSTM_BOTH_CARRIES_MISSING, cut_lanes("a", "c"))
MISTAKES.whole(BPTT_DA_IGNORED, whole(lambda graph: {f"a{t}->J": cut() for t in steps(graph)}))
MISTAKES.whole(
    BPTT_LAST_LOSS_ONLY, whole(lambda graph: {f"a{t}->J": cut() for t in steps(graph)[:-1]})
)


def _swapped(graph: Graph, seen: Seen) -> Moved:
    """What leaves a step as c enters the next one as a, and the other way round."""
    state, moved = start(seen), {}
    for t in steps(graph):
        moved[t], c = tangent(graph, seen, t, state, t)
        state = c, moved[t]
    return moved


def _forwards(graph: Graph, seen: Seen) -> Moved:
    """The network that runs the other way: step t reads step t + 1, the last one reads a0."""
    state, moved = start(seen), {}
    for t in reversed(steps(graph)):
        state = tangent(graph, seen, t, state, t)
        moved[t] = state[0]
    return moved


MISTAKES.whole(LSTM_LANES_SWAPPED, rewired(_swapped, "exchanged"))
MISTAKES.whole(BPTT_FORWARD_DIRECTION, rewired(_forwards, "the other way"))


def _piled_up(lanes: str, closed: str = "") -> WholeEdit:
    """``+=`` for ``=`` in a carry: a<t>, or c<t>, feeds all later steps; `closed` lanes are cut."""

    def late(graph: Graph, s: int, lane: str) -> Edit:
        def edit(value: Array, seen: Seen) -> Array:
            sources = [seen[f"{lane}{t}"].imag for t in range(1, s - 1)]
            total = np.asarray(sum(sources))
            if lane == "c":
                return np.asarray(value + 1j * graph.value(f"f{s}") * total)
            return _onto_the_top(value, total)

        return edit

    def edits(graph: Graph) -> Edits:
        made: dict[str, Edit] = {}
        for lane in lanes:
            target = "c" if lane == "c" else "u"
            made |= {f"{target}{s}": late(graph, s, lane) for s in steps(graph)[2:]}
        return {**made, **dict.fromkeys(_wires(graph, closed), cut())}

    return whole(edits)


def _wires(graph: Graph, closed: str) -> list[str]:
    return [f"{n}{t}->{'u' if n == 'a' else 'c'}{t + 1}" for n in closed for t in steps(graph)[:-1]]


def _onto_the_top(value: Array, total: Array) -> Array:
    """Add a derivative to the first n_a rows of the stack."""
    lead = np.broadcast_shapes(value.shape[:-2], total.shape[:-2])
    out = np.array(np.broadcast_to(value, (*lead, *value.shape[-2:])), dtype=complex)
    out[..., : total.shape[-2], :] += 1j * total
    return out


MISTAKES.words(
    BPTT_DOUBLE_COUNT,
    "lstm",
    computed="a gradient in which the loss of a late step reaches an early one several times: what "
    "a step hands back is added to what later ones handed back already",
    formula="da_prevt and dc_prevt are those of step t + 1 alone: = and not +=",
    ask="What the cell of step t + 1 handed back went into the cell of step t. Should it go into "
    "that of t - 1 too?",
    section="09, Two carries through time",
)
MISTAKES.whole(BPTT_DOUBLE_COUNT, _piled_up("a"), "da_prevt += ...")
MISTAKES.whole(BPTT_DOUBLE_COUNT, _piled_up("c"), "dc_prevt += ...")
MISTAKES.whole(BPTT_DOUBLE_COUNT, _piled_up("ac"), "both carries +=")
MISTAKES.whole(BPTT_DOUBLE_COUNT, _piled_up("a", "c"), "da_prevt += ..., and no dc_prevt")


def _first_only(kinds: str) -> WholeEdit:
    """The contribution of step 1 alone: the last one that the loop makes."""
    names = [name for name in WEIGHTS if name[0] in kinds]
    return whole(lambda graph: {f"{n}->z{n[1]}{t}": cut() for n in names for t in steps(graph)[1:]})


for _kinds, _detail in (("Wb", "weights and biases"), ("W", "weights"), ("b", "biases")):
    MISTAKES.whole(BPTT_OVERWRITE_NOT_ACCUMULATE, _first_only(_kinds), _detail)


def _shifted(at: Callable[[dict[int, Array], int], Array]) -> WholeEdit:
    """Step t receives the da of another step."""

    def edits(graph: Graph) -> Edits:
        da = direct(graph, steps(graph))
        return {f"a{t}->J": rescale(at(da, t) / da[t]) for t in da}

    return whole(edits)


MISTAKES.whole(
    UPSTREAM_MEANS_EARLIER_LAYER, _shifted(lambda da, t: da.get(t - 1, da[len(da)])), "da[t-1]"
)


def _one_column(step: int) -> Callable[[Problem, str, Edits], Array | None]:
    """dx has lost its time axis: it holds the dxt of one step."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        if problem.claims[name].node != "x" or not sequence(problem.graph):
            return None
        return np.asarray(gradient(problem.graph, "x", edits)[:, :, step])

    return predicted


MISTAKES.foreign(DX_ACCUMULATED, _one_column(0), "dx is the dxt of the first step")
MISTAKES.whole(DA0_NOT_RETURNED, whole(lambda graph: {"a0->u1": cut()}), "it is zero")


def _cost(factor: Callable[[Graph], float]) -> WholeEdit:
    return lambda problem: {"J": rescale(factor(problem.graph))}


MISTAKES.whole(DIVIDE_BY_T, _cost(lambda graph: 1 / last_step(graph)), "everywhere")
MISTAKES.whole(ONE_OVER_M_TWICE, _cost(lambda graph: 1 / graph.facts.m), "everywhere")
MISTAKES.whole(SIGN_FLIP, _cost(lambda graph: -1.0), "everywhere")
