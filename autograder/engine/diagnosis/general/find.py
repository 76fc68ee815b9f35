"""The search among what needs no catalogue: an edit, arrays that are read off, both, two edits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from autograder.engine.diagnosis.effects import Known
from autograder.engine.diagnosis.general.causes import causes, factors, told
from autograder.engine.diagnosis.general.readoff import Returned, read
from autograder.engine.diagnosis.general.right import Right
from autograder.engine.diagnosis.hypothesis import (
    Cause,
    Evidence,
    close,
    reproduces,
    together,
)
from autograder.engine.diagnosis.search import Causes, explains, one, two

#: How many single edits are tried together with arrays that are read off.
_BESIDE = 8

#: What is tried of one edit, the cheap and frequent first: verbs (none: a factor is measured), and
#: whether only what holds everywhere, or also what holds at some places alone.
_STAGES = (
    (("cut",), False),
    ((), False),
    (("slope", "own", "ones", "weigh"), False),
    (("instead",), True),
    (("arrives",), True),
    (("mask",), False),
    (("instead",), False),
)

#: What is tried of each of two edits, and beside arrays that are read off.
_OF_TWO = ("cut", "factor", "slope")
_OF_BESIDE = ("cut", "factor", "slope", "weigh", "instead")

#: At most so many edits are tried in pairs: their number grows with the square.
_PAIRED = 45


def ordered(plain: Sequence[Evidence]) -> list[Evidence]:
    """Return the same evidence, the cheapest first that still shows a chain."""

    def price(item: Evidence) -> tuple[bool, int, int]:
        graph = item.problem.graph
        return (
            graph.facts.length < 2 or graph.facts.m < 2,
            len(graph.seen),
            sum(a.size for a in item.returned.values()),
        )

    return sorted(plain, key=price)


def edited(given: Sequence[Evidence]) -> Causes:
    """Return one edit that reproduces the evidence; empty if there is none."""
    plain = ordered(given)
    item = _wrong_one(plain)
    if item is None:
        return ()
    problems, wrong = [item.problem for item in plain], _wrong(item)
    for verbs, wide in _STAGES:
        if not verbs:
            for cause in factors(item, wrong):
                if explains((cause,), plain):
                    return told((cause,), item.problem.graph)
            continue
        known = Known(problems, causes(item.problem, wrong, True, verbs, wide))
        found = one(plain, known)
        if found:
            return told(found, item.problem.graph)
    return ()


def edited_twice(given: Sequence[Evidence]) -> Causes:
    """Return two edits that reproduce the evidence; empty if there are none."""
    plain = ordered(given)
    item = _wrong_one(plain)
    if item is None:
        return ()
    few = causes(item.problem, _wrong(item), False, _OF_TWO)[:_PAIRED]
    known = Known([item.problem for item in plain], few)
    return told(two(plain, known), item.problem.graph) if known.on(item.problem)[0] else ()


def read_beside(plain: Sequence[Evidence], whole: Sequence[Evidence]) -> Causes:
    """Return arrays that are read off, if need be beside one edit; empty if that is not enough.

    Parameters
    ----------
    plain : sequence of Evidence
        The arrays that have their nodes' shapes.
    whole : sequence of Evidence
        All arrays.
    """
    found = read([Returned(Right(item.problem, {}), item.returned) for item in whole])
    if found:
        return found
    for cause in _near(ordered(plain)):
        made = [(item, together((cause,), item.problem) or {}) for item in whole]
        found = read([Returned(Right(item.problem, e), item.returned) for item, e in made])
        if found:
            return (*told((cause,), whole[0].problem.graph), *found)
    return ()


def _near(plain: Sequence[Evidence]) -> Iterator[Cause]:
    """Yield the edits that explain some of the wrong arrays, and leave the right ones alone."""
    item = _wrong_one(plain)
    if item is None or len(_wrong(item)) < 2:
        return
    possible = causes(item.problem, _wrong(item), False, _OF_BESIDE)
    possible = [c for c in possible if c.form.scope == "everywhere"]  # type: ignore[attr-defined]
    known = Known([item.problem], possible)
    shown, parts = known.on(item.problem)
    if not parts:
        return
    moved = known.table(item.problem, parts)
    directions = known.directions(item.problem.graph)
    found, size = [], []
    for name, claim in item.problem.claims.items():
        terms = item.returned[name] * directions[claim.node]
        found.append(terms.sum())
        size.append(np.abs(terms).sum() + 1e-300)
    with np.errstate(all="ignore"):
        fits = np.abs(moved - np.array(found)) <= 1e-8 * np.array(size)
    truth = item.problem.truth()
    right = sum(close(item.returned[n], truth[n]) for n in truth)
    counts = fits.sum(axis=1)
    for n in np.argsort(-counts, kind="stable")[:_BESIDE]:
        if counts[n] > right:
            yield shown[n]


def _wrong_one(plain: Sequence[Evidence]) -> Evidence | None:
    return next((item for item in plain if not reproduces((), item)), None)


def _wrong(item: Evidence) -> Collection[str]:
    truth = item.problem.truth()
    claims = item.problem.claims.items()
    return {claim.node for n, claim in claims if not close(item.returned[n], truth[n])}
