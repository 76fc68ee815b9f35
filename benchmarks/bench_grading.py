"""What benchmarks/grading.py measures, each in a process of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench_clock import measured, timed

from autograder.demo.sample_class import ASSIGNMENT


def stock(course: Path) -> dict[str, Any]:
    """``nbgrader autograde`` as it comes: nothing configured but the folder."""
    from nbgrader.apps import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config

    config = Config()
    config.CourseDirectory.root = str(course)
    # the students' kernels must find the package
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    with measured() as found:
        done = api.autograde(ASSIGNMENT, "*")
    if not done["success"]:
        raise SystemExit(done.get("error") or done.get("log"))
    return found | {"count": len(list((course / "submitted").iterdir()))}


def ours(course: Path, workers: int) -> dict[str, Any]:
    """`grade_many`, without the feedback pages, which ``nbgrader autograde`` does not make."""
    from autograder import suite  # noqa: F401  (imported before the clock starts)
    from autograder.grading.run import grade_many

    with measured(workers) as found:
        rows = grade_many(course, ASSIGNMENT, workers=workers, feedback=False, progress=False)
    _all_graded(rows)
    if workers > 1:
        del found["cpu"]  # the workers have ended uncounted
    return found | {"count": len(rows)}


def profile(course: Path) -> dict[str, Any]:
    """Where the time of a submission goes in the grader's process, step by step.

    Returns
    -------
    dict
        ``steps``: (name, seconds of wall, seconds of this process) for all submissions together.
    """
    from autograder.grading import task
    from autograder.grading.gradebook import Record
    from autograder.grading.notebook import grade
    from autograder.grading.notebook.processes import Notebook, Session
    from autograder.grading.sandbox.sandbox import Sandbox

    spent: dict[str, list[float]] = {}
    for name, place, attribute in (
        ("read and repair the notebook", task, "load"),
        ("start its process", Sandbox, "open"),
        ("run the student's cells", Notebook, "run"),
        ("remember names at tests", Notebook, "mark"),
        ("clean what is shown", grade, "_show"),
        ("hidden tests", grade, "run_tests"),
        ("  of which calls in the sandbox", Session, "_ask"),
        ("end its process", Sandbox, "clean"),
        ("write the gradebook", Record, "write"),
    ):
        spent[name] = [0.0, 0.0]
        setattr(place, attribute, timed(getattr(place, attribute), spent[name]))
    found = ours(course, workers=1)
    return found | {"steps": [(name, *both) for name, both in spent.items()]}


def tiny(course: Path, workers: int) -> dict[str, Any]:
    """The synthetic class, and how much of the time its one writer takes."""
    from grading.course import ASSIGNMENT as TINY

    from autograder.grading.gradebook import Record
    from autograder.grading.run import grade_many

    spent = [0.0, 0.0]
    Record.write = timed(Record.write, spent)  # type: ignore[method-assign]
    with measured(workers) as found:
        rows = grade_many(course, TINY, workers=workers, feedback=False, progress=False)
    _all_graded(rows)
    right = sum(row.score == (8 if n % 4 == 0 else 11) for n, row in enumerate(rows))
    return found | {"count": len(rows), "writing": spent[0], "right": right}


def feedback(course: Path) -> dict[str, Any]:
    """The feedback pages of a class that is graded, in one process."""
    from nbgrader.api import Gradebook

    from autograder.grading.nbgrader.feedback import make_feedback, page_of
    from autograder.grading.run import _course

    folder = _course(course, None)
    with Gradebook(folder.db_url, folder.course_id) as gradebook:
        submissions = gradebook.assignment_submissions(ASSIGNMENT)
        entries = [(s.student_id, nb) for s in submissions for nb in s.notebooks]
        pages = [page_of(nb, folder, ASSIGNMENT, student) for student, nb in entries]
    with measured() as found:
        for page in pages:
            make_feedback(page)
    return found | {"count": len(pages)}


def bare(course: Path) -> dict[str, Any]:
    """The students' own cells, in a shell of this process that has imported everything."""
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    import nbformat

    import autograder
    import autograder.oracle
    from autograder import figures
    from autograder.grading.student_side import stub
    from autograder.grading.student_side.shell import make_shell, run_cell

    autograder.check, out = stub.check, sys.stdout  # as in the sandbox: no checks on this side
    shell = make_shell()
    figures.network_picture(1)  # fonts and formulas are loaded at the first picture
    paths = sorted((course / "submitted").glob("*/*/*.ipynb"))
    cells = [c.source for p in paths for c in nbformat.read(p, 4).cells if _is_own(c)]
    with measured() as found:
        for source in cells:
            run_cell(shell, source)
    sys.stdout = out
    return found | {"count": len(paths)}


def _is_own(cell: Any) -> bool:
    meta = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and (meta.get("solution") or not meta.get("grade"))


def _all_graded(rows: list[Any]) -> None:
    failed = [row for row in rows if row.status == "not graded"]
    if failed:
        raise SystemExit(str(failed))


MEASURES: dict[str, Callable[..., dict[str, Any]]] = {
    "stock": stock,
    "ours": ours,
    "tiny": tiny,
    "profile": profile,
    "feedback": feedback,
    "bare": bare,
}
