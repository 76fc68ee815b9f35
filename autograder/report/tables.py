"""Plain exports: a CSV with a column a check, and JSON with everything."""

from __future__ import annotations

from typing import Any

from autograder.report.classbook import Answer, ClassBook, Submission
from autograder.report.files import to_csv, to_json

HEAD = ["student", "first_name", "last_name", "email", "score", "max_score", "late_penalty", "note"]


def to_table(book: ClassBook) -> str:
    """Return CSV text: one row a student, one column of points for each graded cell.

    A cell that waits for a person is empty, not 0.
    """
    cells = list(dict.fromkeys(a.check for one in book.submissions for a in one.answers))
    rows: list[list[object]] = [[*HEAD, *cells]]
    for one in book.submissions:
        points = {a.check: None if a.open else a.score for a in one.answers}
        who = [one.student, one.first_name, one.last_name, one.email]
        note = one.unreadable or "; ".join(one.notes)
        row = [*who, one.score, one.max_score, one.penalty, note]
        rows.append([*row, *(points.get(cell) for cell in cells)])
    return to_csv(rows)


def to_data(book: ClassBook) -> str:
    """Return JSON text: everything the class report is made from."""
    return to_json(data(book))


def data(book: ClassBook) -> dict[str, Any]:
    """A class book as plain data, with a version."""
    return {
        "schema": 1,
        "assignment": book.assignment,
        "max_score": book.max_score,
        "submissions": [_submission(one) for one in book.submissions],
        "waiting": list(book.waiting),
        "silent": list(book.silent),
    }


def _submission(one: Submission) -> dict[str, Any]:
    return {**vars(one), "answers": [_answer(answer) for answer in one.answers]}


def _answer(one: Answer) -> dict[str, Any]:
    return {**vars(one), "misconceptions": [said["id"] for said in one.diagnosis]}
