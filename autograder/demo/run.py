"""Make the sample class, grade it through nbgrader, and say where to look."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.demo.sample_class import ASSIGNMENT, CLASS, NOTEBOOK

if TYPE_CHECKING:
    from autograder.grading.table import Graded

ROOT = Path(__file__).resolve().parents[2]
NOT_ISOLATED = """\

NOT ISOLATED. This machine offers nothing to keep a student's program apart from yours:
{obstacle}
The sample class is the project's own work, so it is graded without isolation. The work of real
students is not: "autograder grade" and "nbgrader autograde" refuse here until this is mended
(docs/guarantees.md, "Which isolation").
"""


def make_course(folder: Path) -> None:
    """Write a course folder: the master, the release made by nbgrader, and the submissions."""
    import nbformat

    from autograder.authoring.release import generate

    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(ROOT / "source" / ASSIGNMENT, folder / "source" / ASSIGNMENT)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    generate(folder, ASSIGNMENT, ROOT)
    master = nbformat.read(folder / "source" / ASSIGNMENT / NOTEBOOK, as_version=4)
    release = nbformat.read(folder / "release" / ASSIGNMENT / NOTEBOOK, as_version=4)
    for sample in CLASS:
        place = folder / "submitted" / sample.student / ASSIGNMENT
        place.mkdir(parents=True)
        # not nbformat.write: a pasted cell has the id of the cell that it was copied from
        handed_in = nbformat.v4.writes(sample.submission(master, release))
        (place / NOTEBOOK).write_text(handed_in, encoding="utf-8")


def main(arguments: Sequence[str] = ()) -> int:
    """Run the demonstration in the folder ``demo/`` (or the one given).

    Returns
    -------
    int
        0 if every submission was graded.
    """
    from autograder.grading.sandbox.strength import NoIsolation
    from autograder.grading.table import print_table
    from autograder.report.collect import collect
    from autograder.report.course import open_course
    from autograder.report.files import write_atomically
    from autograder.report.page import render

    folder = Path(arguments[0] if arguments else "demo").resolve()
    print(f"A sample class of {len(CLASS)} students, in {_near(folder)}/", flush=True)
    print("1. the release, made by nbgrader, and the submissions", flush=True)
    make_course(folder)
    print("2. grading and feedback: students' code in a sandbox, hidden tests outside", flush=True)
    try:
        rows = grade_class(folder)
    except NoIsolation as error:  # it worked when it was tried, and then no longer
        print(error, file=sys.stderr)
        return 2
    if any(row.status == "not graded" for row in rows):
        print_table(rows)
        return 1
    course, _ = open_course(folder)
    book = collect(course, ASSIGNMENT)
    print("3. the class report", flush=True)
    report = write_atomically(folder / "class_report.html", render(course.course_id, [book]))
    print("\n" + table({s.student: (s.score, named(s)) for s in book.submissions}))
    _say_where(folder, report)
    return 0


def grade_class(folder: Path, **options: Any) -> list[Graded]:
    """Grade the sample class; where nothing isolates, say so and grade it nevertheless.

    Its notebooks were written by this project, so they may run as the grader's own programs. Those
    of students may not: for them `grade_many` refuses.

    Parameters
    ----------
    folder : Path
        What `make_course` made.
    options
        For `grade_many`.
    """
    from autograder.grading.sandbox.strength import (strength, trust_the_sample_class)
    from autograder.grading.run import grade_many

    obstacle = _obstacle(folder)
    with trust_the_sample_class() if obstacle else nullcontext():
        if obstacle:
            wrapped = textwrap.fill(obstacle, 96, break_on_hyphens=False, break_long_words=False)
            print(textwrap.indent(NOT_ISOLATED.format(obstacle=wrapped), "   "), flush=True)
        else:
            print(f"   isolation: {strength().name}: {strength().words}", flush=True)
        return grade_many(folder, ASSIGNMENT, feedback=True, **options)


def _obstacle(folder: Path) -> str:
    """Say why submissions cannot be isolated here; empty if they can. It is tried."""
    from autograder.grading.sandbox.strength import (NoIsolation, strength)
    from autograder.grading.sandbox.sandbox import Sandbox
    from autograder.grading.sandbox.selftest import try_sandbox

    try:
        strength()
        with closing(Sandbox()) as sandbox:
            try_sandbox(sandbox, folder / "submitted")
    except NoIsolation as error:
        return str(error)
    return ""


def _say_where(folder: Path, report: Path) -> None:
    """Name the files that are worth a look."""
    feedback = folder / "feedback" / "student-005" / ASSIGNMENT / NOTEBOOK.replace("ipynb", "html")
    print("\nLook at")
    for what, path in (
        ("the class report", report),
        ("a student's feedback", feedback),
        ("what students get", folder / "release" / ASSIGNMENT / NOTEBOOK),
        ("the lesson", ROOT / "notebooks" / f"{ASSIGNMENT}.ipynb"),
    ):
        print(f"  {what:<22}{_near(path)}")


def named(submission: object) -> tuple[str, ...]:
    """The misconceptions that the feedback names, in the order of the assignment."""
    found: dict[str, None] = {}
    for answer in submission.answers:  # type: ignore[attr-defined]
        found.update(dict.fromkeys(words["id"] for words in answer.diagnosis))
    return tuple(found)


def table(results: dict[str, tuple[float, Iterable[str]]]) -> str:
    """Scores, what was named, and what the student really did, a student a line."""
    lines = [f"{'student':<12} {'points':>6}  {'what the student did':<44} named"]
    for sample in CLASS:
        score, ids = results.get(sample.student, (0.0, ()))
        told = ", ".join(ids) or "-"
        lines.append(f"{sample.student:<12} {score:>6g}  {sample.story:<44} {told}")
    return "\n".join(lines)


def _near(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
