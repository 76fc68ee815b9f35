"""One cell of an authoring text: what it says and what it is for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["markdown", "code"]
# The only options there are, in the order in which they are written.
OPTIONS = ("solution", "grade", "points", "free")


class AuthoringError(Exception):
    """Something an author has to put right; the message says what and where."""


@dataclass(frozen=True)
class Cell:
    """A cell as its author thinks of it, without nbgrader's bookkeeping.

    Attributes
    ----------
    kind : "markdown" or "code"
    source : the text between the marker lines, without blank lines around it
    solution : name of the function that the student writes in this cell
    grade : name of the check that this hidden test runs; an empty source means the
        standard test (`autograder.authoring.hidden_tests`)
    points : what the hidden test is worth
    free : the student may edit and delete the cell
    """

    kind: Kind
    source: str
    solution: str | None = None
    grade: str | None = None
    points: float | None = None
    free: bool = False

    @property
    def options(self) -> dict[str, Any]:
        """The options that differ from their defaults, in the order of `OPTIONS`."""
        return {key: value for key in OPTIONS if (value := getattr(self, key))}

    @property
    def label(self) -> str:
        """A few words by which the author finds the cell again."""
        first = next((line for line in self.source.splitlines() if line.strip()), "empty")
        return repr(self.solution or self.grade or first[:50])


def make_cell(kind: Kind, source: str, options: Mapping[str, Any]) -> Cell:
    """Return the cell with these options, or say which of them cannot be."""
    cell = Cell(kind, source.strip("\n"), **{k: v for k, v in options.items() if k in OPTIONS})
    fault = _fault(cell, options)
    if fault:
        raise AuthoringError(f"cell {cell.label}: {fault}")
    return cell


def _fault(cell: Cell, options: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the options of `cell`, or None."""
    unknown = sorted(set(options) - set(OPTIONS))
    if unknown:
        return f"unknown option {unknown[0]!r}; the options are {', '.join(OPTIONS)}"
    if any(not isinstance(n, str | None) for n in (cell.solution, cell.grade)):
        return "solution and grade are names in double quotes"
    if sum(map(bool, (cell.solution, cell.grade, cell.free))) > 1:
        return "only one of solution, grade and free can be given"
    if cell.kind == "markdown" and (cell.solution or cell.grade):
        return "solution and grade belong to code cells; nothing is graded by hand here"
    if bool(cell.grade) != (cell.points is not None):
        return "grade and points go together"
    if cell.points is not None and not _positive(cell.points):
        return f"points must be a positive number, not {cell.points!r}"
    if options.get("free", True) is not True:
        return "free is either free=true or left out"
    return None


def _positive(points: object) -> bool:
    return isinstance(points, int | float) and not isinstance(points, bool) and points > 0


def fingerprint(cells: Sequence[Cell]) -> str:
    """Return a short hash of what the cells say, the same for text and notebook."""
    said = json.dumps([asdict(cell) for cell in cells], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
