"""The py:percent text of a notebook, read and written by jupytext in one spelling."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import jupytext
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.cells import AuthoringError, Cell, make_cell

_FORMAT = {"extension": ".py", "format_name": "percent"}
# Jupytext's notes about how a text was laid out, which is no part of what it says.
_LAYOUT = ("lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker")


def read_cells(text: str) -> list[Cell]:
    """Return the cells of a text, however its blank lines are laid out."""
    cells = []
    for node in jupytext.reads(text, fmt=_FORMAT).cells:
        if node.cell_type not in ("markdown", "code"):
            raise AuthoringError(f"a {node.cell_type} cell: only text and code cells can be used")
        options = {k: v for k, v in node.metadata.items() if k not in _LAYOUT}
        cells.append(make_cell(node.cell_type, node.source, options))
    return cells


def write_text(cells: Sequence[Cell]) -> str:
    """Return the one text that says `cells`; reading it gives exactly `cells` again."""
    nodes = []
    for cell in cells:
        # One blank line between cells; left to itself jupytext guesses by what stands there.
        nodes.append(new_node(cell, cell.source, cell.options | {"lines_to_next_cell": 1}))
    filters = {"notebook_metadata_filter": "-all", "cell_metadata_filter": "all"}
    text: str = jupytext.writes(
        new_notebook(cells=nodes, metadata={"jupytext": filters}), fmt=_FORMAT
    )
    for wanted, found in zip_longest(cells, read_cells(text)):
        if wanted != found:
            lost = wanted or found
            raise AuthoringError(
                f"cell {lost.label if lost else '?'} cannot be written as text: "
                f"{json.dumps(wanted.source if wanted else None)[:70]} comes back as "
                f"{json.dumps(found.source if found else None)[:70]}"
            )
    return text


def new_node(cell: Cell, source: str, metadata: dict[str, Any], **more: str) -> Any:
    """Return a notebook's node of the kind of `cell`."""
    if cell.kind == "markdown":
        return new_markdown_cell(source, metadata=metadata, **more)
    return new_code_cell(source, metadata=metadata, **more)


def check_spelling(text: str, cells: Sequence[Cell]) -> None:
    """Raise AuthoringError at the first line that is not spelled the one way."""
    right = write_text(cells)
    lines = zip_longest(text.splitlines(), right.splitlines())
    for number, (found, wanted) in enumerate(lines, 1):
        if found != wanted:
            raise AuthoringError(
                f"line {number}: {found!r} is spelled {wanted!r} here; `make format` rewrites it"
            )
    if text != right:
        raise AuthoringError("the last line has no line end")
