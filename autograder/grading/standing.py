"""Where a submission stands in the gradebook."""

from __future__ import annotations

from typing import Any, NamedTuple


class Standing(NamedTuple):
    """Points after the penalty for being late, all points, and those that wait for a person."""

    score: float
    max_score: float
    penalty: float
    waiting: float


def standing(submission: Any) -> Standing:
    """Read from the gradebook where a submission stands."""
    penalty = float(submission.late_submission_penalty or 0)
    grades = (grade for notebook in submission.notebooks for grade in notebook.grades)
    open_ = (g for g in grades if g.auto_score is None and g.manual_score is None)
    waiting = sum(grade.max_score for grade in open_)
    score = max(0.0, float(submission.score) - penalty)
    return Standing(score, float(submission.max_score), penalty, float(waiting))
