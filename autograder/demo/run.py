"""Make the sample class, grade it through nbgrader, and say where to look."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
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
    from autograder.grading.run import grade_many, print_table

    folder = Path(arguments[0] if arguments else "demo").resolve()
    print(f"A sample class of {len(CLASS)} students, in {folder}", flush=True)
    print("1. the release, made by nbgrader, and the submissions", flush=True)
    make_course(folder)
    print("2. grading: students' code in a sandbox, hidden tests outside of it", flush=True)
    rows = grade_many(folder, ASSIGNMENT, feedback=True)
    print_table(rows)
    return 0 if all(row.status != "not graded" for row in rows) else 1
