"""The gradebook, before anything is read from it: is there one, and does it know the assignment?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.report.collect import NotGraded, unknown

_FILE = "sqlite:///"


def missing(course: Any) -> Path | None:
    """Return where the gradebook should be, if it is a file and is not there."""
    url = str(course.db_url)
    path = Path(url.removeprefix(_FILE))
    return path if url.startswith(_FILE) and not path.is_file() else None


def require_gradebook(course: Any, assignment: str = "ASSIGNMENT") -> None:
    """Make sure that there is a gradebook; opening one that is not there would make it.

    Raises
    ------
    NotGraded
        If the file is not there; the message names it.
    """
    path = missing(course)
    if path is not None:
        raise NotGraded(
            f"there is no gradebook: looked for {path}; run: autograder grade {assignment}"
        )


def require_known(gradebook: Any, assignment: str) -> None:
    """Make sure that a gradebook knows an assignment.

    Raises
    ------
    NotGraded
        If it does not; the message names those that it knows.
    """
    if assignment not in {one.name for one in gradebook.assignments}:
        raise unknown(gradebook, assignment)
