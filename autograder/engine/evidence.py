"""From the outcomes of trials to an explanation of what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.engine.diagnosis import Evidence, Explanation, Shown, valued
from autograder.engine.findings import Findings, Outcome
from autograder.engine.run import floats
from autograder.networks import Array
from autograder.networks.facts import TimeFacts

Search = Callable[[list[Evidence]], Explanation | None]


def enter(findings: Findings, search: Search, tried: list[tuple[list[Outcome], bool]]) -> None:
    """Enter the first explanation into the findings, and the problems that it was found on."""
    for outcomes, extra in tried:
        findings.extra = extra
        findings.problems = tuple(o.trial.problem for o in outcomes if o.trial.problem is not None)
        evidence = evidence_of(outcomes)
        evidence.sort(key=lambda item: -len(item.problem.claims))
        findings.explanation = search(evidence) if evidence else None
        if findings.explanation is not None:
            return


def evidence_of(outcomes: list[Outcome]) -> list[Evidence]:
    """What was returned where; of zeros in a wrong shape nothing can be told, unless all are."""
    evidence = [_evidence(o) for o in outcomes if _has_evidence(o)]
    return [item for item in evidence if not _silent(item)] or evidence


def of_right_shape(outcomes: list[Outcome]) -> list[Outcome]:
    """Those on which no shape is wrong: where one is, arrays met that were not meant to meet."""
    gaps = [(o, [g for g in o.gaps.values() if g is not None and g.wrong]) for o in outcomes]
    return [o for o, wrong in gaps if o.error is None and all(g.kind != "shape" for g in wrong)]


def valued_by(tried: list[tuple[list[Outcome], bool]]) -> Explanation | None:
    """Find the network of which the returned values are."""
    for outcomes, _ in tried:
        shown = [
            Shown(o.trial.graph, o.trial.nodes, floats(o.returned), tuple(_arrays_in(o.values)))
            for o in outcomes
            if o.trial.graph is not None and set(o.trial.nodes) <= floats(o.returned).keys()
        ]
        found = valued(shown)
        if found is not None:
            return found
    return None


def _arrays_in(value: Any, depth: int = 4) -> Iterator[Array]:
    """Yield the arrays of numbers in nested tuples, lists and dicts."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        yield value
    elif depth and isinstance(value, tuple | list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _arrays_in(item, depth - 1)


def _has_evidence(outcome: Outcome) -> bool:
    trial = outcome.trial
    return trial.problem is not None and trial.truth is None and bool(floats(outcome.returned))


def _silent(item: Evidence) -> bool:
    """Whether an array of it has a wrong shape and holds nothing but zeros."""
    claims = item.problem.claims
    return any(
        not array.any() and array.shape != item.problem.graph.value(claims[name].node).shape
        for name, array in item.returned.items()
        if name in claims
    )


def tiny(outcome: Outcome) -> bool:
    problem = outcome.trial.problem
    if problem is None or not isinstance(problem.graph.facts, TimeFacts):
        return False
    return problem.graph.facts.T == 1


def _evidence(outcome: Outcome) -> Evidence:
    assert outcome.trial.problem is not None
    return Evidence(outcome.trial.problem, floats(outcome.returned))
