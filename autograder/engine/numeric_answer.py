"""What makes a right gradient worth an instructor's look: it may be a numeric one.

Who returns the finite differences of a forward pass has not written a backward pass. That shows in
what it costs, as many forward passes as there are entries, or in what it is worth, nine digits
where a backward pass has fourteen. It is told to the instructor and takes no points: neither is a
proof, and a complex step in one line shows in nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.exercise import EXERCISES, Exercise
from autograder.engine.findings import Findings, Outcome
from autograder.engine.run import floats

#: Rounding stays far below this, finite differences do not.
EXACT = 5e-10
#: Finite differences come closer than this; what is further off passes for another reason: a
#: function that it calls is wrong, and the mistake is told there.
COARSE = 1e-2
#: Here numeric gradients are what is asked for.
_NUMERIC_UNITS = ("05",)
#: Forward passes have these words in their names, or for a name.
_FORWARD = ("forward", "cost", "loss", "states")


def watched(exercise: Exercise) -> tuple[str, ...]:
    """Names of the forward passes whose calls by a backward pass are counted."""
    names = [e.name for e in EXERCISES.values() if any(word in e.name for word in _FORWARD)]
    return tuple(name for name in dict.fromkeys([*names, *_FORWARD]) if name != exercise.name)


def remark(exercise: Exercise, findings: Findings) -> str:
    """One sentence on gradients that are right and look numeric; else nothing."""
    if exercise.unit in _NUMERIC_UNITS or any(outcome.wrong for outcome in findings.outcomes):
        return ""
    return next(iter([*_costly(findings.outcomes), *_coarse(findings.outcomes)]), "")


def _costly(outcomes: list[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        problem = outcome.trial.problem
        if problem is None or not outcome.calls:
            continue
        inputs = problem.graph.inputs
        nodes = {claim.node for claim in problem.claims.values()} & inputs.keys()
        entries = sum(inputs[node].size for node in nodes)
        name, calls = max(outcome.calls.items(), key=lambda item: item[1])
        if calls >= entries > 1:
            yield (
                f"it calls {name} {calls} times for gradients of {entries} entries: this looks "
                "like a numeric gradient of the forward pass"
            )


def _coarse(outcomes: list[Outcome]) -> Iterator[str]:
    worst = max(map(_accuracy, outcomes), default=0.0)
    if EXACT < worst < COARSE:
        yield (
            f"its gradients are right to a relative error of {worst:.0e} only, as finite "
            "differences are; a backward pass is right to 1e-14"
        )


def _accuracy(outcome: Outcome) -> float:
    """The outcome's defect; where that is told, along directions that are always the same."""
    problem = outcome.trial.problem
    if problem is None or not EXACT / 10 < outcome.defect < float("inf"):
        return outcome.defect
    return problem.defect(floats(outcome.returned), np.random.default_rng(0))
