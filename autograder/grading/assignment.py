"""What the gradebook knows of an assignment, as plain data that a worker process can be handed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.grading.master_code import MasterCode, read_code


@dataclass(frozen=True)
class SourceCell:
    """One cell of the master notebook that nbgrader keeps track of.

    Attributes
    ----------
    name : str
        Its ``grade_id``.
    cell_type : str
        ``code`` or ``markdown``.
    source : str
        Its text in the master, hidden tests included.
    metadata : dict
        Its nbgrader metadata, as they must be in every submission.
    """

    name: str
    cell_type: str
    source: str
    metadata: dict[str, Any]

    @property
    def is_test(self) -> bool:
        """Whether the grader runs it: an automatically graded code cell."""
        meta = self.metadata
        return bool(meta["grade"] and not meta["solution"] and self.cell_type == "code")


@dataclass(frozen=True)
class Master:
    """One notebook of an assignment: its cells by name, in the order of the master."""

    name: str
    cells: dict[str, SourceCell]
    code: MasterCode = field(default_factory=MasterCode)


def notebooks_of(gradebook: Any, assignment: str) -> list[str]:
    """Return the names of an assignment's notebooks."""
    return [entry.name for entry in gradebook.find_assignment(assignment).notebooks]


def read_master(
    gradebook: Any, notebook: str, assignment: str, folder: Path | None = None
) -> Master:
    """Read one notebook's source cells from the gradebook.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
    notebook, assignment : str
    folder : Path, optional
        The assignment's folder under ``source``.
    """
    entry = gradebook.find_notebook(notebook, assignment)
    points = {cell.name: cell.max_score for cell in [*entry.grade_cells, *entry.task_cells]}
    solutions = {cell.name for cell in entry.solution_cells}
    graded = {cell.name for cell in entry.grade_cells}
    tasks = {cell.name for cell in entry.task_cells}
    cells = {}
    for cell in entry.source_cells:
        metadata: dict[str, Any] = {
            "schema_version": 3,
            "grade_id": cell.name,
            "grade": cell.name in graded,
            "solution": cell.name in solutions,
            "locked": cell.locked,
            "task": cell.name in tasks,
            "checksum": cell.checksum,
            "cell_type": cell.cell_type,
        }
        if cell.name in points:
            metadata["points"] = points[cell.name]
        cells[cell.name] = SourceCell(cell.name, cell.cell_type, cell.source or "", metadata)
    path = None if folder is None else folder / f"{notebook}.ipynb"
    return Master(notebook, cells, code_of(cells, path))


def code_of(cells: dict[str, SourceCell], path: Path | None = None) -> MasterCode:
    """Read the code of a master's cells, and of the notebook that it stands in."""
    code = [cell for cell in cells.values() if cell.cell_type == "code"]
    tests = {cell.name: cell.source for cell in code if cell.is_test}
    return read_code(tests, (c.source for c in code if not c.is_test), path)
