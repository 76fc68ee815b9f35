"""The arrays that a way back through the steps returns, right or by another rule for its sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.engine.locate.steps import Steps, Walked
from autograder.engine.problem import Problem
from autograder.networks import Array


def _sum(terms: Sequence[Array]) -> Array:
    return np.asarray(sum(terms))


#: What a sum over the steps may be instead, from its terms in the order of the visits.
SUMS: dict[str, Callable[[Sequence[Array], int, int], Array]] = {
    "": lambda terms, T, m: _sum(terms),
    "the last visited": lambda terms, T, m: terms[-1],
    "the first visited": lambda terms, T, m: terms[0],
    "without the last visited": lambda terms, T, m: _sum(terms[:-1]) + 0 * terms[0],
    "without the first visited": lambda terms, T, m: _sum(terms[1:]) + 0 * terms[0],
    "over T": lambda terms, T, m: _sum(terms) / T,
    "over m": lambda terms, T, m: _sum(terms) / m,
    "times m": lambda terms, T, m: _sum(terms) * m,
    "subtracted": lambda terms, T, m: -_sum(terms),
    "twice": lambda terms, T, m: 2 * _sum(terms),
    "zero": lambda terms, T, m: 0 * terms[0],
}
#: What the gradient of the first state may be instead.
STARTS = (
    "",
    "zero",
    "the first visited",
    "the visit before",
    "the sum",
    "as heard",
)


@dataclass(frozen=True)
class Item:
    """What came back on one problem, beside the steps of its network."""

    problem: Problem
    steps: Steps
    arrays: Mapping[str, Array]
    names: tuple[str, ...]


def is_start(item: Item, name: str) -> bool:
    return item.problem.claims[name].node in {f"{s}0" for s in item.steps.states}


def made(item: Item, walked: Walked, name: str, rule: str) -> Array:
    """An array as a way back and a rule give it."""
    claim, steps = item.problem.claims[name], item.steps
    shape = item.problem.graph.value(claim.node).shape
    if is_start(item, name):
        return claim.factor * _start(steps, walked, claim.node[:-1], rule).reshape(shape)
    rows, size = steps.steps[1].rows[claim.node], steps.steps[1].shapes[claim.node]
    terms = [heard[rows] for heard in walked.heard]
    if len(size) < len(shape) and int(np.prod(size)) < int(np.prod(shape)):
        # a part of it at each step
        found = np.zeros(shape)
        for t, term in zip(walked.visits, terms, strict=True):
            found[_at(shape, size, t)] = term.reshape(size)
        return claim.factor * found
    if not terms:
        return np.zeros(shape)
    total = SUMS[rule](terms, steps.length, item.problem.graph.facts.m)
    return np.asarray(claim.factor * total).reshape(shape)


def _at(shape: tuple[int, ...], size: tuple[int, ...], t: int) -> tuple[Any, ...]:
    """Where step t stands: along the last axis of columns, along the second of rows."""
    return (..., t - 1) if shape[:-1] == size else (slice(None), t - 1)


def _start(steps: Steps, walked: Walked, state: str, rule: str) -> Array:
    rows, place = steps.steps[1].rows[state], steps.places[state]
    if rule.startswith("of "):
        rows = steps.steps[1].rows[rule[3:]]
    back = [heard[rows] for heard in walked.heard]
    zero = np.zeros(place.stop - place.start)
    if not back or rule == "zero":
        return zero
    if rule == "carried":
        return walked.carried[place]
    if rule == "as heard":
        return walked.signals[-1][place]
    if rule == "the sum":
        return np.asarray(sum(back))
    if rule == "the visit before":
        return (back[-2:-1] or [zero])[0]
    return back[0] if rule == "the first visited" else back[-1]
