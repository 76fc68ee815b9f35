"""The course's own assignments: solved they pass without a word, unsolved every test fails."""

import ast
import asyncio
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from traitlets.config import Config

from autograder.authoring.course import find_units
from autograder.authoring.execute import environment, run_all

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = [unit for unit in find_units(ROOT) if unit.graded]
each_assignment = pytest.mark.parametrize("unit", ASSIGNMENTS, ids=lambda unit: unit.name)


def read(path):
    return nbformat.read(ROOT / path, as_version=4)


def grade_cells(notebook):
    return [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]


def shows_a_picture(cell):
    """Whether a cell defines nothing and draws; the solved notebook draws the same pictures."""
    if cell.cell_type != "code" or "figures." not in cell.source:
        return False
    return all(isinstance(part, ast.Expr) for part in ast.parse(cell.source).body)


def test_there_are_assignments():
    assert ASSIGNMENTS


@each_assignment
def test_the_solutions_pass_every_hidden_test_and_warn_of_nothing(unit):
    master = read(unit.notebook)
    run_all({unit.name: master}, done=lambda name: None)
    assert grade_cells(master)
    assert all(cell.execution_count for cell in grade_cells(master))


@each_assignment
def test_every_hidden_test_fails_on_the_release_as_it_is_handed_out(unit, tmp_path):
    release = read(unit.release)
    hidden = {
        cell.metadata.nbgrader.grade_id: cell.source for cell in grade_cells(read(unit.notebook))
    }
    for cell in grade_cells(release):
        cell.source = hidden.pop(cell.metadata.nbgrader.grade_id)
    assert not hidden
    release.cells = [cell for cell in release.cells if not shows_a_picture(cell)]
    client = NotebookClient(
        release,
        allow_errors=True,
        config=Config({"KernelManager": {"transport": "ipc", "ip": str(tmp_path / "socket")}}),
    )
    asyncio.run(client.async_execute(env=environment(tmp_path), cwd=str(tmp_path)))
    for cell in grade_cells(release):
        errors = [out.ename for out in cell.outputs if out.output_type == "error"]
        assert errors == ["CheckFailed"], cell.metadata.nbgrader.grade_id
