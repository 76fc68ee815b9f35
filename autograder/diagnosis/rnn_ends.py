"""Misconceptions at the ends of the loop: dx, da0, and the cache of another step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from autograder.diagnosis.catalogue import WholeEdit, misconception
from autograder.diagnosis.edits import against, bypass, carry, cut
from autograder.diagnosis.rnn_cell import RNN, known
from autograder.diagnosis.rnn_edits import out_wire, recurrent, slope, steps
from autograder.networks import Array, Edit, Edits, Graph
from autograder.oracle import gradient
from autograder.problem import Problem

Seen = Mapping[str, Array]
CACHES = "07, Caches and indices"


def _sequence(problem: Problem) -> bool:
    """Is x a sequence, (n_x, m, T), with cells over it?"""
    return recurrent(problem.graph) and problem.graph.value("x").ndim == 3


def _dx(which: Callable[[int, int], slice]) -> WholeEdit:
    """Step s gives its dxt to the columns ``which(s, T)`` of dx."""

    def wire(s: int, T: int) -> Edit:
        def edit(value: Array, seen: Seen) -> Array:
            return carry(value, seen["x"].imag[..., which(s, T)].sum(axis=-1))

        return edit

    def edits(problem: Problem) -> Edits | None:
        if not _sequence(problem):
            return None
        T = problem.graph.facts["T"]
        return {f"x->z{s}": wire(s, T) for s in range(1, T + 1)}

    return edits


def _one_column(step: int, total: bool = False):  # type: ignore[no-untyped-def]
    """dx has lost its time axis: it holds the dxt of one step, or their sum."""

    def predicted(problem: Problem, name: str, edits: Edits) -> Array | None:
        if problem.claims[name].node != "x" or not _sequence(problem):
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
    return lambda problem: {"a0->z1": cut(), **add(problem.graph)} if _sequence(problem) else None


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
        if problem.claims[name].node != "a0" or not _sequence(problem):
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


def _cached(step: Callable[[int, int], int]) -> WholeEdit:
    """Step t goes back with the cache of step ``step(t, T)``."""

    def edits(problem: Problem) -> Edits | None:
        if not _sequence(problem):
            return None
        graph, T, made = problem.graph, problem.graph.facts["T"], {}
        value = graph.value
        for t in steps(graph):
            k = step(t, T)
            xs = against(f"Wax->z{t}", value(f"x->z{t}"), value(f"x->z{k}"))
            states = against(f"Waa->z{t}", value(f"a{t - 1}"), value(f"a{k - 1}"))
            made[f"z{t}"] = _both(xs, states)
            made[f"a{t}"] = bypass(f"z{t}->a{t}", _constant(slope(value(f"a{k}"))))
        return made

    return edits


def _both(first: Edit, second: Edit) -> Edit:
    return lambda value, seen: second(first(value, seen), seen)


def _constant(found: Array) -> Callable[[Array, Array], Array]:
    return lambda z, a: found


misconception(
    "bptt-wrong-cache",
    unit="07",
    title="the cache of another step",
    computed="a gradient in which a step goes back with the cache of another one",
    formula="caches[t] belongs to step t; index -1 is the last step",
    ask="At t = 0, which cache does your index take?",
    section=CACHES,
).form("always the first", whole=_cached(lambda t, T: 1), on=RNN).form(
    "the step before, wrapping around", whole=_cached(lambda t, T: t - 1 or T), on=RNN
).form("the step after", whole=_cached(lambda t, T: min(t + 1, T)), on=RNN).form(
    "from the other end", whole=_cached(lambda t, T: T + 1 - t), on=RNN
)

known(
    "alias-last-cache",
    title="every step has the last cache",
    computed="a gradient in which all steps go back with the cache of the last one",
    formula="caches[t] belongs to step t, and is an object of its own",
    ask="Is caches[0] the same object as caches[1]?",
    section=CACHES,
).form(whole=_cached(lambda t, T: T), on=RNN)


def _last_state(problem: Problem) -> Edits | None:
    """Every cached a_prev is one array, which holds the last state in the end."""
    if not _sequence(problem):
        return None
    graph = problem.graph
    last = graph.value(f"a{graph.facts['T']}")
    return {f"z{t}": against(f"Waa->z{t}", graph.value(f"a{t - 1}"), last) for t in steps(graph)}


known("cache-view-aliasing", section=CACHES).form(
    "a_prev is the last state in every cache", whole=_last_state, on=RNN
)


def _wrapped(problem: Problem) -> Edits | None:
    graph = problem.graph
    if not recurrent(graph):
        return None
    last = graph.value(f"a{graph.facts['T']}")
    return {"z1": against("Waa->z1", graph.value("a0"), last)}


def _output_wrapped(problem: Problem) -> Edits | None:
    graph, T = problem.graph, problem.graph.facts["T"]
    if "zy1" not in graph.seen:
        return None
    state = {t: graph.value(out_wire(graph, t)) for t in steps(graph)}
    return {f"zy{t}": against(f"Wya->zy{t}", state[t], state[t - 1 or T]) for t in state}


misconception(
    "negative-index-wrap",
    unit="07",
    title="index t-1 at t = 0 is the last step",
    computed="a gradient that pairs the first step with the last state, because index -1 counts "
    "from the end",
    formula="dWaa = Σ_t dz_t a_{t-1}ᵀ, where the a before the first step is a0",
    ask="What does a[:, :, t-1] hold at t = 0?",
    section=CACHES,
).form("in dWaa", whole=_wrapped, on=RNN).form("a_{t-1} in dWya", whole=_output_wrapped, on=RNN)

known(
    "da-mutated-in-place",
    formula="da_next = da[:, :, t] + da_prevt, a new array; never da[:, :, t] += da_prevt",
    ask="After your loop, what does the caller's da hold? Which line wrote into it?",
    section=CACHES,
)
