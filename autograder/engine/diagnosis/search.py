"""Search the catalogue for the graph edits, one or two, that give a set of wrong gradients.

Every hypothesis is first compared along random directions, many of them in one forward pass;
only a match is confirmed, by a certificate or entry by entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import isclose
from typing import TypeAlias

import numpy as np

from autograder.engine.diagnosis.batch import Hypothesis, slopes
from autograder.engine.diagnosis.effects import Known, summed
from autograder.engine.diagnosis.hypothesis import MATCH, Cause, Evidence, reproduces, together
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits
from autograder.networks.facts import TimeFacts

Causes: TypeAlias = tuple[Cause, ...]


def explains(causes: Causes, evidence: Sequence[Evidence]) -> bool:
    """Do these causes give every array of all the evidence, entry by entry?"""
    return all(reproduces(causes, item) for item in evidence)


def one(evidence: Sequence[Evidence], known: Known) -> Causes:
    """One graph edit that reproduces the evidence; empty if there is none."""
    probe = _Probe(evidence, known)
    causes, parts = known.on(probe.problem)
    alone = [(cause,) for cause in causes]
    return _first(probe.fitting(known.sums(probe.problem, parts)), alone, evidence)


def one_by_arrays(evidence: Sequence[Evidence], known: Known) -> Causes:
    """The same by what `two` needs too: what each cause does to each array."""
    probe = _Probe(evidence, known)
    causes, parts = known.on(probe.problem)
    fits = probe.fit(known.table(probe.problem, parts)).all(axis=1)
    return _first(np.flatnonzero(fits), [(cause,) for cause in causes], evidence)


def two(evidence: Sequence[Evidence], known: Known) -> Causes:
    """Two graph edits that together reproduce the evidence; empty if there are none."""
    probe = _Probe(evidence, known)
    causes, parts = _in_pairs(*known.on(probe.problem), probe.problem)
    moved = known.table(probe.problem, parts)
    moves, fits = probe.differ(moved, probe.right), probe.fit(moved)
    scales = [_factor(row, probe.right, move) for row, move in zip(moved, moves, strict=True)]
    same, widths = [move.tobytes() for move in moves], _widths(probe.problem)
    pairs = [
        (i, k)
        for i, k in _possible(moves, fits, [cause.form.last for cause in causes], probe.wrong)
        # of two edits of the same wires the later one hides the first
        if (len(parts[i]) == 1 or parts[i].keys() != parts[k].keys())
        and not (same[i] == same[k] and _a_width(scales[i] * scales[k], widths))
    ]
    matches = probe.matches(*_made(pairs, causes, parts, probe.problem))
    found = _first(matches, [(causes[i], causes[k]) for i, k in pairs], evidence)
    enough = [cause for cause, fit in zip(causes, fits, strict=True) if fit.all()]
    return found or next(filter(None, (_beside(c, evidence, known) for c in enough)), ())


def _in_pairs(
    causes: Sequence[Cause], parts: Sequence[Edits], problem: Problem
) -> tuple[list[Cause], list[Edits]]:
    """Leave out edits that look at others, step by step, where these are made anew for each."""
    facts = problem.graph.facts
    several = isinstance(facts, TimeFacts) and facts.length > 1
    kept = [pair for pair in zip(causes, parts, strict=True) if not (several and pair[0].form.last)]
    return [cause for cause, _ in kept], [edits for _, edits in kept]


def _factor(row: Array, right: Array, moves: Array) -> float:
    """The one factor by which an edit multiplies all arrays that it moves; nan if there is none."""
    with np.errstate(all="ignore"):
        ratios = row[moves] / right[moves]
    one = len(ratios) > 0 and np.allclose(ratios, ratios[0], rtol=1e-6)
    return float(ratios[0]) if one else float("nan")


def _widths(problem: Problem) -> set[int]:
    shapes = [value.shape for value in problem.graph.seen.values()]
    return {n for shape in shapes for n in shape} - {1, problem.graph.facts.m}


def _a_width(factor: float, widths: Iterable[int]) -> bool:
    """Whether a factor is that of one width: a single slip, and no two that cancel in part."""
    return any(isclose(factor, f, rel_tol=1e-6) for n in widths for f in (n, 1 / n))


def _beside(first: Cause, evidence: Sequence[Evidence], known: Known) -> Causes:
    """A second cause beside one that is enough on the first problem, but not on another."""
    probe = _Probe(evidence, known, (first,))
    pairs = [(first, cause) for cause in known.causes if cause is not first]
    made = [(pair, together(pair, probe.problem) or {}) for pair in pairs]
    alone = [(n,) for n in range(len(made))]
    return _first(probe.matches([edits for _, edits in made], alone), pairs, evidence)


def _first(
    matches: Iterable[int], hypotheses: Sequence[Causes], evidence: Sequence[Evidence]
) -> Causes:
    """The first match that is confirmed."""
    found = (hypotheses[n] for n in matches)
    return next((causes for causes in found if explains(causes, evidence)), ())


def _possible(
    moves: Array, fits: Array, last: Sequence[bool], wrong: Array
) -> Iterator[Hypothesis]:
    """The pairs of causes that could be the explanation, by what each of them does alone.

    Together they have to move what is wrong, and nothing else. An array that only one of them
    moves has to be explained by that one alone; not so if its edits look at the other's.

    Parameters
    ----------
    moves, fits : bool array, shape (causes, arrays)
    last : sequence of bool
    wrong : bool array, shape (arrays,)
    """
    useful = moves.any(axis=1) & ~(moves & ~wrong).any(axis=1)
    still = (~moves).astype(float)
    misses = (moves & ~fits & ~np.array(last, dtype=bool)[:, None]).astype(float)
    alone = misses @ still.T
    excluded = still[:, wrong] @ still[:, wrong].T + alone + alone.T
    possible = (excluded == 0) & np.logical_and.outer(useful, useful)
    yield from ((int(i), int(k)) for i, k in np.argwhere(np.triu(possible, 1)))


def _made(
    pairs: Sequence[Hypothesis], causes: Sequence[Cause], parts: Sequence[Edits], problem: Problem
) -> tuple[list[Edits], list[Hypothesis]]:
    """Parts and hypotheses of these pairs: edits that look at others are made anew for each."""
    made, hypotheses = list(parts), list[Hypothesis]()
    for pair in pairs:
        first, second = sorted(pair, key=lambda k: causes[k].form.last)
        if causes[second].form.last:
            made.append(causes[second].edits(problem.after(parts[first])) or {})
            second = len(made) - 1
        hypotheses.append((first, second))
    return made, hypotheses


class _Probe:
    """Compare hypotheses with the first problem that `given` do not explain.

    Along each array's direction, `found` is the returned array and `right` what it has to be.
    """

    def __init__(self, evidence: Sequence[Evidence], known: Known, given: Causes = ()):
        item = next((item for item in evidence if not reproduces(given, item)), evidence[0])
        self.problem = problem = item.problem
        self.directions = known.directions(problem.graph)
        truth = problem.truth()
        along = {name: self.directions[claim.node] for name, claim in problem.claims.items()}
        terms = {name: item.returned[name] * along[name] for name in along}
        self.found = np.array([term.sum() for term in terms.values()])
        self.right = np.array([(truth[name] * along[name]).sum() for name in along])
        size = np.array([np.abs(term).sum() for term in terms.values()])
        self.scale = np.maximum(size, np.abs(self.right)) + 1e-300
        self.wrong = self.differ(self.found, self.right)

    def matches(self, parts: Sequence[Edits], hypotheses: Sequence[Hypothesis]) -> Iterator[int]:
        """The places of hypotheses that fit the sum of all arrays along their directions."""
        nudges = summed(self.problem, self.directions)
        rows = slopes(self.problem.graph, nudges, parts, hypotheses)
        return self.fitting(row[0] for row in rows)

    def fitting(self, sums: Iterable[float]) -> Iterator[int]:
        """The places of those that are the sum of all arrays along their directions."""
        found, bound = self.found.sum(), 10 * MATCH * self.scale.sum()
        return (n for n, slope in enumerate(sums) if abs(slope - found) <= bound)

    def differ(self, one: Array, other: Array) -> Array:
        return np.asarray(~(np.abs(one - other) <= MATCH * self.scale))

    def fit(self, moved: Array) -> Array:
        return np.asarray(np.abs(moved - self.found) <= 10 * MATCH * self.scale)
