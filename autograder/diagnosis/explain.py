"""The best explanation of a set of wrong gradients: which graph has exactly these gradients?

A hypothesis is a combination of forms of the catalogue. It explains a submission if it reproduces
*all* returned arrays, the right ones included, on *all* instances, to 1e-9. The search is cheap
because a hypothesis is first compared along one random direction per array (one forward pass),
and only a match is confirmed entry by entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from autograder.diagnosis.catalogue import forms
from autograder.diagnosis.edits import merge
from autograder.diagnosis.hypothesis import (
    MATCH,
    Cause,
    Evidence,
    Explanation,
    reproduces,
)
from autograder.diagnosis.restore import restore
from autograder.networks import Array, Edits
from autograder.problem import Claim, Problem


def explain(evidence: Sequence[Evidence]) -> Explanation | None:
    """Find the simplest combination of misconceptions that gives exactly these arrays.

    Parameters
    ----------
    evidence : sequence of Evidence
        What the function returned, on several instances; the deepest graph should come first.

    Returns
    -------
    Explanation or None
        None if the arrays are right, and None if nothing in the catalogue explains them.
    """
    for reading in _readings(evidence):
        start = () if reading is None else (reading,)
        read = [item.read(_claims(item.problem, reading)) for item in evidence]
        undone, plain = restore(read)
        if not all(item.problem.claims for item in plain):
            continue
        start += undone
        if all(reproduces((), item) for item in plain):
            return Explanation(start) if start else None
        found = _search(plain)
        if found:
            return Explanation(start + found)
    return None


def _search(evidence: Sequence[Evidence]) -> tuple[Cause, ...]:
    """Graph edits, one or two, that reproduce the evidence; empty if there are none."""
    probe = _Probe(evidence[0])
    singles: list[tuple[Cause, Edits, Array]] = []
    for cause in _causes(evidence):
        edits = cause.edits(evidence[0].problem)
        if not edits:
            continue
        moved = probe.fingerprint(edits)
        if probe.fits(moved) and _all((cause,), evidence):
            return (cause,)
        singles.append((cause, edits, probe.differs(moved)))
    wrong = probe.differs(probe.found)
    # a cause that moves an array which is right cannot be part of the explanation, and together
    # the two have to move every array that is wrong
    useful = [(c, e, moved) for c, e, moved in singles if moved.any() and not (moved & ~wrong).any()]
    for (one, first, a), (two, second, b) in combinations(useful, 2):
        if one.misconception is two.misconception or ((a | b) != wrong).any():
            continue
        if probe.fits(probe.fingerprint(merge(first, second))):
            if _all((one, two), evidence):
                return (one, two)
    return ()


def _all(causes: Sequence[Cause], evidence: Sequence[Evidence]) -> bool:
    return all(reproduces(causes, item) for item in evidence)


class _Probe:
    """Compare hypotheses with the evidence along one random direction per array."""

    def __init__(self, item: Evidence):
        rng = np.random.default_rng(20_240_601)
        self.problem = item.problem
        self.directions = {
            n: rng.uniform(0.5, 1.0, a.shape) * rng.choice([-1.0, 1.0], a.shape)
            for n, a in item.returned.items()
            if n in item.problem.claims
        }
        pairs = [(item.returned[n], self.directions[n]) for n in item.problem.claims]
        self.found = np.array([(a * v).sum() for a, v in pairs])
        sizes = [float(np.abs(a * v).sum()) for a, v in pairs]
        self.right = self.fingerprint({})
        self.scale = np.maximum(sizes, np.abs(self.right)) + 1e-300

    def fingerprint(self, edits: Edits) -> Array:
        with np.errstate(all="ignore"):
            return self.problem.fingerprint(self.directions, edits)

    def differs(self, other: Array) -> Array:
        return ~(np.abs(other - self.right) <= MATCH * self.scale)

    def fits(self, other: Array) -> bool:
        return bool(np.all(np.abs(other - self.found) <= 10 * MATCH * self.scale))


def _causes(evidence: Sequence[Evidence]) -> Iterator[Cause]:
    """All causes that could sit in these graphs, each set of places once."""
    graphs = [item.problem.graph for item in evidence]
    family = graphs[0].facts["family"]
    for entry, form in forms("whole"):
        if family in form.on:
            yield Cause(entry, form)
    for entry, form in forms("layer"):
        taken: set[tuple[tuple[int, ...], ...]] = set()
        for scope in graphs[0].facts["scopes"] if family in form.on else ():
            cause = Cause(entry, form, scope)
            key = tuple(cause.places(graph) for graph in graphs)
            if key[0] and key not in taken:
                taken.add(key)
                yield cause


def _all(causes: Sequence[Cause], evidence: Sequence[Evidence]) -> bool:
    return all(reproduces(causes, item) for item in evidence)


class _Probe:
    """Compare hypotheses with the evidence along one random direction per array."""

    def __init__(self, item: Evidence):
        rng = np.random.default_rng(20_240_601)
        self.problem = item.problem
        self.directions = {
            n: rng.uniform(0.5, 1.0, a.shape) * rng.choice([-1.0, 1.0], a.shape)
            for n, a in item.returned.items()
            if n in item.problem.claims
        }
        pairs = [(item.returned[n], self.directions[n]) for n in item.problem.claims]
        self.found = np.array([(a * v).sum() for a, v in pairs])
        sizes = [float(np.abs(a * v).sum()) for a, v in pairs]
        self.right = self.fingerprint({})
        self.scale = np.maximum(sizes, np.abs(self.right)) + 1e-300

    def fingerprint(self, edits: Edits) -> Array:
        with np.errstate(all="ignore"):
            return self.problem.fingerprint(self.directions, edits)

    def differs(self, other: Array) -> Array:
        return ~(np.abs(other - self.right) <= MATCH * self.scale)

    def fits(self, other: Array) -> bool:
        return bool(np.all(np.abs(other - self.found) <= 10 * MATCH * self.scale))


def _causes(evidence: Sequence[Evidence]) -> Iterator[Cause]:
    for entry, form in forms("whole"):
        yield Cause(entry, form)
    for entry, form in forms("layer"):
        taken: set[tuple[tuple[int, ...], ...]] = set()
        for scope in SCOPES:
            touched = [layers(item.problem.graph, scope) for item in evidence]
            if form.activation is not None:
                touched = [
                    [n for n in some if item.problem.graph.facts["activations"][n - 1]
                     == form.activation]
                    for some, item in zip(touched, evidence, strict=True)
                ]
            key = tuple(tuple(some) for some in touched)
            if touched[0] and key not in taken:
                taken.add(key)
                yield Cause(entry, form, scope)


def _readings(evidence: Sequence[Evidence]) -> Iterator[Cause | None]:
    yield None
    for entry, form in forms("reading"):
        cause = Cause(entry, form)
        if all(form.reading and form.reading(item.problem) for item in evidence):
            yield cause


def _claims(problem: Problem, reading: Cause | None) -> Mapping[str, Claim]:
    if reading is None or reading.form.reading is None:
        return problem.claims
    return reading.form.reading(problem) or problem.claims
