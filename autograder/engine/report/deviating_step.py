"""At which step of a loop a way back goes wrong: what is summed over the steps does not tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from autograder.engine.diagnosis.general.kinds import ends
from autograder.engine.findings import Outcome
from autograder.engine.locate.case import CLOSE, number_array
from autograder.engine.problem import Problem
from autograder.engine.report.statement import Statement
from autograder.networks import Array
from autograder.networks.facts import TimeFacts


def over_steps(problem: Problem, name: str) -> bool:
    """Return whether an array is a sum over the steps, as the gradient of a weight is."""
    graph, node = problem.graph, problem.claims[name].node if name in problem.claims else ""
    if not isinstance(graph.facts, TimeFacts) or graph.facts.T < 2 or node not in graph.inputs:
        return False
    reads = [wire for wire in graph.wires() if ends(wire)[0] == node]
    return len(reads) > 1 and all(graph.value(w).size == graph.value(node).size for w in reads)


def steps_that_deviate(outcomes: Sequence[Outcome]) -> Iterator[Statement]:
    """Yield at which step an array that has an entry for each step is the first to deviate."""
    for name in dict.fromkeys(n for o in outcomes for n in o.gaps):
        counted = [c for o in outcomes if (c := _last_wrong(o, name)) is not None]
        wrong = [(last, T) for last, T in counted if last and T > 1]
        if not wrong:
            continue
        if all(last == T for last, T in wrong):
            yield Statement(
                f"{name} is off at the last step already, the first one on the way back: nothing "
                "is carried to it yet.",
                lambda: True,  # it has just been counted
            )
        elif all(last == T - 1 for last, T in wrong):
            yield Statement(
                f"{name} is right at the last step, and off from the one before it on: what is "
                "carried from step to step is what deviates first.",
                lambda: True,
            )
        return


def _last_wrong(outcome: Outcome, name: str) -> tuple[int, int] | None:
    """The last step at which an array is wrong, counted from 1, 0 for none; and how many are."""
    problem = outcome.trial.problem
    if problem is None or name not in problem.claims:
        return None
    facts, found = problem.graph.facts, number_array(outcome.returned.get(name))
    right = outcome.wanted.get(name)
    if not isinstance(facts, TimeFacts) or found is None or right is None or right.ndim != 3:
        return None
    if found.shape != right.shape or problem.claims[name].node not in problem.graph.inputs:
        return None
    axis = _steps_axis(problem, problem.claims[name].node, right)
    if axis is None or not np.isfinite(found).all():
        return None
    bound = max(CLOSE, outcome.trial.tolerance or 0.0) * float(np.abs(right).max(initial=1e-9))
    off = np.abs(found - right).max(axis=tuple(k for k in range(3) if k != axis)) > bound
    return int(np.flatnonzero(off).max(initial=-1)) + 1, facts.T


def _steps_axis(problem: Problem, node: str, array: Array) -> int | None:
    """Along which axis of a leaf its steps stand, from the shape that one step reads."""
    one = next((w for w in problem.graph.wires() if ends(w)[0] == node), None)
    if one is None:
        return None
    T, shape = problem.graph.facts.length, problem.graph.value(one).shape
    fits = [k for k in range(3) if (*array.shape[:k], *array.shape[k + 1 :]) == shape]
    fits = [k for k in fits if array.shape[k] == T]
    return fits[0] if len(fits) == 1 else None
