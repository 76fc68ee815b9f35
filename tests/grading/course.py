"""A small course in a temporary folder, made by nbgrader itself, to grade against."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.grading.nbgrader.configure import configure
from autograder.grading.sandbox.limits import Limits

ASSIGNMENT, NOTEBOOK = "tiny", "work"

QUICK = Limits(
    cell_seconds=3,
    call_seconds=2,
    test_seconds=4,
    submission_seconds=30,
    memory=256 << 20,
    total=1 << 30,
)


ANSWERS = {
    "square": "def square(x):\n    return x ** 2",
    "layer": (
        "def layer_forward(A, W):\n    return W @ A, (A, W)\n\n\n"
        "def layer_backward(dZ, cache):\n    A, W = cache\n    return W.T @ dZ, dZ @ A.T"
    ),
    "total": "def total(x):\n    return float(np.sum(x))",
    "answers": "answers = {'who': 3, 'how': [1, 2]}",
}
TESTS = {
    "square__value": ("square", 3, "x = np.arange(4.0)\nassert np.array_equal(square(x), x * x)"),
    "square__keeps_its_input": (
        "square",
        1,
        "from autograder.observe import reply\n"
        "assert not reply(square, (np.arange(4.0),)).changed, 'it changed x'",
    ),
    "layer__gradient": (
        "layer",
        4,
        "A, W = np.arange(6.0).reshape(3, 2), np.ones((4, 3))\n"
        "Z, cache = layer_forward(A, W)\n"
        "dA, dW = layer_backward(np.ones((4, 2)), cache)\n"
        "assert np.allclose(dA, 4.0) and np.allclose(dW, A.sum(axis=1))\n"
        "# SECRET-WORDS",
    ),
    "total__partial": ("total", 2, "2.0 * (total(np.ones(5)) == 5) - 1.0 * (total([]) != 0)"),
    "answers__right": ("answers", 1, "assert answers == {'who': 3, 'how': [1, 2]}"),
}
FULL = {name: float(points) for name, (_, points, _) in TESTS.items()}


def config(root: Path) -> Config:
    """Return the settings that a course needs: where it is, and the trusted grader."""
    made = Config()
    made.CourseDirectory.root = str(root)
    made.CourseDirectory.course_id = "test"
    configure(made)
    return made


def api(root: Path) -> NbGraderAPI:
    made = config(root)
    return NbGraderAPI(CourseDirectory(config=made), config=made)


def make_course(root: Path) -> NbGraderAPI:
    """Write the master and let nbgrader make the release version."""
    # nbgrader starts a bare "alembic"
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    folder = root / "source" / ASSIGNMENT
    folder.mkdir(parents=True)
    (folder / "numbers.csv").write_text("1,2,3\n")
    nbformat.write(_master(), folder / f"{NOTEBOOK}.ipynb")
    made = api(root)
    assert made.generate_assignment(ASSIGNMENT)["success"]
    return made


def submission(root: Path, answers: dict[str, str] | None = None) -> dict[str, Any]:
    """Return a released notebook as JSON, filled in with these answers (default: right ones)."""
    path = root / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for cell in data["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in ANSWERS:
            cell["source"] = {**ANSWERS, **(answers or {})}[name]
    return data


def hand_in(root: Path, student: str, data: dict[str, Any] | str | bytes) -> Path:
    """Put a submission into the course; text and bytes as they are."""
    folder = root / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(data, dict):
        data = json.dumps(data)
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    (folder / f"{NOTEBOOK}.ipynb").write_bytes(data)
    return folder


def scores(root: Path, student: str) -> dict[str, float | None]:
    """Read a student's points per test from the gradebook."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        notebook = gradebook.find_submission_notebook(NOTEBOOK, ASSIGNMENT, student)
        return {grade.name: grade.auto_score for grade in notebook.grades}


def graded(root: Path, student: str) -> Any:
    """Read a student's autograded notebook."""
    path = root / "autograded" / student / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    return nbformat.read(path, as_version=4)


def _master() -> Any:
    cells = [
        new_markdown_cell("# A tiny assignment"),
        _tracked("imports", "import numpy as np", locked=True),
    ]
    for answer, solution in ANSWERS.items():
        cells.append(_tracked(answer, _hide(solution), solution=True))
        for name, (of, points, test) in TESTS.items():
            if of == answer:
                body = f"# {name}\n### BEGIN HIDDEN TESTS\n{test}\n### END HIDDEN TESTS"
                cells.append(_tracked(name, body, grade=True, locked=True, points=points))
    written = new_markdown_cell("Your words", metadata=_meta("words", True, True, False, 2))
    return new_notebook(cells=[*cells, written])


def _hide(solution: str) -> str:
    """Mark the body of each function, or a whole assignment, as the solution."""
    lines: list[str] = []
    for line in solution.split("\n"):
        if line.startswith("def "):
            lines += [line, "    ### BEGIN SOLUTION"]
        elif not line.startswith(" ") and line:
            lines += ["### BEGIN SOLUTION", line, "### END SOLUTION"]
        elif line.strip().startswith("return"):
            lines += [line, "    ### END SOLUTION"]
        else:
            lines.append(line)
    return "\n".join(lines)


def _tracked(
    name: str,
    source: str,
    grade: bool = False,
    solution: bool = False,
    locked: bool = False,
    points: int | None = None,
) -> Any:
    return new_code_cell(source, metadata=_meta(name, grade, solution, locked, points))


def _meta(name: str, grade: bool, solution: bool, locked: bool, points: int | None) -> Any:
    meta: dict[str, Any] = {"grade_id": name, "grade": grade, "solution": solution}
    meta |= {"locked": locked, "task": False, "schema_version": 3}
    if points is not None:
        meta["points"] = points
    return {"nbgrader": meta}
