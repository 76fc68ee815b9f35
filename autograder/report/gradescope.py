"""Export to Gradescope: results.json with one test a check."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

from autograder.report.classbook import Answer, Submission
from autograder.report.files import to_json, write_atomically

Visibility = Literal["visible", "hidden", "after_due_date", "after_published"]
VISIBILITIES: tuple[str, ...] = get_args(Visibility)

STOPPED = (
    "Grading was stopped before it had finished (a limit of time or memory). Nothing is lost: "
    "submit again, and tell the course if it happens twice."
)


def results(one: Submission, visibility: Visibility = "visible", seconds: float = 0.0) -> Any:
    """Return what Gradescope reads for one submission, as plain data.

    Parameters
    ----------
    visibility : str
        Of each test. As soon as one is hidden, Gradescope shows students no total.
    seconds : float
        How long grading took.
    """
    said = [one.unreadable] if one.unreadable else list(one.notes)
    found: dict[str, Any] = {
        "score": one.score,
        "output": "\n".join(said),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {"student": one.student, "isolation": one.isolation},
        "tests": [_test(n, a, visibility) for n, a in enumerate(one.answers, 1)],
    }
    return found | ({"execution_time": round(seconds, 2)} if seconds else {})


def _test(number: int, answer: Answer, visibility: Visibility) -> dict[str, Any]:
    return {
        "name": answer.check,
        "name_format": "text",
        "number": str(number),
        "score": answer.score,
        "max_score": answer.max_score,
        "status": "passed" if answer.score >= answer.max_score else "failed",
        "output": "A person will grade this." if answer.open else answer.said,
        "output_format": "text",
        "tags": [answer.function],
        "visibility": visibility,
        "extra_data": {
            "status": answer.status,
            "misconceptions": [said["id"] for said in answer.diagnosis],
        },
    }


def not_graded(why: str) -> Any:
    """Return what Gradescope reads where there is no verdict: zero points and the reason."""
    return {"score": 0, "output": why, "output_format": "text", "stdout_visibility": "hidden"}


def write_results(path: Path, found: Any) -> Path:
    """Write a ``results.json``; a run that is killed leaves the one before, never half a file."""
    return write_atomically(path, to_json(found))
