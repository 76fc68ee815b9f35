"""Hidden tests of other courses give the points that they give in an ordinary kernel."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.utils import determine_grade

from autograder.grading.sandbox.sandbox import Sandbox

from .cells import graded_cells
from .foreign import COURSES, Course


def in_a_kernel(course: Course, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Run the right answer and its tests in an ordinary kernel, forget all, and the wrong one."""
    for name, data in course.files.items():
        (folder / name).write_bytes(data)
    sources = []
    for answer in (course.right, course.wrong):
        sources += ["%reset -f -s\nimport sys\nsys.modules.pop('helper', None)", answer]
        sources += course.tests.values()
    cells = [new_code_cell(source, id=str(n)) for n, source in enumerate(sources)]
    nb = new_notebook(cells=cells)
    NotebookClient(
        nb, allow_errors=True, timeout=120, resources={"metadata": {"path": folder}}
    ).execute()
    each = len(cells) // 2
    return tuple(_points(course, nb.cells[k + 2 : k + each]) for k in (0, each))


def _points(course: Course, cells: list[nbformat.NotebookNode]) -> dict[str, float]:
    found = {}
    for name, cell in zip(course.tests, cells, strict=True):
        cell.outputs = [o for o in cell.outputs if o.output_type != "stream"]
        cell.metadata.nbgrader = nbformat.from_dict({"grade": True, "points": 1.0})
        found[name] = float(determine_grade(cell)[0])
    return found


@pytest.mark.parametrize("name", COURSES)
def test_points_are_those_of_an_ordinary_kernel(
    sandbox: Sandbox, name: str, tmp_path: Path
) -> None:
    course = COURSES[name]
    right, wrong = in_a_kernel(course, tmp_path)
    assert set(right.values()) <= {0.5, 0.75, 1.0}
    assert sum(wrong.values()) < 0.35 * len(wrong)
    found = graded_cells(sandbox, course.right, course.tests, 1.0, course.files)
    assert {k: told for k, (points, told) in found.items() if points != right[k]} == {}
    found = graded_cells(sandbox, course.wrong, course.tests, 1.0, course.files, course.right)
    assert {k: points for k, (points, _) in found.items() if points != wrong[k]} == {}


def test_there_are_enough() -> None:
    assert sum(len(course.tests) for course in COURSES.values()) >= 240
