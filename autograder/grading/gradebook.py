"""The one writer of the gradebook."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from autograder.grading.first_rows import FirstRows, add_student
from autograder.grading.late import LatePenalties
from autograder.grading.standing import Standing, standing
from autograder.grading.task import Outcome, Sheet


class Record:
    """Writes outcomes into the gradebook, each in full or not at all.

    A submission counts as graded once its folder stands under ``autograded``; that is the last
    step, so that a run that is killed at any moment repeats at most what it was doing.
    """

    def __init__(self, gradebook: Gradebook, course: Any, assignment: str) -> None:
        self._gradebook, self._course, self._assignment = gradebook, course, assignment
        # this is the only writer: after a commit nothing has to be read again, row by row
        gradebook.db().expire_on_commit = False
        notebooks = gradebook.find_assignment(assignment).notebooks
        cells = (n.grade_cells + n.solution_cells + n.task_cells for n in notebooks)
        self._names = {cell.id: cell.name for listed in cells for cell in listed}
        self._late = LatePenalties(course)
        self._first = FirstRows(gradebook.find_assignment(assignment))

    def write(self, outcome: Outcome, moment: datetime | None) -> Standing:
        """Store one submission's grades and move its notebooks into place."""
        book, submission = self._gradebook, None
        with _without_commits(book.db):
            add_student(book.db, outcome.student, book.add_student)
            if self._first.are_wanted(book.db, outcome.student, moment):
                now = self._first.write(book.db, outcome, moment)
            else:
                submission = self._again(outcome, moment)
        book.db.commit()
        if submission is not None:
            self._penalize(submission, outcome)
        self._move(outcome)
        if submission is not None:
            book.db.refresh(submission)
            now = standing(submission)
        return now

    def _again(self, outcome: Outcome, moment: datetime | None) -> Any:
        """Fill the submission that the gradebook has, or make one, with nbgrader's own objects."""
        book, when = self._gradebook, {} if moment is None else {"timestamp": moment}
        with warnings.catch_warnings():
            # nbgrader builds a submission's rows before it adds the submission to the session
            warnings.filterwarnings("ignore", "Object of type .* not in session", SAWarning)
            args = self._assignment, outcome.student
            submission = book.update_or_create_submission(*args, **when)
            # before anything is written, so that each row is written once
            with book.db.no_autoflush:
                for notebook in submission.notebooks:
                    if notebook.notebook.name in outcome.sheets:
                        self._fill(notebook, outcome.sheets[notebook.notebook.name])
        return submission

    def _move(self, outcome: Outcome) -> None:
        target = Path(self._course.format_path(*self._place(outcome.student)))
        target.parent.mkdir(parents=True, exist_ok=True)
        _protect(outcome.folder)
        if target.exists():  # moved, not deleted: a folder that is half deleted would count as done
            target.rename(outcome.folder.with_name("before"))
        outcome.folder.rename(target)
        shutil.rmtree(outcome.folder.parent, ignore_errors=True)

    def is_done(self, student: str, moment: datetime | None, saved: datetime | None) -> bool:
        """Tell whether a submission was graded before and has not been handed in again since."""
        target = Path(self._course.format_path(*self._place(student)))
        newer = moment is not None and saved is not None and moment > saved
        return target.exists() and not newer

    def _place(self, student: str) -> tuple[str, str, str]:
        return self._course.autograded_directory, student, self._assignment

    def _fill(self, notebook: Any, sheet: Sheet) -> None:
        for grade in notebook.grades:
            name = self._names[grade.cell_id]
            if name in sheet.points:
                grade.auto_score = sheet.points[name]
                # as nbgrader: a person looks again at what a person has graded
                by_hand = grade.manual_score is not None or grade.auto_score is None
                grade.needs_manual_grade = by_hand
        for comment in notebook.comments:
            name = self._names[comment.cell_id]
            if name in sheet.comments:
                comment.auto_comment = sheet.comments[name]

    def _penalize(self, submission: Any, outcome: Outcome) -> None:
        """Let the course's plug-in set the penalty of a late submission."""
        late = submission.total_seconds_late > 0
        if late or any(n.late_submission_penalty is not None for n in submission.notebooks):
            for notebook in outcome.sheets:
                self._late.set(outcome.student, self._assignment, notebook)


@contextmanager
def _without_commits(db: Any) -> Iterator[None]:
    """Let nbgrader's own functions commit nothing: all of a submission is one transaction."""
    db.commit = _nothing
    try:
        yield
    finally:
        del db.commit


def _nothing() -> None:
    """Stand in for a commit."""


def _protect(folder: Path) -> None:
    """Make files read-only, as nbgrader does."""
    for path in folder.rglob("*"):
        if path.is_file():
            os.chmod(path, 0o444)
