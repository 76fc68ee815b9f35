"""The best explanation of a set of wrong gradients: which graph has exactly these gradients?

A hypothesis is a combination of forms of the catalogue. It explains a submission if it reproduces
*all* returned arrays, the right ones included, on *all* instances, to 1e-9. The search is cheap
because a hypothesis is first compared along one random direction per array (one forward pass),
and only a match is confirmed entry by entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np

from autograder.diagnosis.catalogue import forms
from autograder.diagnosis.edits import merge
from autograder.diagnosis.hypothesis import MATCH, Cause, Evidence, Explanation, reproduces
from autograder.diagnosis.restore import recognise, restore
from autograder.networks import Array, Edits
from autograder.problem import Claim, Problem

Search: TypeAlias = Callable[[Sequence[Evidence]], tuple[Cause, ...]]


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
    looks = [_Look(reading, evidence) for reading in _readings(evidence)]
    # one cause under any reading before two causes: the simplest explanation is the best
    for look in looks:
        found = look.explained(_one)
        if found is not None:
            return found if found.causes else None
    return looks[0].explained(_two)


class _Look:
    """The evidence under one reading of the arrays' names, brought back to the nodes' shapes."""

    def __init__(self, reading: Cause | None, evidence: Sequence[Evidence]):
        self.reading = () if reading is None else (reading,)
        read = [item.read(_claims(item.problem, reading)) for item in evidence]
        self.undone, plain, self.aside = restore(read)
        self.plain = [item for item in plain if item.problem.claims]

    def explained(
        self, search: Callable[[list[Evidence]], tuple[Cause, ...]]
    ) -> Explanation | None:
        """The explanation whose graph edits `search` finds, if everything else is known too."""
        if not self.plain:
            return None
        edited = () if _all((), self.plain) else search(self.plain)
        if not edited and not _all((), self.plain):
            return None
        named = recognise(self.aside, edited)
        if named is None:
            return None
        causes = (*self.reading, *self.undone, *edited, *named)
        return Explanation(tuple(dict.fromkeys(causes)))


def _readings(evidence: Sequence[Evidence]) -> Iterator[Cause | None]:
    yield None
    for entry, form in forms("reading"):
        families = {item.problem.graph.facts["family"] for item in evidence}
        if not families <= set(form.on):
            continue
        if all(form.reading and form.reading(item.problem) for item in evidence):
            yield Cause(entry, form)


def _claims(problem: Problem, reading: Cause | None) -> Mapping[str, Claim]:
    if reading is None or reading.form.reading is None:
        return problem.claims
    return reading.form.reading(problem) or problem.claims


@dataclass(frozen=True)
class _Single:
    """One cause on the probed problem: which arrays it moves, and which it then gets right."""

    cause: Cause
    edits: Edits
    moves: Array
    fits: Array


def _one(evidence: Sequence[Evidence]) -> tuple[Cause, ...]:
    """One graph edit that reproduces the evidence; empty if there is none."""
    probe = _Probe(evidence)
    for single in probe.singles():
        if single.fits.all() and _all((single.cause,), evidence):
            return (single.cause,)
    return ()


def _two(evidence: Sequence[Evidence]) -> tuple[Cause, ...]:
    """Two graph edits that together reproduce the evidence; empty if there are none."""
    probe = _Probe(evidence)
    # what moves an array that is right cannot be part of the explanation
    useful = [
        single
        for single in probe.singles()
        if single.moves.any() and not (single.moves & ~probe.wrong).any()
    ]
    for one, two in combinations(useful, 2):
        if probe.possible(one, two) and _all((one.cause, two.cause), evidence):
            return (one.cause, two.cause)
    return ()


class _Probe:
    """Compare hypotheses with the evidence along one random direction per array."""

    def __init__(self, evidence: Sequence[Evidence]):
        self.evidence = evidence
        item = next((item for item in evidence if not reproduces((), item)), evidence[0])
        rng = np.random.default_rng(20_240_601)
        self.problem = item.problem
        arrays = {name: item.returned[name] for name in item.problem.claims}
        self.directions = {
            name: rng.uniform(0.5, 1.0, array.shape) * rng.choice([-1.0, 1.0], array.shape)
            for name, array in arrays.items()
        }
        terms = [array * self.directions[name] for name, array in arrays.items()]
        self.found = np.array([term.sum() for term in terms])
        self.right = self.fingerprint({})
        size = np.array([np.abs(term).sum() for term in terms])
        self.scale = np.maximum(size, np.abs(self.right)) + 1e-300
        self.wrong = self.differ(self.found, self.right)

    def singles(self) -> Iterator[_Single]:
        """Every cause that changes something, with the arrays that it moves and explains."""
        for cause in _causes(self.evidence):
            edits = cause.edits(self.problem)
            if edits:
                moved = self.fingerprint(edits)
                yield _Single(cause, edits, self.differ(moved, self.right), self.fit(moved))

    def fingerprint(self, edits: Edits) -> Array:
        with np.errstate(all="ignore"):
            return self.problem.fingerprint(self.directions, edits)

    def differ(self, one: Array, other: Array) -> Array:
        return np.asarray(~(np.abs(one - other) <= MATCH * self.scale))

    def fit(self, moved: Array) -> Array:
        return np.asarray(np.abs(moved - self.found) <= 10 * MATCH * self.scale)

    def possible(self, one: _Single, two: _Single) -> bool:
        """Could these two together be the explanation?

        An array that only one of them moves has to be explained by that one alone, which is
        known already; a new forward pass is needed for the arrays that both of them move.
        """
        if ((one.moves | two.moves) != self.wrong).any():
            return False
        if one.edits.keys() == two.edits.keys() and len(one.edits) > 1:
            return False  # two edits of the same wires: the later one hides the first
        if (one.moves & ~two.moves & ~one.fits).any() or (two.moves & ~one.moves & ~two.fits).any():
            return False
        return bool(self.fit(self.fingerprint(merge(one.edits, two.edits))).all())


def _causes(evidence: Sequence[Evidence]) -> Iterator[Cause]:
    """All causes that could sit in these graphs, each set of places once."""
    graphs = [item.problem.graph for item in evidence]
    family = graphs[0].facts["family"]
    for entry, form in forms("layer"):
        taken: set[tuple[tuple[int, ...], ...]] = set()
        for scope in graphs[0].facts["scopes"] if family in form.on else ():
            cause = Cause(entry, form, scope)
            key = tuple(cause.places(graph) for graph in graphs)
            if any(key) and key not in taken:
                taken.add(key)
                yield cause
    for entry, form in forms("whole"):
        if family in form.on:
            yield Cause(entry, form)


def _all(causes: Sequence[Cause], evidence: Sequence[Evidence]) -> bool:
    return all(reproduces(causes, item) for item in evidence)
