"""Misconceptions about long sequences: what passes a border between chunks, and where to clip."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE, misconception
from autograder.engine.diagnosis.edits import merge, rescale
from autograder.engine.problem import Problem
from autograder.networks import Array, Edit, Edits, Graph
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes import bias as rnn_bias  # noqa: F401  their entries get forms here
from autograder.units.u07_rnn.mistakes import caches as rnn_caches  # noqa: F401
from autograder.units.u07_rnn.mistakes import cell as rnn_cell  # noqa: F401
from autograder.units.u07_rnn.mistakes import ends as rnn_ends  # noqa: F401
from autograder.units.u07_rnn.mistakes import loop as rnn_loop  # noqa: F401
from autograder.units.u07_rnn.mistakes import signal as rnn_signal  # noqa: F401
from autograder.units.u07_rnn.mistakes import tanh as rnn_tanh  # noqa: F401
from autograder.units.u07_rnn.mistakes import time as rnn_time  # noqa: F401

ON = ("chunks",)
Clip = Callable[[Array, float], Array]

#: Mistakes of unit 07 that can be made in chunks as well.
_AS_IN_07 = (
    "bptt-missing-da-prevt",
    "bptt-da-ignored",
    "bptt-overwrite-not-accumulate",
    "waa-no-transpose",
    "dwaa-uses-a-next",
    "missing-activation-derivative",
    "da-prev-skips-tanh",
    "tanh-applied-twice",
    "tanh-prime-of-a-prev",
    "rnn-divide-by-m-again",
    "sign-flip",
    "da0-not-returned",
)
for _id in _AS_IN_07:
    CATALOGUE[_id].share("chunks", source="rnn", **CATALOGUE[_id].words.get("rnn", {}))


def _restored(problem: Problem) -> Edits:
    """What the border cut off comes back: z of the next chunk hears Waa times the tangent of a."""
    graph = problem.graph

    def across(t: int) -> Edit:
        return lambda value, seen: value + 1j * (graph.value("Waa") @ seen[f"a{t}"].imag)

    starts = [int(wire.split("->")[0][1:]) for wire in graph.facts["borders"]]
    return {f"z{t + 1}": across(t) for t in starts}


misconception(
    "hidden-state-carry",
    unit="08",
    title="the border between two chunks",
    computed="a gradient in which a border is missing or complete where it should be half: the "
    "state goes on, its derivative does not",
    formula="next chunk: a0 = last state (its value); in the backward loop: da_prevt = 0 at the "
    "border",
    ask="What passes the border on the way forward in your code, and what on the way back?",
    section="08, Value carried, gradient cut",
).form("the gradient is not cut", whole=_restored, on=ON)


def by_norm(flow: Array, bound: float) -> Array:
    """Shorten an array to the norm `bound`."""
    return np.asarray(flow * min(1.0, bound / (float(np.linalg.norm(flow)) or 1.0)))


def by_value(flow: Array, bound: float) -> Array:
    """Clip each entry."""
    return np.clip(flow, -bound, bound)


def clipped_inside(graph: Graph, bound: float, clip: Clip) -> Edits:
    """Edits that clip what goes back along each wire from z<t> to a<t-1>, from the last step on."""
    made: dict[str, Edit] = {}
    for t in range(graph.facts["T"], 0, -1):
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
    CATALOGUE["clip-wrong-place"].form(
        f"each entry of da_prevt at {_bound}", whole=_inside(_bound, by_value), on=ON
    ).form(f"the norm of da_prevt at {_bound}", whole=_inside(_bound, by_norm), on=ON)
CATALOGUE["clip-wrong-place"].reword(
    "chunks",
    formula="1. the whole gradient, 2. one factor min(1, max_norm / norm) for all of it, 3. the "
    "update",
    ask="At which moment is the gradient finished, and what is clipped before that moment?",
)
