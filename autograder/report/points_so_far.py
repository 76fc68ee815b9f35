"""What a notebook's points stand at, as far as its visible checks can tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.engine.report.verdict import Verdict


@dataclass(frozen=True)
class Points:
    """Points of a notebook before it is graded.

    Attributes
    ----------
    earned : float
        Of the cells whose check holds on the visible examples.
    checked : float
        Of all cells whose check was looked at.
    later : float
        Of the cells that only grading can tell: bug hunts, tests of the instructor's own, answers
        that a person reads.
    """

    earned: float
    checked: float
    later: float

    def __str__(self) -> str:
        told = f"so far {self.earned:g} of {self.checked:g} points, by the visible checks"
        return f"{told}; {self.later:g} more are decided when it is graded" if self.later else told


def points_so_far(cells: Iterable[Any], reports: Iterable[Mapping[str, Any]]) -> Points | None:
    """Add up the points of a released notebook's graded cells; None if it has none.

    Parameters
    ----------
    cells : iterable of nbformat cells
    reports : iterable of mapping
        The visible checks' JSON; a graded cell is named like the check that it runs.
    """
    verdicts = {v["check"]: Verdict(**v) for report in reports for v in report["verdicts"]}
    earned = checked = later = 0.0
    for cell in cells:
        tracked = cell.metadata.get("nbgrader", {})
        points = float(tracked.get("points") or 0) if tracked.get("grade") else 0.0
        verdict = verdicts.get(tracked.get("grade_id", ""))
        if verdict is None:
            later += points
        else:
            checked += points
            earned += points * verdict.earned
    return Points(earned, checked, later) if checked or later else None
