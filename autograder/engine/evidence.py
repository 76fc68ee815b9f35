"""From the outcomes of trials to an explanation of what is wrong."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.diagnosis import Evidence, Explanation, Shown, valued
from autograder.engine.judge import Findings, Outcome
from autograder.engine.run import floats
from autograder.networks.facts import TimeFacts

Search = Callable[[list[Evidence]], Explanation | None]


def enter(findings: Findings, search: Search, tried: list[tuple[list[Outcome], bool]]) -> None:
    """Enter the first explanation into the findings, and the problems that it was found on."""
    for outcomes, extra in tried:
        findings.extra = extra
        findings.problems = tuple(o.trial.problem for o in outcomes if o.trial.problem is not None)
        evidence = [_evidence(o) for o in outcomes if _has_evidence(o)]
        evidence.sort(key=lambda item: -len(item.problem.claims))
        findings.explanation = search(evidence) if evidence else None
        if findings.explanation is not None:
            return


def valued_by(tried: list[tuple[list[Outcome], bool]]) -> Explanation | None:
    """Find the network of which the returned values are."""
    for outcomes, _ in tried:
        shown = [
            Shown(o.trial.graph, o.trial.nodes, floats(o.returned))
            for o in outcomes
            if o.trial.graph is not None and set(o.trial.nodes) <= floats(o.returned).keys()
        ]
        found = valued(shown)
        if found is not None:
            return found
    return None


def _has_evidence(outcome: Outcome) -> bool:
    trial = outcome.trial
    return trial.problem is not None and trial.truth is None and bool(floats(outcome.returned))


def square(outcome: Outcome) -> bool:
    """Whether it ran on an example with a square array and no other length but 1."""
    problem = outcome.trial.problem
    if problem is None or outcome.error is not None:
        return False
    shapes = [np.shape(leaf) for leaf in problem.graph.inputs.values()]
    lengths = {length for shape in shapes for length in shape} - {1}
    return len(lengths) == 1 and any(shape == 2 * tuple(lengths) for shape in shapes)


def tiny(outcome: Outcome) -> bool:
    problem = outcome.trial.problem
    if problem is None or not isinstance(problem.graph.facts, TimeFacts):
        return False
    return problem.graph.facts.T == 1


def _evidence(outcome: Outcome) -> Evidence:
    assert outcome.trial.problem is not None
    return Evidence(outcome.trial.problem, floats(outcome.returned))
