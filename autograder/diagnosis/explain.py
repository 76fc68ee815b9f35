"""The best explanation of a set of wrong gradients: which graph has exactly these gradients?

A hypothesis is a combination of forms of the catalogue. It explains a submission if it reproduces
*all* returned arrays, the right ones included, on *all* instances, to 1e-9. The search is cheap
because a hypothesis is first compared along one random direction per array (one forward pass),
and only a match is confirmed entry by entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from autograder.diagnosis.catalogue import forms
from autograder.diagnosis.edits import merge
from autograder.diagnosis.hypothesis import MATCH, Cause, Evidence, Explanation, reproduces
from autograder.diagnosis.restore import recognise, restore
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
        read = [item.read(_claims(item.problem, reading)) for item in evidence]
        undone, plain, aside = restore(read)
        searched = [item for item in plain if item.problem.claims]
        if aside and not searched:
            continue
        known = _all((), searched) and bool(searched)
        edited = () if known else _search(searched)
        named = recognise(aside, edited)
        if (known or edited) and named is not None:
            start = () if reading is None else (reading,)
            causes = tuple(dict.fromkeys((*start, *undone, *edited, *named)))
            return Explanation(causes) if causes else None
    return None


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


def _search(evidence: Sequence[Evidence]) -> tuple[Cause, ...]:
    """Graph edits, one or two, that reproduce the evidence; empty if there are none."""
    if not evidence:
        return ()
    first = next((item for item in evidence if not reproduces((), item)), evidence[0])
    probe = _Probe(first)
    singles = []
    for cause in _causes(evidence):
        edits = cause.edits(first.problem)
        if not edits:
            continue
        moved = probe.fingerprint(edits)
        single = _Single(cause, edits, probe.differ(moved, probe.right), probe.fit(moved))
        if single.fits.all() and _all((cause,), evidence):
            return (cause,)
        # what moves an array that is right cannot be part of the explanation
        if single.moves.any() and not (single.moves & ~probe.wrong).any():
            singles.append(single)
    for one, two in combinations(singles, 2):
        if probe.possible(one, two) and _all((one.cause, two.cause), evidence):
            return (one.cause, two.cause)
    return ()


class _Probe:
    """Compare hypotheses with the evidence along one random direction per array."""

    def __init__(self, item: Evidence):
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
