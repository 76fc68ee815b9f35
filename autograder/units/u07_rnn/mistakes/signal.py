"""Misconceptions about the signal on its way back: clipped, dropped, or sent through dW."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import cut, merge, rescale, through
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.recurrent_cell import CLIP_WRONG_PLACE
from autograder.mistakes.catalogue.signal import DW_INSTEAD_OF_W, RELU_DROPS_UPSTREAM
from autograder.networks import Edit, Edits
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes.edits import carries, direct, out_wire, recurrent, steps
from autograder.units.u07_rnn.mistakes.words import BOTH

MISTAKES = Mistakes("rnn")


def _backwards(step: Callable[[Problem, int, Edits], Edits]) -> WholeEdit:
    """Edits that depend on what flows back, made from the last step to the first."""

    def edits(problem: Problem) -> Edits | None:
        if not recurrent(problem.graph):
            return None
        made: dict[str, Edit] = {}
        for t in reversed(steps(problem.graph)):
            made = merge(made, step(problem, t, merge(problem.given, made)))
        return made

    return edits


def _clipped(at: str, bound: float) -> Callable[[Problem, int, Edits], Edits]:
    """Clip what goes back along the wire into z<t>, or what enters the cell at a<t>."""

    def step(problem: Problem, t: int, made: Edits) -> Edits:
        name = at.format(t - 1, t)
        flowing = gradient(problem.graph, name, made)
        return {name: rescale(np.clip(flowing, -bound, bound) / flowing)}

    return step


for _bound in (0.1, 0.5, 1.0):
    MISTAKES.whole(
        CLIP_WRONG_PLACE, _backwards(_clipped("a{0}->z{1}", _bound)), f"da_prevt at {_bound}"
    )
    MISTAKES.whole(
        CLIP_WRONG_PLACE, _backwards(_clipped("a{1}", _bound)), f"da + da_prevt at {_bound}"
    )


def _through_dw(problem: Problem, t: int, made: Edits) -> Edits:
    """da_prev = dWaaᵀ dz, with the dWaa of this very step."""
    graph = problem.graph
    dz = gradient(graph, f"z{t}", made)
    before = graph.value(f"a{t - 1}")
    return {f"z{t}": through(f"a{t - 1}->z{t}", graph.value("Waa"), dz @ before.T)}


MISTAKES.words(DW_INSTEAD_OF_W, *BOTH, formula="da_prev = Waaᵀ dz", section="07, One cell")
MISTAKES.whole(DW_INSTEAD_OF_W, _backwards(_through_dw), "dWaa", last=True)


def _dropped(problem: Problem) -> Edits | None:
    """dz = 1 - a²: every step starts anew with a signal of ones."""
    graph = problem.graph
    if not recurrent(graph):
        return None
    ones = {out_wire(graph, t): rescale(1 / da) for t, da in direct(graph, steps(graph)).items()}
    return {**ones, **{wire: cut() for wire in carries(graph)}}


MISTAKES.words(
    RELU_DROPS_UPSTREAM, *BOTH, formula="dz = da_next * (1 - a_next²)", section="07, One cell"
)
MISTAKES.whole(RELU_DROPS_UPSTREAM, _dropped, "dz = 1 - a²")
