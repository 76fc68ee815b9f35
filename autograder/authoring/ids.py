"""Cell ids: readable, unique, and unmoved by what is inserted elsewhere.

A solution or grade cell is called after its function or check, a cell that opens a section
``section-`` and its heading, and any other cell after the nearest heading or solution above
it with its number counted from there.  So a new cell changes at most the ids of the unnamed
cells that follow it in the same section, and correcting a sentence changes none: nbgrader
refuses to regenerate an assignment that has submissions once the names of its locked cells
change.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from autograder.authoring.cells import AuthoringError, Cell

_LONGEST = 64  # nbformat's limit


def cell_ids(cells: Sequence[Cell]) -> list[str]:
    """Return one id per cell; raise AuthoringError if two cells claim the same name."""
    ids: list[str] = []
    anchor, count = "start", 0
    for cell in cells:
        name = _name(cell)
        if name is None:
            count += 1
            ids.append(f"{anchor}--{count}")
            continue
        if name in ids:
            raise AuthoringError(f"two cells are called {name!r}: give one another name or heading")
        ids.append(name)
        if not cell.grade:
            anchor, count = name[: _LONGEST - 6], 1
    return ids


def _name(cell: Cell) -> str | None:
    """Return the name the cell has by itself, or None."""
    own = cell.solution or cell.grade
    if own:
        return own if len(own) <= _LONGEST else f"{own[:55]}-{_digest(own)}"
    heading = re.match(r"#{1,6} +(.+)", cell.source) if cell.kind == "markdown" else None
    return _slug(heading[1]) if heading else None


def _slug(heading: str) -> str | None:
    """Return the heading in lower case with hyphens, or None if nothing is left of it."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"section-{slug[:40].rstrip('-')}" if slug else None


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:8]
