"""What the instructor's desk takes for a large class: its writer, report, exports, formgrader."""

from __future__ import annotations

import os
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat

from autograder.demo.sample_class import ASSIGNMENT, NOTEBOOK

_NAME = Path(NOTEBOOK).stem
Row = tuple[str, float, str]


def measure(course: Path, points: dict[str, float], count: int) -> list[Row]:
    """Fill a gradebook, and time what reads it.

    Parameters
    ----------
    course : Path
        A course in which one of each kind is graded.
    points : dict of str to float
        What each of these students has.
    count : int
        So many are added to them.

    Returns
    -------
    list of (what, seconds, remark)
    """
    from autograder.report.course import open_course

    opened, config = open_course(course)
    rows = [_timed("gradebook filled by the grader's writer", _fill, opened, points, count)]
    size = (course / "gradebook.db").stat().st_size
    rows[0] = (*rows[0][:2], f"{rows[0][1] / count * 1000:.1f} ms each, {size >> 20} MB")
    rows.append(_timed("class report", _report, opened, course))
    rows += [_timed(f"export {kind}", _export, opened, kind, course) for kind in _KINDS]
    return rows + _formgrader(opened, config)


_KINDS = ("csv", "json", "canvas", "moodle", "gradescope")


def _timed(what: str, function: Callable[..., str], *args: Any) -> Row:
    started = time.perf_counter()
    said = function(*args)
    return what, time.perf_counter() - started, said


def _fill(course: Any, points: dict[str, float], count: int) -> str:
    """Store each submission as one of those that are graded, under another name."""
    from nbgrader.api import Gradebook

    from autograder.grading.gradebook import Record
    from autograder.grading.task import Outcome, _sheet

    root = Path(course.root)
    graded = {s: root / "autograded" / s / ASSIGNMENT / NOTEBOOK for s in points}
    sheets = {s: _sheet(nbformat.read(path, as_version=4)) for s, path in graded.items()}
    kinds = list(points)
    wrong = 0
    with Gradebook(course.db_url, course.course_id) as book:
        record = Record(book, course, ASSIGNMENT)
        for number in range(count):
            kind, student = kinds[number * 7 % len(kinds)], f"student-{number + 1:05}"
            folder = root / "autograded" / ".unfinished" / student / "done"
            for target in (folder, root / "submitted" / student / ASSIGNMENT):
                target.mkdir(parents=True)
                os.link(graded[kind], target / NOTEBOOK)
            outcome = Outcome(student, folder, "bubblewrap", {_NAME: sheets[kind]})
            wrong += record.write(outcome, None).score != points[kind]
    return f"{wrong} wrong scores"


def _report(course: Any, folder: Path) -> str:
    from autograder.report.collect import collect
    from autograder.report.page import render

    book = collect(course, ASSIGNMENT)
    page = render(course.course_id, [book])
    (folder / "report.html").write_text(page, encoding="utf-8")
    return f"{len(book.submissions)} submissions, {len(page) >> 10} kB"


def _export(course: Any, kind: str, folder: Path) -> str:
    from autograder.report.exports import write_export

    target = folder / f"export-{kind}"
    told = {"roster": None, "title": None, "visibility": "visible"}
    write_export(course, Namespace(format=kind, assignment=ASSIGNMENT, output=str(target), **told))
    if target.is_dir():
        return f"{sum(1 for _ in target.iterdir())} files"
    return f"{target.stat().st_size >> 10} kB"


def _formgrader(course: Any, config: Any) -> list[Row]:
    """What its pages ask the server for; the last is the page of one submission."""
    from nbgrader.apps import NbGraderAPI

    api = NbGraderAPI(course, config=config)
    asked: dict[str, tuple[Any, ...]] = {
        "get_assignments": (),
        "get_submissions": (ASSIGNMENT,),
        "get_notebook_submissions": (ASSIGNMENT, _NAME),
        "get_students": (),
        "get_student_submissions": ("student-00001",),
        "get_submission": (ASSIGNMENT, "student-00001"),
        "get_notebook_submission_indices": (ASSIGNMENT, _NAME),
    }
    return [
        _timed(
            f"formgrader: {name}", lambda n, a: f"{len(getattr(api, n)(*a))} entries", name, args
        )
        for name, args in asked.items()
    ]
