"""The rows of a submission that the gradebook does not have yet: a few inserts, no objects.

nbgrader builds an object for each cell, which takes most of the writer's time. Most submissions of
a class come for the first time, and on time; for these the rows are known from the assignment.
They are what `Gradebook.add_submission` of nbgrader makes, with the points and comments in them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook, new_uuid
from nbgrader.utils import parse_utc
from sqlalchemy import insert, select

from autograder.grading.standing import Standing
from autograder.grading.task import Outcome, Sheet


class _Cell(NamedTuple):
    id: str
    name: str
    max_score: float = 0.0


class FirstRows:
    """Writes the rows of first submissions of one assignment, within the session's transaction."""

    def __init__(self, assignment: Any) -> None:
        self._id, self._due = assignment.id, assignment.duedate
        self._notebooks = [(n.id, n.name, *_cells(n)) for n in assignment.notebooks]
        self._max_score = sum(c.max_score for n in self._notebooks for c in n[2])

    def are_wanted(self, db: Any, student: str, moment: datetime | None) -> bool:
        """Tell whether there is no such submission yet, and it is on time."""
        if moment is not None and self._due is not None and parse_utc(moment) > self._due:
            return False
        table = SubmittedAssignment.__table__
        mine = (table.c.assignment_id == self._id) & (table.c.student_id == student)
        return db.execute(select(table.c.id).where(mine)).first() is None

    def write(self, db: Any, outcome: Outcome, moment: datetime | None) -> Standing:
        """Insert a submission, its notebooks, grades and comments; tell where it stands.

        The student has to be in the gradebook.
        """
        submission, when = new_uuid(), parse_utc(moment)
        ids = {"id": submission, "assignment_id": self._id, "student_id": outcome.student}
        notebooks: list[dict[str, Any]] = []
        grades: list[dict[str, Any]] = []
        comments: list[dict[str, Any]] = []
        for id, name, graded, commented in self._notebooks:
            own, sheet = new_uuid(), outcome.sheets.get(name, Sheet())
            notebooks.append({"id": own, "assignment_id": submission, "notebook_id": id})
            grades += [_grade(own, cell, sheet) for cell in graded]
            comments += [_comment(own, cell, sheet) for cell in commented]
        for entity, rows in (
            (SubmittedAssignment, [ids | {"timestamp": when}]),
            (SubmittedNotebook, notebooks),
            (Grade, grades),
            (Comment, comments),
        ):
            if rows:
                db.execute(insert(entity.__table__), rows)
        score = sum(row["auto_score"] or 0.0 for row in grades)
        open_ = {row["cell_id"] for row in grades if row["auto_score"] is None}
        waiting = sum(c.max_score for n in self._notebooks for c in n[2] if c.id in open_)
        return Standing(score, self._max_score, 0.0, waiting)


def add_student(db: Any, student: str, add: Callable[[str], Any]) -> None:
    """Add a student who is not in the gradebook yet."""
    table = Student.__table__
    if db.execute(select(table.c.id).where(table.c.id == student)).first() is None:
        add(student)
        db.flush()  # the rows that refer to it are no objects, and do not ask for this


def _cells(notebook: Any) -> tuple[list[_Cell], list[_Cell]]:
    """The cells of a notebook that have a grade, and those that have a comment."""
    tasks = [_Cell(c.id, c.name, float(c.max_score)) for c in notebook.task_cells]
    graded = [_Cell(c.id, c.name, float(c.max_score)) for c in notebook.grade_cells]
    return graded + tasks, [_Cell(c.id, c.name) for c in notebook.solution_cells] + tasks


def _grade(notebook: str, cell: _Cell, sheet: Sheet) -> dict[str, Any]:
    points = sheet.points.get(cell.name)
    return {
        "id": new_uuid(),
        "cell_id": cell.id,
        "notebook_id": notebook,
        "auto_score": points,
        "needs_manual_grade": points is None,
    }


def _comment(notebook: str, cell: _Cell, sheet: Sheet) -> dict[str, Any]:
    said = sheet.comments.get(cell.name)
    return {"id": new_uuid(), "cell_id": cell.id, "notebook_id": notebook, "auto_comment": said}
