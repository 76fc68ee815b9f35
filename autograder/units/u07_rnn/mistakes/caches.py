"""Misconceptions about caches and indices: the state, the slope or the input of another step."""

from __future__ import annotations

from collections.abc import Callable

from autograder.engine.diagnosis.catalogue import WholeEdit, misconception
from autograder.engine.diagnosis.edits import against, both, bypass
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits
from autograder.units.u07_rnn.mistakes.edits import out_wire, sequence, slope, steps
from autograder.units.u07_rnn.mistakes.words import CACHES, RNN, known


def _cached(step: Callable[[int, int], int]) -> WholeEdit:
    """Step t goes back with the cache of step ``step(t, T)``."""

    def edits(problem: Problem) -> Edits | None:
        if not sequence(problem):
            return None
        graph, T, made = problem.graph, problem.graph.facts["T"], {}
        value = graph.value
        for t in steps(graph):
            k = step(t, T)
            xs = against(f"Wax->z{t}", value(f"x->z{t}"), value(f"x->z{k}"))
            states = against(f"Waa->z{t}", value(f"a{t - 1}"), value(f"a{k - 1}"))
            made[f"z{t}"] = both(xs, states)
            made[f"a{t}"] = bypass(f"z{t}->a{t}", _constant(slope(value(f"a{k}"))))
        return made

    return edits


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
    if not sequence(problem):
        return None
    graph = problem.graph
    last = graph.value(f"a{graph.facts['T']}")
    return {f"z{t}": against(f"Waa->z{t}", graph.value(f"a{t - 1}"), last) for t in steps(graph)}


known("cache-view-aliasing", section=CACHES).form(
    "a_prev is the last state in every cache", whole=_last_state, on=RNN
)


def _wrapped(problem: Problem) -> Edits | None:
    graph = problem.graph
    if not sequence(problem):
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
