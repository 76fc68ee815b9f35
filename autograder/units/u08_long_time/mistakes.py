"""Misconceptions about long sequences: what passes a border between chunks, and where to clip."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import merge, rescale
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.long_time import HIDDEN_STATE_CARRY
from autograder.mistakes.catalogue.recurrent_cell import (
    CLIP_WRONG_PLACE,
    DA_PREV_SKIPS_TANH,
    DWAA_USES_A_NEXT,
    RNN_DIVIDE_BY_M_AGAIN,
    TANH_APPLIED_TWICE,
    TANH_PRIME_OF_A_PREV,
    WAA_NO_TRANSPOSE,
)
from autograder.mistakes.catalogue.recurrent_time import (
    BPTT_DA_IGNORED,
    BPTT_MISSING_DA_PREVT,
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    DA0_NOT_RETURNED,
)
from autograder.mistakes.catalogue.scale import SIGN_FLIP
from autograder.mistakes.catalogue.slopes import MISSING_ACTIVATION_DERIVATIVE
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.facts import time_facts
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes import RECURRENT
from autograder.units.u07_rnn.mistakes.lines import SUMS

MISTAKES = Mistakes("chunks")

Clip = Callable[[Array, float], Array]

#: Mistakes of unit 07 that can be made in chunks as well.
_AS_IN_07 = (
    BPTT_MISSING_DA_PREVT,
    BPTT_DA_IGNORED,
    BPTT_OVERWRITE_NOT_ACCUMULATE,
    WAA_NO_TRANSPOSE,
    DWAA_USES_A_NEXT,
    MISSING_ACTIVATION_DERIVATIVE,
    DA_PREV_SKIPS_TANH,
    TANH_APPLIED_TWICE,
    TANH_PRIME_OF_A_PREV,
    RNN_DIVIDE_BY_M_AGAIN,
    SIGN_FLIP,
    DA0_NOT_RETURNED,
)
for _entry in _AS_IN_07:
    MISTAKES.share(_entry, RECURRENT, "rnn")


def _restored(problem: Problem) -> Edits:
    """What the border cut off comes back: z of the next chunk hears Waa times the tangent of a."""
    graph = problem.graph

    def across(t: int) -> Edit:
        return lambda value, seen: value + 1j * (graph.value("Waa") @ seen[f"a{t}"].imag)

    starts = [int(wire.split("->")[0][1:]) for wire in graph.facts.borders]
    return {f"z{t + 1}": across(t) for t in starts}


MISTAKES.whole(HIDDEN_STATE_CARRY, _restored, "the gradient is not cut")
MISTAKES.words(
    HIDDEN_STATE_CARRY,
    "chunked_train_step",
    title="how the chunks follow each other",
    computed="a training step in which the chunks are not joined as the contract asks",
    formula="for each chunk: the state as the chunk before left it, the gradient at the parameters "
    "as the chunk before left them, clip, update",
    ask="After the first chunk, which state and which parameters does your second chunk start "
    "from?",
)


def by_norm(flow: Array, bound: float) -> Array:
    """Shorten an array to the norm `bound`."""
    return np.asarray(flow * min(1.0, bound / (float(np.linalg.norm(flow)) or 1.0)))


def by_value(flow: Array, bound: float) -> Array:
    """Clip each entry."""
    return np.clip(flow, -bound, bound)


def clipped_inside(graph: Graph, bound: float, clip: Clip) -> Edits:
    """Edits that clip what goes back along each wire from z<t> to a<t-1>, from the last step on."""
    made: dict[str, Edit] = {}
    for t in range(time_facts(graph).T, 0, -1):
        wire = f"a{t - 1}->z{t}"
        flow = gradient(graph, wire, made)
        if np.any(flow):
            shortened = clip(flow, bound)
            ratio = np.divide(shortened, flow, out=np.ones_like(flow), where=flow != 0)
            made = merge(made, {wire: rescale(ratio)})
    return made


def _inside(bound: float, clip: Clip) -> Callable[[Problem], Edits]:
    return lambda problem: clipped_inside(problem.graph, bound, clip)


for _bound in (0.1, 0.5, 1.0, 5.0):
    MISTAKES.whole(
        CLIP_WRONG_PLACE, _inside(_bound, by_value), f"each entry of da_prevt at {_bound}"
    )
    MISTAKES.whole(CLIP_WRONG_PLACE, _inside(_bound, by_norm), f"the norm of da_prevt at {_bound}")
MISTAKES.words(
    CLIP_WRONG_PLACE,
    "chunks",
    formula="1. the whole gradient, 2. one factor min(1, max_norm / norm) for all of it, 3. the "
    "update",
    ask="At which moment is the gradient finished, and what is clipped before that moment?",
)

MISTAKES.contract("truncated_bptt", SUMS | {"da0": "da0 = Waaᵀ dz_1"})
