"""Hypotheses: a cause, the evidence it has to reproduce, and an explanation made of causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from autograder.engine.diagnosis.edits import merge
from autograder.engine.diagnosis.forms import Form
from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.problem import Claim, Problem
from autograder.networks import Array, Edits, Graph

#: Two arrays are the same explanation's numbers if they agree to this fraction of the largest.
MATCH = 1e-9


@dataclass(frozen=True)
class Cause:
    """A misconception in one form, at the places (layers, time steps) of a scope."""

    form: Form
    scope: str = ""

    @property
    def misconception(self) -> Misconception:
        """The misconception of the form."""
        return self.form.misconception

    def places(self, graph: Graph) -> tuple[int, ...]:
        """Return the layers, or time steps, where the mistake sits on this graph."""
        return self.form.places(graph, self.scope)

    def edits(self, problem: Problem) -> Edits | None:
        """Return the graph edits on this problem; None where the form does not apply."""
        return self.form.edits(problem, self.scope)


def together(causes: Sequence[Cause], problem: Problem) -> Edits | None:
    """The edits of several causes; None if one of them does not apply."""
    made: Edits = {}
    for cause in sorted(causes, key=lambda cause: cause.form.last):
        edits = cause.edits(problem.after(made))
        if edits is None:
            return None
        made = merge(made, edits)
    return made


@dataclass(frozen=True)
class Explanation:
    """The causes that together reproduce every array."""

    causes: tuple[Cause, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the misconceptions, each once."""
        return tuple(dict.fromkeys(cause.misconception.id for cause in self.causes))

    @property
    def mistake(self) -> bool:
        """False if the submission only follows another convention."""
        return any(cause.misconception.mistake for cause in self.causes)

    def edits(self, problem: Problem) -> Edits:
        """All graph edits of the explanation, for the picture."""
        return together(self.causes, problem) or {}


@dataclass(frozen=True)
class Evidence:
    """What a function returned on one problem: the arrays that are finite floats, by name."""

    problem: Problem
    returned: Mapping[str, Array]

    def read(self, claims: Mapping[str, Claim]) -> Evidence:
        """The same arrays under other claims; arrays that claim nothing are left out."""
        known = {n: c for n, c in claims.items() if n in self.returned}
        return replace(self, problem=self.problem.reading(known))


def reproduces(causes: Sequence[Cause], item: Evidence) -> bool:
    """Do these causes together give every array of the evidence, each of its entries?"""
    with np.errstate(all="ignore"):
        edits = together(causes, item.problem)
        if edits is None:
            return False
        told = _told(item.problem, item.returned, edits)
        if told is not None:
            return told
        wanted = item.problem.truth(edits)
    return all(close(item.returned[name], wanted[name]) for name in wanted)


def certified(problem: Problem, returned: Mapping[str, Array], edits: Edits) -> bool:
    """Whether a certificate says that the edited graph has these gradients; else nothing is known.

    It takes a few rows where `truth` takes one for each entry. Its bound is the sharper one, but
    for an array of zeros, of which it does not know how small they have to be.
    """
    return _told(problem, returned, edits) is True


def _told(problem: Problem, returned: Mapping[str, Array], edits: Edits) -> bool | None:
    """Whether the edited graph has these gradients; None where a certificate cannot tell.

    What is `close` in each entry is off by `MATCH` of its array's largest one at most, which the
    directions of a certificate divide by a thousandth of that at least: a larger sum refutes.
    """
    arrays = [returned[name] for name in problem.claims]
    if not all(array.any() for array in arrays):
        return None
    far = problem.defect(returned, edits=edits)
    if far <= MATCH / 10:
        return True
    floors = [max(1.0, 1e-6 / float(np.abs(array).max())) for array in arrays]
    bound = 2e3 * MATCH * sum(a.size * floor for a, floor in zip(arrays, floors, strict=True))
    return False if bound < far < np.inf else None


def close(found: Array, wanted: Array) -> bool:
    """Same shape and same finite numbers, to `MATCH`."""
    if found.shape != wanted.shape or not np.isfinite(wanted).all():
        return False
    # rounding leaves 1e-17 where a sum over softmax classes is zero
    scale = max(float(np.abs(wanted).max(initial=0.0)), 1e-6)
    return bool(np.all(np.abs(found - wanted) <= MATCH * scale))


def same(a: Array, b: Array) -> bool:
    """Whether two arrays have one shape and agree."""
    return a.shape == b.shape and close(a, b)
