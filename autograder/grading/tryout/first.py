"""Before the first student is graded: is the assignment in order?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from traitlets.config import Config

from autograder.grading.pool import run_all
from autograder.grading.sandbox.limits import Limits
from autograder.grading.tryout.findings import Finding
from autograder.grading.tryout.remembered import is_remembered, remember
from autograder.grading.tryout.tryout import NotTried, Run, read_assignment, try_assignment

_REFUSED = (
    "{name} is not graded: {count} of its tests would give students other points than they should. "
    "Mend what follows (`autograder try {name}` tries it again){anyway}.\n{lines}"
)


def try_first(
    course: Any,
    gradebook: Any,
    assignment: str,
    *,
    config: Config,
    limits: Limits,
    anyway: bool = False,
    how: str = "",
    run: Run = run_all,
) -> list[Finding]:
    """Try an assignment unless it was found in order before; return what is worth a look.

    Parameters
    ----------
    anyway : bool
        Grade whatever is found; then nothing is tried.
    how : str
        What an instructor does to grade anyway, for the message: "or grade with --anyway".

    Raises
    ------
    NotTried
        If students would get wrong points; the message names each test and what to change.
    """
    found = read_assignment(course, gradebook, assignment, config)
    root = Path(course.root)
    if anyway or is_remembered(root, found):
        return []
    told = try_assignment(found, limits, run=run)
    errors = [finding for finding in told if finding.error]
    if errors:
        lines = "\n".join(f"- {finding}" for finding in told)
        words = {"name": assignment, "count": len(errors), "lines": lines}
        raise NotTried(_REFUSED.format(**words, anyway=f", {how}" if how else ""))
    remember(root, found)
    return told


def try_for_nbgrader(course: Any, config: Config, limits: Limits, anyway: bool, log: Any) -> None:
    """Do it for ``nbgrader autograde``, in this process."""
    how = "or set c.TrustedExecute.grade_anyway = True"
    name = course.assignment_id
    with Gradebook(course.db_url, course.course_id) as book:
        told = try_first(course, book, name, config=config, limits=limits, anyway=anyway, how=how)
    for finding in told:
        log.warning("worth a look: %s", finding)
