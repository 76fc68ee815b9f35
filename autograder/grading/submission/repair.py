"""Put right what editors and students do to a notebook's cells, so that grading never stops.

The gradebook's metadata are the truth. A submission's own are used for one thing only: to know
which cell is meant.
"""

from __future__ import annotations

import hashlib
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.grading.assignment import Master, SourceCell
from autograder.grading.submission.notes import (
    BECAME,
    CHANGED,
    COPIED,
    MISSING,
    NOT_OURS,
    POINTS,
    Notes,
)
from autograder.grading.submission.recognise import recognise


def repair_cells(nb: Any, master: Master) -> list[str]:
    """Restore the tracked cells of a notebook, in place; return what had to be put right."""
    told, notes = recognise(nb, master), Notes()
    chosen = _choose(nb, master, notes)
    for index, cell in enumerate(nb.cells):
        source = chosen.get(index)
        if source is None:
            _untrack(cell, notes, index)
        else:
            nb.cells[index] = _restored(cell, source, notes)
    found = [chosen[index].name for index in sorted(chosen)]
    for name, source in master.cells.items():
        if name not in found:
            _insert(nb, master, _new(source), source)
            notes.add(MISSING, f"'{name}'")
    _follow_answers(nb, master, found)
    moved = []
    if found != [name for name in master.cells if name in found]:
        _reorder_tests(nb, master)
        moved = ["cells had been moved; each test is back where it belongs"]
    return [*told, *notes.lines(), *moved]


def _choose(nb: Any, master: Master, notes: Notes) -> dict[int, SourceCell]:
    """Decide for each master cell which of the cells that claim its name is the one."""
    claims: dict[str, list[int]] = {}
    for index, cell in enumerate(nb.cells):
        name = _claimed(cell)
        if name in master.cells:
            claims.setdefault(str(name), []).append(index)
    chosen = {}
    for name, indices in claims.items():
        source = master.cells[name]
        chosen[_best(nb, indices, source)] = source
        if len(indices) > 1:
            notes.add(COPIED, f"'{name}'", str(len(indices)))
    return chosen


def _best(nb: Any, indices: list[int], source: SourceCell) -> int:
    """Prefer a copy of the right type; of answers the last one that is not empty."""
    right = [i for i in indices if nb.cells[i].cell_type == source.cell_type] or indices
    if source.metadata["locked"]:
        return right[0]
    blank = ("", source.source.strip())
    written = [i for i in right if nb.cells[i].source.strip() not in blank]
    for index in set(right) - set(written) if written else ():
        # an empty copy, run after the answer, would undo it
        nb.cells[index].metadata.tags = ["skip-execution"]
    return (written or right)[-1]


def _claimed(cell: Any) -> str | None:
    tracked = cell.metadata.get("nbgrader")
    name = tracked.get("grade_id") if isinstance(tracked, dict) else None
    return name if isinstance(name, str) else None


def _untrack(cell: Any, notes: Notes, index: int) -> None:
    """Take nbgrader's metadata off a cell that is the student's own."""
    tracked = cell.metadata.pop("nbgrader", None)
    if isinstance(tracked, dict) and (tracked.get("grade") or tracked.get("points")):
        notes.add(NOT_OURS, str(index + 1))


def _restored(cell: Any, source: SourceCell, notes: Notes) -> Any:
    """Give a tracked cell its type, metadata and, if locked, its source."""
    name, before = f"'{source.name}'", cell.metadata.get("nbgrader", {})
    points = before.get("points")
    # where there are none they were lost, with the rest of what nbgrader notes
    if points is not None and points != source.metadata.get("points", 0):
        notes.add(POINTS, name, repr(points))
    if cell.cell_type != source.cell_type:
        notes.add(BECAME, name, cell.cell_type)
        cell = _make(source, cell.source)
    # a tag such as skip-execution on a tracked cell would be the student's wish, not ours
    cell.metadata = type(cell.metadata)(nbgrader=type(cell.metadata)(source.metadata))
    if source.metadata["locked"]:
        if not source.is_test and not _is_as_handed_out(cell.source, source):
            notes.add(CHANGED, name)
        cell.source = source.source
    return cell


def _is_as_handed_out(text: str, source: SourceCell) -> bool:
    """Whether a locked cell holds the master's text; of a task, without its scheme for marking."""
    found, wanted = _lines(text), _lines(source.source)
    if not source.metadata["task"]:
        return found == wanted
    rest = iter(wanted)
    return all(line in rest for line in found)


def _lines(text: str) -> list[str]:
    """Return the lines of a text, without blanks at their ends and line ends of Windows."""
    return [line.rstrip() for line in text.strip().splitlines()]


def _insert(nb: Any, master: Master, cell: Any, source: SourceCell) -> None:
    """Put a cell after every tracked cell that stands before it in the master."""
    names = list(master.cells)
    before = set(names[: names.index(source.name)])
    places = [i for i, other in enumerate(nb.cells) if _claimed(other) in before]
    nb.cells.insert(places[-1] + 1 if places else 0, cell)


def _reorder_tests(nb: Any, master: Master) -> None:
    """Put every test after what it tests; the student's own cells stay in their order."""
    tests = {}
    for cell in list(nb.cells):
        source = master.cells.get(_claimed(cell) or "")
        if source is not None and source.is_test:
            tests[source.name] = cell
            nb.cells.remove(cell)
    for name, source in master.cells.items():
        if name in tests:
            _insert(nb, master, tests[name], source)


def _follow_answers(nb: Any, master: Master, found: list[str]) -> None:
    """Put a test last if the cell it tests has lost its name: the answer may stand anywhere."""
    answered = True
    for name, source in master.cells.items():
        if source.metadata["solution"]:
            answered = name in found
        elif source.is_test and not answered:
            (place,) = [i for i, cell in enumerate(nb.cells) if _claimed(cell) == name]
            nb.cells.append(nb.cells.pop(place))


def _new(source: SourceCell) -> Any:
    """Make a missing cell anew."""
    cell = _make(source, source.source)
    cell.metadata.nbgrader = type(cell.metadata)(source.metadata)
    if source.metadata["solution"] and not source.metadata["grade"]:
        # the empty answer must not overwrite what the student defined in a cell of their own
        cell.metadata.tags = ["skip-execution"]
    return cell


def _make(source: SourceCell, text: str) -> Any:
    name = _cell_id(source.name)
    if source.cell_type == "code":
        return new_code_cell(source=text, id=name)
    return new_markdown_cell(source=text, id=name)


def _cell_id(name: str) -> str:
    """Make an id of a name, the same in every run and unlike an editor's own."""
    return "restored-" + hashlib.sha256(name.encode()).hexdigest()[:16]
