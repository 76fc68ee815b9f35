"""Unit 07: the assignment's own solution as a notebook."""

from pathlib import Path

import jupytext
import numpy as np

TEXT = Path(__file__).parents[2] / "authoring" / "assignments" / "07_bptt.py"
GIVEN = ("def forward_then_overwrite", "import numpy")


def cells():
    """The solved answer cells, and the given code that the functions need."""
    found = {}
    for cell in jupytext.read(TEXT).cells:
        if "solution" in cell.metadata:
            found[cell.metadata["solution"]] = cell.source
        elif cell.cell_type == "code" and cell.source.startswith(GIVEN):
            found[cell.source.split("(")[0]] = cell.source
    return found


CELLS = cells()


def notebook(**replaced):
    """A namespace with all functions of the assignment, some of them replaced."""
    names = {"__name__": "student"}
    for name, text in CELLS.items():
        exec(replaced.get(name, text), names)
    return names


def spoilt(name, right, wrong):
    """The notebook with one slip: in the cell of `name`, `right` is replaced by `wrong`."""
    assert right in CELLS[name], f"{name} does not hold {right!r}"
    return notebook(**{name: CELLS[name].replace(right, wrong)})


def sizes(rng, n_x=3, n_a=5, n_y=2, m=7, T=4):
    """x, a0 and parameters of these sizes."""
    shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "ba": (n_a, 1), "Wya": (n_y, n_a)}
    parameters = {n: rng.normal(size=s) for n, s in (shapes | {"by": (n_y, 1)}).items()}
    return rng.normal(size=(n_x, m, T)), rng.normal(size=(n_a, m)), parameters


__all__ = ["CELLS", "notebook", "np", "sizes", "spoilt"]
