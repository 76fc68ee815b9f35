"""Read a class book from what grading left: the gradebook and the autograded notebooks.

Nothing is run again. Points come from the gradebook, so that what a person changed in formgrader
counts; everything else comes from the verdicts in the notebooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from autograder.engine.report.report import MIME
from autograder.grading.folders import folder_of, root_of, students_of
from autograder.report.classbook import Answer, ClassBook, Submission
from autograder.report.graded import read_graded

Tick = Callable[[], object]


class NotGraded(Exception):
    """There is nothing to report on; the message says what to run first."""


def collect(course: Any, assignment: str, tick: Tick = lambda: None) -> ClassBook:
    """Read one assignment.

    Parameters
    ----------
    course : nbgrader.coursedir.CourseDirectory
    assignment : str
    tick : function, optional
        Called once a submission.

    Raises
    ------
    NotGraded
        If the gradebook does not know the assignment, or nobody's submission is graded yet.
    """
    from nbgrader.api import Gradebook, MissingEntry

    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            order = _order(gradebook.find_assignment(assignment))
        except MissingEntry:
            raise unknown(gradebook, assignment) from None
        people = {s.id: s for s in gradebook.students}
        rows = _grades(gradebook, assignment)
        penalties = _penalties(gradebook, assignment)
        names = dict.fromkeys(notebook for notebook, _ in order)
        found = []
        for student in sorted(rows):
            folder = folder_of(course, course.autograded_directory, student, assignment)
            notebooks = read_graded(folder, names)
            if notebooks:
                answers, about = _answers(rows[student], notebooks, order)
                late = penalties.get(student, 0.0)
                found.append(_submission(people[student], answers, about, late))
            tick()
        everyone = list(people)
    if not found:
        raise NotGraded(f"nothing is graded yet; run: autograder grade {assignment}")
    done = {submission.student for submission in found}
    handed_in = set(_handed_in(course, assignment))
    waiting = tuple(sorted(handed_in - done))
    silent = tuple(sorted(s for s in everyone if s not in done | handed_in))
    return ClassBook(assignment, tuple(found), waiting, silent)


def unknown(gradebook: Any, assignment: str) -> NotGraded:
    """Return what to say of an assignment that the gradebook does not know."""
    names = sorted(one.name for one in gradebook.assignments)
    there = f"it knows {', '.join(names[:12])}" if names else "it knows none"
    return NotGraded(
        f"the gradebook does not know {assignment!r}, {there}; run: autograder grade {assignment}"
    )


def graded_assignments(course: Any) -> list[str]:
    """The assignments of which at least one submission is graded."""
    from nbgrader.api import Gradebook

    step = course.autograded_directory
    if not root_of(course, step).is_dir():
        return []
    with Gradebook(course.db_url, course.course_id) as gradebook:
        names = sorted(assignment.name for assignment in gradebook.assignments)
    return [name for name in names if any(students_of(course, step, name))]


def _order(assignment: Any) -> dict[tuple[str, str], int]:
    """The place of each cell in the assignment, by (notebook, cell)."""
    cells = [(n.name, cell.name) for n in assignment.notebooks for cell in n.source_cells]
    return {cell: place for place, cell in enumerate(cells)}


def _grades(gradebook: Any, assignment: str) -> dict[str, list[Any]]:
    """All grades of an assignment in one query, by student.

    A row is (student, notebook, cell, score, max_score, manual_score, needs_manual_grade).
    """
    from nbgrader import api

    rows = (
        gradebook.db.query(
            api.SubmittedAssignment.student_id,
            api.Notebook.name,
            api.BaseCell.name,
            api.Grade.score,
            api.Grade.max_score,
            api.Grade.manual_score,
            api.Grade.needs_manual_grade,
        )
        .select_from(api.Grade)
        .join(api.SubmittedNotebook, api.Grade.notebook_id == api.SubmittedNotebook.id)
        .join(api.Notebook, api.SubmittedNotebook.notebook_id == api.Notebook.id)
        .join(
            api.SubmittedAssignment,
            api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id,
        )
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        .join(api.BaseCell, api.Grade.cell_id == api.BaseCell.id)
        .filter(api.Assignment.name == assignment)
    )
    found: dict[str, list[Any]] = {}
    for student, *row in rows:
        found.setdefault(student, []).append(row)
    return found


def _penalties(gradebook: Any, assignment: str) -> dict[str, float]:
    submissions = gradebook.find_assignment(assignment).submissions
    return {s.student_id: float(s.late_submission_penalty or 0) for s in submissions}


def _handed_in(course: Any, assignment: str) -> Iterable[str]:
    return (student for student, _ in students_of(course, course.submitted_directory, assignment))


def _answers(
    rows: list[Any], notebooks: dict[str, Any], order: dict[tuple[str, str], int]
) -> tuple[tuple[Answer, ...], list[dict[str, Any]]]:
    """The answers in the order of the assignment, and what grading noted of each notebook."""
    cells = {
        (name, cell["metadata"].get("nbgrader", {}).get("grade_id")): cell
        for name, nb in notebooks.items()
        for cell in nb["cells"]
    }
    rows = sorted(rows, key=lambda row: order.get((row[0], row[1]), len(order)))
    answers = tuple(_answer(row, cells.get((row[0], row[1]), {})) for row in rows)
    return answers, [nb["metadata"].get("autograder", {}) for nb in notebooks.values()]


def _answer(row: list[Any], cell: dict[str, Any]) -> Answer:
    _, check, score, best, manual, waits = row
    ran = cell.get("metadata", {}).get("autograder")
    points = (check, float(score or 0), float(best or 0), manual, bool(waits))
    if ran is None:
        return Answer(*points)
    bundle = _bundle(cell)
    report = {k: v for k, v in bundle.get(MIME, {}).items() if k not in ("picture", "example")}
    verdict: dict[str, str] = {}
    verdict = next((v for v in report.get("verdicts", ()) if v["check"] == check), verdict)
    status, message = verdict.get("status") or ran["status"], verdict.get("detail", "")
    said = _text(bundle.get("text/plain", "")) or ran.get("message", "")
    message = message or ran.get("message", "")
    return Answer(*points, status, message, said, report, bool(ran.get("inside")))


def _bundle(cell: dict[str, Any]) -> dict[str, Any]:
    """The output that holds the verdict; empty if the test did not get that far."""
    outputs = (output.get("data", {}) for output in cell.get("outputs", ()))
    return next((data for data in outputs if MIME in data), {})


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def _submission(
    person: Any, answers: tuple[Answer, ...], about: list[dict[str, Any]], penalty: float
) -> Submission:
    score = sum(answer.score for answer in answers)
    told = [note for one in about for key in ("repairs", "events") for note in one.get(key, ())]
    return Submission(
        person.id,
        max(0.0, score - penalty),
        sum(answer.max_score for answer in answers),
        penalty,
        answers,
        tuple(told),
        next((one["unreadable"] for one in about if "unreadable" in one), ""),
        next((one["isolation"]["name"] for one in about if "isolation" in one), ""),
        person.first_name or "",
        person.last_name or "",
        person.email or "",
        person.lms_user_id or "",
    )
