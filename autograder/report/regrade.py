"""Grade again after a check was corrected, and show who changes, from what to what, and why."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.grading.folders import folder_of
from autograder.grading.submission.folder import is_junk
from autograder.report.classbook import Answer, ClassBook
from autograder.report.files import to_json, write_atomically

JOURNAL = ".regrade-{assignment}.json"


@dataclass(frozen=True)
class Change:
    """One check of one student that is now judged otherwise.

    Attributes
    ----------
    before, after : float
        Points.
    was, now : str
        The verdict in words: its status, and the misconceptions named.
    kept : bool
        Whether a person's points stand and hide the change.
    """

    check: str
    before: float
    after: float
    was: str
    now: str
    kept: bool = False


@dataclass(frozen=True)
class Regraded:
    """One student whose grade or verdicts changed."""

    student: str
    before: float
    after: float
    changes: tuple[Change, ...]


Snapshot = dict[str, dict[str, Any]]


def snapshot(book: ClassBook) -> Snapshot:
    """What is compared later: of each student the score and, check by check, points and verdict."""
    return {
        one.student: {
            "score": one.score,
            "answers": {a.check: [a.score, verdict(a), a.manual is not None] for a in one.answers},
        }
        for one in book.submissions
    }


def verdict(answer: Answer) -> str:
    """A verdict in a line: what is said of the check, and the misconceptions that are named."""
    named = "; ".join(str(said["title"]) for said in answer.diagnosis)
    why = named or ("" if answer.held else answer.message)
    return f"{answer.status}: {why}" if why else answer.status


_STOCK = "graded by nbgrader without this grader"


def difference(before: Snapshot, after: Snapshot) -> list[Regraded]:
    """Who changed; students who were graded for the first time count as well."""
    found = []
    for student, now in sorted(after.items()):
        was = before.get(student, {"score": 0.0, "answers": {}})
        changes = tuple(_changes(was["answers"], now["answers"]))
        if changes or was["score"] != now["score"]:
            found.append(Regraded(student, was["score"], now["score"], changes))
    return found


def _changes(was: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    absent = [0.0, "not there", False]
    found = []
    for check in dict.fromkeys([*was, *now]):
        old, new = was.get(check, absent), now.get(check, absent)
        if old[1:] == [Answer.status, False] and new[1] != Answer.status:
            # nbgrader alone had graded it, which leaves points and no verdict
            old = [old[0], _STOCK, False]
        if old[:2] != new[:2] and (old[1] != _STOCK or old[0] != new[0]):
            found.append(Change(check, old[0], new[0], old[1], new[1], bool(new[2])))
    return found


class Journal:
    """What was known before a regrade, on disk until the regrade is complete.

    A regrade that was interrupted is taken up with the same "before", and grades only those whose
    graded notebooks are older than its start, or gone.
    """

    def __init__(self, course: Any, assignment: str, students: Sequence[str] | None) -> None:
        self.path = Path(course.root, JOURNAL.format(assignment=assignment))
        self._course, self._assignment, self._students = course, assignment, students

    @property
    def unfinished(self) -> bool:
        """Whether an earlier regrade was interrupted."""
        return self.path.exists()

    def begin(self, before: Callable[[], Snapshot]) -> Snapshot:
        """Return the state before the regrade: a new one, or that of the interrupted regrade."""
        if not self.unfinished:
            content = {"started": time.time(), "before": before()}
            write_atomically(self.path, to_json(content))
        found: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        self._started = float(found["started"])
        snapshots: Snapshot = found["before"]
        return snapshots

    def remaining(self, before: Snapshot) -> list[str]:
        """Those of `before` who are still to be graded again."""
        wanted = before if self._students is None else [s for s in self._students if s in before]
        return [student for student in wanted if not self._is_done(student)]

    def _is_done(self, student: str) -> bool:
        step = self._course.autograded_directory
        folder = folder_of(self._course, step, student, self._assignment)
        notebooks = [p for p in folder.glob("*.ipynb") if p.is_file() and not is_junk(p.name)]
        return bool(notebooks) and min(p.stat().st_mtime for p in notebooks) >= self._started

    def end(self) -> None:
        """The regrade is complete."""
        self.path.unlink(missing_ok=True)


def print_difference(changed: Sequence[Regraded], total: int) -> None:
    """Print who changed, and below each the checks that did it."""
    for one in changed:
        print(f"{one.student}  {one.before:g} -> {one.after:g}  ({one.after - one.before:+g})")
        for change in one.changes:
            kept = "  (points given by hand are kept)" if change.kept else ""
            print(f"    {change.check}  {change.before:g} -> {change.after:g}{kept}")
            print(f"        was: {change.was}")
            print(f"        now: {change.now}")
    up = sum(one.after > one.before for one in changed)
    down = sum(one.after < one.before for one in changed)
    print(
        f"{total} graded again: {up} with more points, {down} with fewer, {total - up - down} equal"
    )
