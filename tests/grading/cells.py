"""A notebook of one answer and some hidden tests, graded in the sandbox without a gradebook."""

from __future__ import annotations

from typing import Any

from nbformat import from_dict
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.assignment import Master, SourceCell, code_of
from autograder.grading.notebook.grade import METADATA, grade_notebook
from autograder.grading.sandbox.sandbox import Sandbox
from autograder.grading.sandbox.strength import strength
from autograder.grading.task import _sheet


def _cell(name: str, source: str, points: float | None) -> SourceCell:
    grade = points is not None
    metadata: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": grade,
        "solution": not grade,
        "locked": grade,
        "task": False,
        "checksum": "0",
        "cell_type": "code",
    }
    return SourceCell(name, "code", source, metadata | ({"points": points} if grade else {}))


def graded_cells(
    box: Sandbox,
    answer: str,
    tests: dict[str, str],
    points: float = 1.0,
    given: dict[str, bytes] | None = None,
    solution: str | None = None,
) -> dict[str, tuple[float | None, str]]:
    """Grade one answer; return (points, message) of each test.

    `solution` is what stands in the master in the place of the answer.
    """
    cells = {"answer": _cell("answer", solution or answer, None)}
    cells |= {name: _cell(name, source, points) for name, source in tests.items()}
    nb = new_notebook(
        cells=[
            new_code_cell(c.source, metadata={"nbgrader": from_dict(c.metadata)})
            for c in cells.values()
        ]
    )
    master = Master("work", cells, code_of(cells))
    nb.cells[0].source = answer
    grade_notebook(nb, master, given or {}, box, strength(), given=given)
    assert [output.get("evalue") for output in nb.cells[0].outputs] == [], nb.cells[0].outputs
    sheet = _sheet(nb).points
    told = {c.metadata.nbgrader.grade_id: c.metadata[METADATA]["message"] for c in nb.cells[1:]}
    return {name: (sheet[name], told[name]) for name in tests}
