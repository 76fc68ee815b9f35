"""The search among what needs no catalogue: an edit, arrays that are read off, both, two edits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from autograder.engine.diagnosis.effects import Known
from autograder.engine.diagnosis.general.causes import causes, factors
from autograder.engine.diagnosis.general.readoff import Returned, read
from autograder.engine.diagnosis.general.rules import Right
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

#: What is tried of each of two edits.
_OF_TWO = ("cut", "factor", "slope")


def edited(plain: Sequence[Evidence]) -> Causes:
    """Return one edit that reproduces the evidence; empty if there is none."""
    item = _wrong_one(plain)
    if item is None:
        return ()
    problems, wrong = [item.problem for item in plain], _wrong(item)
    for verbs in (("cut",), None, ("slope", "own"), ("instead", "mask")):
        if verbs is None:
            for cause in factors(item, wrong):
                if explains((cause,), plain):
                    return (cause,)
            continue
        known = Known(problems, causes(item.problem, wrong, True, verbs))
        found = one(plain, known)
        if found:
            return found
    return ()


def _of_two(item: Evidence) -> Sequence[Cause]:
    return causes(item.problem, _wrong(item), False, _OF_TWO)


def edited_twice(plain: Sequence[Evidence]) -> Causes:
    """Return two edits that reproduce the evidence; empty if there are none."""
    item = _wrong_one(plain)
    if item is None:
        return ()
    known = Known([item.problem for item in plain], _of_two(item))
    return two(plain, known) if known.on(item.problem)[0] else ()


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
    for cause in _near(plain):
        made = [(item, together((cause,), item.problem) or {}) for item in whole]
        found = read([Returned(Right(item.problem, e), item.returned) for item, e in made])
        if found:
            return (cause, *found)
    return ()


def _near(plain: Sequence[Evidence]) -> Iterator[Cause]:
    """Yield the edits that explain some of the wrong arrays, and leave the right ones alone."""
    item = _wrong_one(plain)
    if item is None or len(_wrong(item)) < 2:
        return
    possible = causes(item.problem, _wrong(item), False)
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
