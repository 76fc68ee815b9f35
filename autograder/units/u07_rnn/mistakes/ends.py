"""Misconceptions about what each step gives to dx, and what is left at the end for da0."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.engine.diagnosis.catalogue import WholeEdit, misconception
from autograder.engine.diagnosis.edits import carry, cut
from autograder.engine.problem import Problem
from autograder.networks import Array, Edit, Edits, Graph
from autograder.oracle import gradient
from autograder.units.u07_rnn.mistakes.edits import out_wire, sequence, steps
from autograder.units.u07_rnn.mistakes.words import CACHES, RNN, known

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
        T = problem.graph.facts["T"]
        return {f"x->z{s}": wire(s, T) for s in range(1, T + 1)}

    return edits


def _one_column(step: int, total: bool = False):  # type: ignore[no-untyped-def]
    """dx has lost its time axis: it holds the dxt of one step, or their sum."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        if problem.claims[name].node != "x" or not sequence(problem):
            return None
        dx = gradient(problem.graph, "x", edits)
        return np.asarray(dx.sum(axis=2) if total else dx[:, :, step])

    return predicted


misconception(
    "dx-accumulated",
    unit="07",
    title="dx is added up over time",
    computed="a dx in which the contributions of several steps are mixed, as if one x fed them all",
    formula="dx[:, :, t] = Waxᵀ dz_t: x_t is used once, the weights T times",
    ask="How many cells read x_t? How many contributions does dx[:, :, t] get?",
    section="07, One weight, T uses",
).form("dx_t = Σ_{s ≥ t} dxt_s", whole=_dx(lambda s, T: slice(0, s)), on=RNN).form(
    "dx_t = Σ_{s ≤ t} dxt_s", whole=_dx(lambda s, T: slice(s - 1, T)), on=RNN
).form("the same sum at every t", whole=_dx(lambda s, T: slice(0, T)), on=RNN).form(
    "the first step only", whole=_dx(lambda s, T: slice(0, s == 1)), on=RNN
).form("dx is the dxt of the first step", shape=_one_column(0), on=RNN).form(
    "dx is the dxt of the last step", shape=_one_column(-1), on=RNN
).form("dx is the sum of all dxt", shape=_one_column(0, total=True), on=RNN)


def _da0(add: Callable[[Graph], Mapping[str, Edit]]) -> WholeEdit:
    """da0 reaches J on another way than through z<1>."""
    return lambda problem: {"a0->z1": cut(), **add(problem.graph)} if sequence(problem) else None


def _plus_a0(value: Array, seen: Seen) -> Array:
    return value + 1j * seen["a0"].imag


def _second_step(graph: Graph) -> Mapping[str, Edit]:
    Waa = graph.value("Waa")
    if graph.facts["T"] < 2:
        return {}
    return {"z2": lambda value, seen: value + 1j * (Waa @ seen["a0"].imag)}


def _stacked(fill: bool):  # type: ignore[no-untyped-def]
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


known(
    "shared-grad-array",
    computed="a dx whose columns are one and the same array, overwritten at every step",
    formula="dx[:, :, t] = dxt copies; a list [buffer] * T_x holds one array T_x times",
    ask="Are the entries of your list T_x arrays, or T_x names of one?",
    section=CACHES,
).form("dx", whole=_dx(lambda s, T: slice(0, T if s == 1 else 0)), on=RNN)


misconception(
    "da0-not-returned",
    unit="07",
    title="da0 is not the last da_prevt",
    computed="a da0 that is not the derivative at the initial state: zeros, or the total at a_1, "
    "or an array with a time axis",
    formula="da0 = Waaᵀ dz_1, the da_prevt that is left when the loop ends",
    ask="After the last pass of your loop, t = 0, what does da_prevt belong to?",
    section=CACHES,
).form("left at zero", whole=_da0(lambda graph: {}), on=RNN).form(
    "the total derivative at a_1", whole=_da0(lambda graph: {"a1": _plus_a0}), on=RNN
).form("da[:, :, 0]", whole=_da0(lambda graph: {out_wire(graph, 1): _plus_a0}), on=RNN).form(
    "da_prevt of the second step", whole=_da0(_second_step), on=RNN
).form("with a time axis", shape=_stacked(False), on=RNN).form(
    "every da_prevt", shape=_stacked(True), on=RNN
)
