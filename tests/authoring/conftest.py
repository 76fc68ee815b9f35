"""A course of one lesson and one assignment, built once and copied for each test."""

import io
import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder import suite
from autograder.authoring.__main__ import main

HERE = Path(__file__).parent
SENTENCES = {"double__is_twice": "double: the result is twice the argument", "double__own": "own"}


@dataclass(frozen=True)
class Course:
    """A folder with a course, and what an author does in it."""

    root: Path
    lesson = "authoring/lessons/01_small.py"
    assignment = "authoring/assignments/01_small.py"
    notebook = "notebooks/01_small.ipynb"
    source = "source/01_small/small.ipynb"
    release = "release/01_small/small.ipynb"
    ledger = "authoring/built.json"

    def run(self, *arguments):
        """Run ``python -m autograder.authoring`` in this process: (status, stdout, stderr)."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = main(arguments, self.root)
        return status, out.getvalue(), err.getvalue()

    def read(self, path):
        return (self.root / path).read_text("utf-8")

    def replace(self, path, old, new):
        """Replace a text that stands in the file exactly once."""
        text = self.read(path)
        assert text.count(old) == 1, (path, old, text.count(old))
        (self.root / path).write_text(text.replace(old, new), "utf-8")

    def edit(self, path, change):
        """Change a notebook as JupyterLab does: read it, let `change` work on it, save it."""
        notebook = nbformat.read(self.root / path, as_version=4)
        change({cell.id: cell for cell in notebook.cells}, notebook)
        nbformat.write(notebook, self.root / path)

    def files(self):
        """Return every built file with its bytes."""
        tops = ("notebooks", "source", "release", "authoring")
        paths = [p for top in tops for p in (self.root / top).rglob("*") if p.is_file()]
        return {p.relative_to(self.root).as_posix(): p.read_bytes() for p in paths}


def fake_suite(patch):
    def describe(name):
        if name not in SENTENCES:
            raise KeyError(f"there is no check {name!r}")
        return SENTENCES[name]

    patch.setattr(suite, "names", lambda: list(SENTENCES))
    patch.setattr(suite, "describe", describe)


@pytest.fixture(autouse=True)
def _fake_suite(monkeypatch):
    fake_suite(monkeypatch)


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Return a course that was just built."""
    course = Course(tmp_path_factory.mktemp("course"))
    for path in (course.lesson, course.assignment):
        (course.root / path).parent.mkdir(parents=True)
        shutil.copyfile(HERE / Path(path).parent.name / "01_small.txt", course.root / path)
    with pytest.MonkeyPatch.context() as patch:
        fake_suite(patch)
        status, out, err = course.run("build")
    assert status == 0, out + err
    return course


@pytest.fixture
def course(built, tmp_path):
    """Return a copy of the built course, to be spoilt."""
    shutil.copytree(built.root, tmp_path, dirs_exist_ok=True)
    return Course(tmp_path)


@pytest.fixture
def cells(course):
    """Return the assignment's notebook cells by id, as they were built."""
    return {cell["id"]: cell for cell in json.loads(course.read(course.source))["cells"]}
