"""Cells to notebooks with nbgrader's metadata, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from nbformat.v4 import new_notebook

from autograder.authoring.cells import AuthoringError, Cell, make_cell
from autograder.authoring.hidden_tests import standard_body, standard_sentence
from autograder.authoring.ids import cell_ids
from autograder.authoring.text import new_node

# Fixed, and without the interpreter's version, so that every machine writes the same bytes.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
Describe = Callable[[str], str]


def to_notebook(cells: Sequence[Cell], graded: bool, describe: Describe) -> Any:
    """Return the notebook that says `cells`, nothing executed.

    Parameters
    ----------
    cells : the cells of a text
    graded : whether this is an assignment, whose cells carry nbgrader's metadata
    describe : gives the sentence of a check's name, for the standard hidden tests
    """
    nodes = []
    for cell, name in zip(cells, cell_ids(cells), strict=True):
        source = cell.source
        if cell.grade and cell.points and not source:
            source = standard_body(cell.grade, cell.points, describe(cell.grade))
        metadata = _nbgrader(cell, name) if graded else _plain(cell)
        nodes.append(new_node(cell, source, metadata, id=name))
    notebook = new_notebook(cells=nodes, metadata=METADATA)
    notebook.nbformat_minor = 5
    return notebook


def from_notebook(notebook: Any, graded: bool) -> list[Cell]:
    """Return what the notebook's cells say; outputs and ids are left out."""
    return [_cell(node, graded) for node in notebook.cells]


def sentences(notebook: Any) -> dict[str, str]:
    """Return the visible sentence of each standard hidden test, by the check's name."""
    found = {}
    for node in notebook.cells:
        name = node.metadata.get("nbgrader", {}).get("grade_id", "")
        sentence = standard_sentence(node.source, name)
        if sentence is not None:
            found[name] = sentence
    return found


def dumps(notebook: Any) -> str:
    """Return the notebook as the text of its file, as nbformat and JupyterLab lay it out."""
    from nbformat import validate, writes

    validate(notebook)
    text: str = writes(notebook)
    return text.rstrip("\n") + "\n"


def _plain(cell: Cell) -> dict[str, Any]:
    if cell.options:
        raise AuthoringError(f"cell {cell.label}: a lesson's cells have no options")
    return {}


def _nbgrader(cell: Cell, name: str) -> dict[str, Any]:
    """Return the metadata by which nbgrader knows what the cell is for."""
    if cell.free:
        return {}
    nbgrader = {
        "grade": bool(cell.grade),
        "grade_id": cell.solution or cell.grade or name,
        "locked": not cell.solution,
        "schema_version": 3,
        "solution": bool(cell.solution),
        "task": False,
    }
    if cell.points is not None:
        nbgrader["points"] = cell.points
    return {"nbgrader": nbgrader}


def _cell(node: Any, graded: bool) -> Cell:
    """Return what one node of a notebook says, or say why a text cannot hold it."""
    source = node.source.strip("\n")
    label = json.dumps(source[:50])
    if node.cell_type not in ("markdown", "code"):
        raise AuthoringError(f"cell {label}: {node.cell_type} cells cannot be written as text")
    if node.get("attachments"):
        raise AuthoringError(f"cell {label}: a pasted picture cannot be written as text")
    options: dict[str, Any] = _options(node.metadata.get("nbgrader", {}), label) if graded else {}
    if "grade" in options and standard_sentence(source, options["grade"]) is not None:
        source = ""
    return make_cell(node.cell_type, source, options)


def _options(nbgrader: dict[str, Any], label: str) -> dict[str, Any]:
    """Return the options that nbgrader's metadata amount to."""
    grade, solution = nbgrader.get("grade"), nbgrader.get("solution")
    if nbgrader.get("task") or (grade and solution):
        raise AuthoringError(f"cell {label}: cells that are graded by hand are not supported")
    if grade:
        return {"grade": nbgrader["grade_id"], "points": nbgrader.get("points")}
    if solution:
        return {"solution": nbgrader["grade_id"]}
    return {} if nbgrader.get("locked") else {"free": True}
