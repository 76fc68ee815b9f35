"""Make the sample class, grade it through nbgrader, and say where to look."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.demo.sample_class import ASSIGNMENT, CLASS, NOTEBOOK

ROOT = Path(__file__).resolve().parents[2]


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
    from autograder.grading.run import grade_many, print_table
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
        rows = grade_many(folder, ASSIGNMENT, feedback=True)
    except NoIsolation as error:
        print(error, file=sys.stderr)
        return 2
    if any(row.status == "not graded" for row in rows):
        print_table(rows)
        return 1
    course, _ = open_course(folder)
    book = collect(course, ASSIGNMENT)
    print("3. the class report", flush=True)
    report = folder / "class_report.html"
    write_atomically(report, render(course.course_id, [book]))
    print("\n" + table({s.student: (s.score, named(s)) for s in book.submissions}))
    print("\nLook at")
    feedback = folder / "feedback" / "student-005" / ASSIGNMENT / NOTEBOOK.replace("ipynb", "html")
    for what, path in (
        ("the class report", report),
        ("a student's feedback", feedback),
        ("what students get", folder / "release" / ASSIGNMENT / NOTEBOOK),
        ("the lesson", ROOT / "notebooks" / f"{ASSIGNMENT}.ipynb"),
    ):
        print(f"  {what:<22}{_near(path)}")
    return 0


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
