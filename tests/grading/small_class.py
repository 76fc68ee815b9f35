"""A small class for runs that are killed, spread over workers or repeated."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook

from .course import ASSIGNMENT, NOTEBOOK, hand_in, submission

WRONG = {"square": "def square(x):\n    return x + x"}
NOTHING = {"total": "def total(x):\n    raise NotImplementedError"}


def hand_in_class(root: Path, size: int) -> list[str]:
    """Right ones, wrong ones and an unreadable one."""
    students = [f"student-{number:03}" for number in range(1, size + 1)]
    kinds: list[Any] = [submission(root, answers) for answers in (None, WRONG, NOTHING)]
    for number, student in enumerate(students):
        hand_in(root, student, "no notebook" if number == 4 else kinds[number % 3])
    return students


def copy_class(blank: Path, folder: Path, size: int) -> Path:
    """A course with this class handed in, made in a folder from the empty one."""
    root = folder / "course"
    shutil.copytree(blank, root)
    hand_in_class(root, size)
    return root


def state(root: Path) -> dict[str, tuple[Any, ...]]:
    """All that a run leaves: grades in the gradebook, notebooks, feedback pages.

    A submission that the gradebook holds twice, or in part, cannot be told from its state in
    nbgrader's own queries; so its rows are counted.
    """
    found: dict[str, tuple[Any, ...]] = {}
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        for one in book.assignment_submissions(ASSIGNMENT):
            grades = sorted((g.name, g.auto_score) for nb in one.notebooks for g in nb.grades)
            assert one.student.id not in found
            found[one.student.id] = (len(one.notebooks), tuple(grades), *_files(root, one))
    return found


def _files(root: Path, one: Any) -> tuple[Any, ...]:
    folder = root / "autograded" / one.student.id / ASSIGNMENT
    notebook = nbformat.read(folder / f"{NOTEBOOK}.ipynb", as_version=4)
    page = root / "feedback" / one.student.id / ASSIGNMENT / f"{NOTEBOOK}.html"
    text = page.read_text(encoding="utf-8")
    names = tuple(sorted(path.name for path in folder.iterdir()))
    return len(notebook.cells), names, text.rstrip().endswith("</html>")
