"""Lessons and assignments as Sphinx reads them: outputs, and every picture's text beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring.course import find_units

_TO_READ = (
    "*This page is to be read. To work, open the notebook in the folder that you were given: there "
    "`check` and `hint` answer.*"
)


def stage_lessons(root: Path, folder: Path) -> dict[str, str]:
    """Write the lessons into `folder`; return their titles by name, in the order of the units."""
    folder.mkdir(parents=True)
    titles = {}
    for unit in find_units(root):
        if unit.graded:
            continue
        notebook = nbformat.read(root / unit.notebook, as_version=4)
        for cell in notebook.cells:
            _describe(cell)
        (folder / f"{unit.name}.ipynb").write_text(nbformat.writes(notebook), "utf-8")
        titles[unit.name] = _title(notebook)
    return titles


def _describe(cell: Any) -> None:
    """Hand the text and the size of a cell's picture to MyST-NB, which reads them from the cell."""
    for output in cell.get("outputs", ()):
        said = output.get("metadata", {}).get("image/png")
        if said:
            image = {"alt": said["alt"], "width": f"{said['width']}px"}
            cell.metadata["mystnb"] = {"image": image}


def stage_assignments(root: Path, folder: Path) -> dict[str, str]:
    """Write the assignments, as they are handed out, into `folder`; return their titles by name."""
    folder.mkdir(parents=True)
    titles = {}
    for unit in find_units(root):
        if unit.release:
            notebook = nbformat.read(root / unit.release, as_version=4)
            titles[unit.name] = _title(notebook)
            notebook.cells.insert(1, nbformat.v4.new_markdown_cell(_TO_READ, id="to-read"))
            (folder / f"{unit.name}.ipynb").write_text(nbformat.writes(notebook), "utf-8")
    return titles


def _title(notebook: Any) -> str:
    return str(notebook.cells[0].source.partition("\n")[0].removeprefix("# "))
