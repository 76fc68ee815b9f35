"""What to try where no line of the function makes the arrays that are compared."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.engine.exercise import Exercise
from autograder.engine.judge import Findings
from autograder.engine.report.statement import Statement


def worked_out(exercise: Exercise, findings: Findings) -> Iterator[Statement]:
    """Say how the arrays follow from what is returned, and on which examples they are right."""
    wrong = [o.trial.label for o in findings.outcomes if o.wrong]
    right = [o.trial.label for o in findings.outcomes if o.gaps and not o.wrong]
    yield Statement(exercise.works_out, lambda: bool(wrong))
    yield Statement(
        f"What it does is right with {right[0] if right else ''}, and wrong with "
        f"{wrong[0] if wrong else ''}.",
        lambda: bool(right and wrong),
    )
    yield Statement(
        "An experiment: print the cost and one entry of W1 after each iteration. Which of them is "
        "the first that does not change as it should, and which line makes it?",
        lambda: bool(wrong),
    )
