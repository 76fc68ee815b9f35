"""Misconceptions about caches and indices: the state, the slope or the input of another step."""

from __future__ import annotations

from collections.abc import Callable

from autograder.engine.diagnosis.edits import against, both, bypass
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.chain import ALIAS_LAST_CACHE
from autograder.mistakes.catalogue.memory import CACHE_VIEW_ALIASING, DA_MUTATED_IN_PLACE
from autograder.mistakes.catalogue.recurrent_cell import BPTT_WRONG_CACHE, NEGATIVE_INDEX_WRAP
from autograder.networks import Array, Edits
from autograder.networks.facts import time_facts
from autograder.units.u07_rnn.mistakes.edits import out_wire, sequence, slope, steps
from autograder.units.u07_rnn.mistakes.words import BOTH, CACHES

MISTAKES = Mistakes("rnn")


def _cached(step: Callable[[int, int], int]) -> WholeEdit:
    """Step t goes back with the cache of step ``step(t, T)``."""

    def edits(problem: Problem) -> Edits | None:
        if not sequence(problem):
            return None
        graph, T, made = problem.graph, time_facts(problem.graph).T, {}
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


MISTAKES.whole(BPTT_WRONG_CACHE, _cached(lambda t, T: 1), "always the first")
MISTAKES.whole(
    BPTT_WRONG_CACHE, _cached(lambda t, T: t - 1 or T), "the step before, wrapping around"
)
MISTAKES.whole(BPTT_WRONG_CACHE, _cached(lambda t, T: min(t + 1, T)), "the step after")
MISTAKES.whole(BPTT_WRONG_CACHE, _cached(lambda t, T: T + 1 - t), "from the other end")

MISTAKES.words(
    ALIAS_LAST_CACHE,
    *BOTH,
    title="every step has the last cache",
    computed="a gradient in which all steps go back with the cache of the last one",
    formula="caches[t] belongs to step t, and is an object of its own",
    ask="Is caches[0] the same object as caches[1]?",
    section=CACHES,
)
MISTAKES.whole(ALIAS_LAST_CACHE, _cached(lambda t, T: T))


def _last_state(problem: Problem) -> Edits | None:
    """Every cached a_prev is one array, which holds the last state in the end."""
    if not sequence(problem):
        return None
    graph = problem.graph
    last = graph.value(f"a{time_facts(graph).T}")
    return {f"z{t}": against(f"Waa->z{t}", graph.value(f"a{t - 1}"), last) for t in steps(graph)}


MISTAKES.words(CACHE_VIEW_ALIASING, *BOTH, section=CACHES)
MISTAKES.whole(CACHE_VIEW_ALIASING, _last_state, "a_prev is the last state in every cache")


def _wrapped(problem: Problem) -> Edits | None:
    graph = problem.graph
    if not sequence(problem):
        return None
    last = graph.value(f"a{time_facts(graph).T}")
    return {"z1": against("Waa->z1", graph.value("a0"), last)}


def _output_wrapped(problem: Problem) -> Edits | None:
    graph, T = problem.graph, time_facts(problem.graph).T
    if "zy1" not in graph.seen:
        return None
    state = {t: graph.value(out_wire(graph, t)) for t in steps(graph)}
    return {f"zy{t}": against(f"Wya->zy{t}", state[t], state[t - 1 or T]) for t in state}


MISTAKES.whole(NEGATIVE_INDEX_WRAP, _wrapped, "in dWaa")
MISTAKES.whole(NEGATIVE_INDEX_WRAP, _output_wrapped, "a_{t-1} in dWya")

MISTAKES.words(
    DA_MUTATED_IN_PLACE,
    "rnn",
    of="0",
    formula="da_next = da[:, :, t] + da_prevt, a new array; never da[:, :, t] += da_prevt",
    ask="After your loop, what does the caller's da hold? Which line wrote into it?",
    section=CACHES,
)
