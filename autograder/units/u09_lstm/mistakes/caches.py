"""Misconceptions about caches: those of another step, and states that were overwritten."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis.edits import against
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.mistakes.catalogue.chain import ALIAS_LAST_CACHE
from autograder.mistakes.catalogue.memory import CACHE_VIEW_ALIASING, DA_MUTATED_IN_PLACE
from autograder.mistakes.catalogue.recurrent_cell import BPTT_WRONG_CACHE, NEGATIVE_INDEX_WRAP
from autograder.networks import Array, Edit, Edits, Graph
from autograder.units.u07_rnn.mistakes.edits import steps
from autograder.units.u09_lstm.mistakes.edits import (
    Seen,
    last_step,
    rewired,
    start,
    tangent,
    whole,
)

MISTAKES = Mistakes("lstm")
CACHES = "09, Caches that share"


def _cached(step: Callable[[int, int], int]) -> WholeEdit:
    """Step t goes back with the cache of step ``step(t, T)``."""

    def moved(graph: Graph, seen: Seen) -> dict[int, Array]:
        state, found = start(seen), {}
        for t in steps(graph):
            state = tangent(graph, seen, t, state, step(t, last_step(graph)))
            found[t] = state[0]
        return found

    return rewired(moved, "other cache")


MISTAKES.whole(BPTT_WRONG_CACHE, _cached(lambda t, T: 1), "always the first")
MISTAKES.whole(
    BPTT_WRONG_CACHE, _cached(lambda t, T: t - 1 or T), "the step before, wrapping around"
)
MISTAKES.whole(BPTT_WRONG_CACHE, _cached(lambda t, T: T + 1 - t), "from the other end")
MISTAKES.words(
    ALIAS_LAST_CACHE,
    "lstm",
    title="every step has the last cache",
    computed="a gradient in which all steps go back with the cache of the last one",
    formula="caches[t] belongs to step t, and is an object of its own",
    ask="Is caches[0] the same object as caches[1]?",
    section=CACHES,
)
MISTAKES.whole(ALIAS_LAST_CACHE, _cached(lambda t, T: T))


def _f_meets(graph: Graph, t: int, step: int) -> Edit:
    """At c<t>: the forget gate meets the cell state of another step than t - 1."""
    other = graph.value(f"c{step}") - graph.value(f"c{t - 1}")
    return lambda value, seen: np.asarray(value + 1j * other * seen[f"f{t}->c{t}"].imag)


def _first_is_a_view(graph: Graph) -> Edits:
    return {"c1": _f_meets(graph, 1, 1)}


def _one_buffer(graph: Graph) -> Edits:
    return {f"c{t}": _f_meets(graph, t, last_step(graph)) for t in steps(graph)}


MISTAKES.words(
    CACHE_VIEW_ALIASING,
    "lstm",
    computed="a gradient made from a cache whose arrays have changed since: a slice of an array "
    "is no copy, and what is written into the array later is written into the cache",
    formula="c_next = np.zeros((n_a, m)) before the first step, and xt = x[:, :, t].copy()",
    ask="Which arrays in your cache share their memory with x, a or c? Ask np.shares_memory.",
    section=CACHES,
)
MISTAKES.whole(
    CACHE_VIEW_ALIASING, whole(_first_is_a_view), "c_prev of the first step is c[:, :, 0]"
)
MISTAKES.whole(CACHE_VIEW_ALIASING, whole(_one_buffer), "c_prev is the last state in every cache")


def _c_wraps(graph: Graph) -> Edits:
    return {"c1": _f_meets(graph, 1, last_step(graph))}


def _a_wraps(graph: Graph) -> Edits:
    n_a, u = len(graph.value("a0")), graph.value("u1")
    wrong = np.concatenate([graph.value(f"a{last_step(graph)}"), u[n_a:]])
    return {f"z{n}1": against(f"W{n}->z{n}1", u, wrong) for n in "fico"}


MISTAKES.words(
    NEGATIVE_INDEX_WRAP,
    "lstm",
    formula="before the first step stand a0 and a cell state of zeros",
    ask="What do a[:, :, t-1] and c[:, :, t-1] hold at t = 0?",
    section=CACHES,
)
MISTAKES.whole(NEGATIVE_INDEX_WRAP, whole(_c_wraps), "c_prev")
MISTAKES.whole(NEGATIVE_INDEX_WRAP, whole(_a_wraps), "a_prev in dW")
MISTAKES.words(
    DA_MUTATED_IN_PLACE,
    "lstm",
    formula="da[:, :, t] + da_prevt is a new array; da[:, :, t] += da_prevt writes into the "
    "caller's, and dc = dc_next; dc += ... into dc_next",
    ask="After your function, what do the caller's arrays hold? Which line wrote into them?",
)
