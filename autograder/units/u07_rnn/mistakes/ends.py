"""Misconceptions about what each step gives to dx, and what is left at the end for da0."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.edits import carry, cut
from autograder.engine.diagnosis.forms import Predict, WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.memory import SHARED_GRAD_ARRAY
from autograder.mistakes.catalogue.recurrent_time import DA0_NOT_RETURNED, DX_ACCUMULATED
from autograder.networks import Array, Edit, Edits, Graph
from autograder.networks.facts import time_facts
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes.edits import out_wire, sequence, steps
from autograder.units.u07_rnn.mistakes.words import BOTH, CACHES

MISTAKES = Mistakes("rnn")

Seen = Mapping[str, Array]


def _dx(which: Callable[[int, int], slice]) -> WholeEdit:
    """Step s gives its dxt to the columns ``which(s, T)`` of dx."""

    def wire(s: int, T: int) -> Edit:
        def edit(value: Array, seen: Seen) -> Array:
            return carry(value, seen["x"].imag[..., which(s, T)].sum(axis=-1))

        return edit

    def edits(problem: Problem) -> Edits | None:
        if not sequence(problem):
            return None
        T = time_facts(problem.graph).T
        return {f"x->z{s}": wire(s, T) for s in range(1, T + 1)}

    return edits


def _one_column(step: int, total: bool = False) -> Predict:
    """dx has lost its time axis: it holds the dxt of one step, or their sum."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        if problem.claims[name].node != "x" or not sequence(problem):
            return None
        dx = gradient(problem.graph, "x", edits)
        return np.asarray(dx.sum(axis=2) if total else dx[:, :, step])

    return predicted


MISTAKES.whole(DX_ACCUMULATED, _dx(lambda s, T: slice(0, s)), "dx_t = Σ_{s ≥ t} dxt_s")
MISTAKES.whole(DX_ACCUMULATED, _dx(lambda s, T: slice(s - 1, T)), "dx_t = Σ_{s ≤ t} dxt_s")
MISTAKES.whole(DX_ACCUMULATED, _dx(lambda s, T: slice(0, T)), "the same sum at every t")
MISTAKES.whole(DX_ACCUMULATED, _dx(lambda s, T: slice(0, s == 1)), "the first step only")
MISTAKES.foreign(DX_ACCUMULATED, _one_column(0), "dx is the dxt of the first step")
MISTAKES.foreign(DX_ACCUMULATED, _one_column(-1), "dx is the dxt of the last step")
MISTAKES.foreign(DX_ACCUMULATED, _one_column(0, total=True), "dx is the sum of all dxt")


def _da0(add: Callable[[Graph], Mapping[str, Edit]]) -> WholeEdit:
    """da0 reaches J on another way than through z<1>."""
    return lambda problem: {"a0->z1": cut(), **add(problem.graph)} if sequence(problem) else None


def _plus_a0(value: Array, seen: Seen) -> Array:
    return value + 1j * seen["a0"].imag


def _second_step(graph: Graph) -> Mapping[str, Edit]:
    Waa = graph.value("Waa")
    if time_facts(graph).T < 2:
        return {}
    return {"z2": lambda value, seen: value + 1j * (Waa @ seen["a0"].imag)}


def _stacked(fill: bool) -> Predict:
    """da0 with a time axis: zeros but for the first step, or every da_prevt."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        graph = problem.graph
        if problem.claims[name].node != "a0" or not sequence(problem):
            return None
        at = [f"a{t - 1}->z{t}" for t in steps(graph)]
        slopes = gradient(graph, at, edits)
        out = np.stack([slopes[wire] for wire in at], axis=2)
        out[:, :, 1:] *= fill
        return out

    return predicted


MISTAKES.words(
    SHARED_GRAD_ARRAY,
    *BOTH,
    computed="a dx whose columns are one and the same array, overwritten at every step",
    formula="dx[:, :, t] = dxt copies; a list [buffer] * T_x holds one array T_x times",
    ask="Are the entries of your list T_x arrays, or T_x names of one?",
    section=CACHES,
)
MISTAKES.whole(SHARED_GRAD_ARRAY, _dx(lambda s, T: slice(0, T if s == 1 else 0)), "dx")


MISTAKES.whole(DA0_NOT_RETURNED, _da0(lambda graph: {}), "it is zero")
MISTAKES.whole(
    DA0_NOT_RETURNED, _da0(lambda graph: {"a1": _plus_a0}), "the total derivative at a_1"
)
MISTAKES.whole(DA0_NOT_RETURNED, _da0(lambda graph: {out_wire(graph, 1): _plus_a0}), "da[:, :, 0]")
MISTAKES.whole(DA0_NOT_RETURNED, _da0(_second_step), "da_prevt of the second step")
MISTAKES.foreign(DA0_NOT_RETURNED, _stacked(False), "with a time axis")
MISTAKES.foreign(DA0_NOT_RETURNED, _stacked(True), "every da_prevt")
