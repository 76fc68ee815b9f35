"""A course with a function, a task and a written answer, to be graded with either command."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any, Protocol

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.__main__ import main
from autograder.grading.run import Graded, grade_many

from .course import QUICK, config

# nbgrader starts a bare "alembic"
os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

TURNED = "{nbgrader_step}/{assignment_id}/{student_id}"
BY_STUDENT = "{student_id}/{nbgrader_step}/{assignment_id}"
PREFIXED = "{nbgrader_step}/s-{student_id}-x/{assignment_id}"
TASK = "Draw it.\n=== BEGIN MARK SCHEME ===\nfull marks for K\n=== END MARK SCHEME ===\nThank you."


def tracked(name: str, source: str, points: float | None = None, **more: Any) -> Any:
    make = new_markdown_cell if more.pop("text", False) else new_code_cell
    meta = {"schema_version": 3, "grade_id": name, "solution": False, "task": False}
    meta |= {"grade": points is not None, "locked": True, **more}
    meta |= {} if points is None else {"points": points}
    return make(source, metadata={"nbgrader": meta})


def _settings(root: Path, structure: str | None = None, **more: Any) -> Config:
    made = config(root)
    made.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.py", "*.md"]
    if structure:
        made.CourseDirectory.directory_structure = structure
    made.merge(Config(more))
    return made


class Course:
    """A course with one function, one task and one written answer, to grade with either command."""

    def __init__(self, root: Path, structure: str | None = None, **more: Any) -> None:
        self.root, self.settings = root, _settings(root, structure, **more)
        self.directory = CourseDirectory(config=self.settings)

    def begin(self, *more: Any) -> None:
        """Write the master, with more cells at its end, and let nbgrader hand it out."""
        solution = "def f(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
        test = "### BEGIN HIDDEN TESTS\nassert f(2) == 4\n### END HIDDEN TESTS"
        master = new_notebook(
            cells=[
                tracked("f", solution, solution=True, locked=False),
                tracked("test", test, 10),
                tracked("task", TASK, 4, grade=False, task=True, text=True),
                tracked("words", "Say it.", 2, solution=True, locked=False, text=True),
                *more,
            ]
        )
        folder = self.path("source", ".")
        folder.mkdir(parents=True)
        (folder / "work.ipynb").write_text(writes(master))
        (folder / "given.txt").write_text("given")
        assert self.api().generate_assignment("ps1")["success"]

    def api(self) -> NbGraderAPI:
        return NbGraderAPI(CourseDirectory(config=self.settings), config=self.settings)

    def path(self, step: str, student: str) -> Path:
        return Path(os.path.normpath(self.directory.format_path(step, student, "ps1")))

    def hand_in(
        self, student: str, body: str = "return 2 * x", head: str = "", stamp: str = ""
    ) -> Path:
        data = json.loads((self.path("release", ".") / "work.ipynb").read_text())
        data["cells"][0]["source"] = f"{head}\ndef f(x):\n    {body}"
        folder = self.path("submitted", student)
        folder.mkdir(parents=True)
        (folder / "work.ipynb").write_text(json.dumps(data))
        if stamp:
            (folder / "timestamp.txt").write_text(stamp)
        return folder

    def plain(self) -> None:
        result = self.api().autograde("ps1", "*")
        assert result["success"], result.get("log")

    def ours(self, **more: Any) -> dict[str, Graded]:
        more = {"workers": 1, "progress": False, "limits": QUICK, "config": self.settings} | more
        return {row.student: row for row in grade_many(self.root, "ps1", **more)}

    def state(self) -> dict[str, Any]:
        """Return everything that a person sees of the grades."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as book:
            return {
                one.student_id: (
                    one.timestamp,
                    one.late_submission_penalty,
                    {
                        g.name: (g.auto_score, g.needs_manual_grade)
                        for n in one.notebooks
                        for g in n.grades
                    },
                )
                for one in book.assignment_submissions("ps1")
            }

    def command(self, name: str, *words: str) -> int:
        return main([name, *words, "--course", str(self.root)])


def by_both(course: Course) -> dict[str, Any]:
    """Grade with nbgrader's command and, in a copy of the folder, with ours; return the state."""
    graded = course.root.with_name("ours")
    shutil.copytree(course.root, graded, symlinks=True)
    course.plain()
    plain = course.state()
    shutil.rmtree(course.root)
    graded.rename(course.root)
    course.ours()
    assert course.state() == plain
    return plain


class Make(Protocol):
    """Makes a course in this test's own folder."""

    def __call__(self, structure: str | None = None, **more: Any) -> Course: ...
