"""What to try where no line of the function makes the arrays that are compared."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.engine.findings import Findings
from autograder.engine.report.statement import Statement


def worked_out(findings: Findings, how: str, experiment: str) -> Iterator[Statement]:
    """Say how the arrays follow from what is returned, and on which examples they are right."""
    if any(outcome.trouble for outcome in findings.outcomes):
        return  # what came back has another form: nothing was worked out
    wrong = [o.trial.label for o in findings.outcomes if o.wrong]
    right = [o.trial.label for o in findings.outcomes if o.gaps and not o.wrong]
    yield Statement(how, lambda: bool(wrong))
    yield Statement(
        f"What it does is right with {right[0] if right else ''}, and wrong with "
        f"{wrong[0] if wrong else ''}.",
        lambda: bool(right and wrong),
    )
    yield Statement(experiment, lambda: bool(wrong))
