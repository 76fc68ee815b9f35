"""Find out which cell is which in a notebook that has lost what nbgrader noted in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from autograder.grading.assignment import Master, SourceCell

_NOT_HANDED_OUT = re.compile(
    r"^[^\n]*BEGIN (HIDDEN TESTS|MARK SCHEME).*?END \1[^\n]*\n?", re.DOTALL | re.MULTILINE
)
_DEFINED = re.compile(r"^(?:async +def|def|class) +(\w+)|^(\w+) *=(?!=)", re.MULTILINE)


def recognise(nb: Any, master: Master) -> list[str]:
    """Give cells their names back, where most of the assignment's cells are not there by name.

    A given cell is known by its text, an answer by what it defines, and what is left by its place
    between cells that are known.

    Returns
    -------
    list of str
        A line on it, or none.
    """
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells]
    lost = [source for name, source in master.cells.items() if name not in names]
    if 2 * len(lost) <= len(master.cells):
        return []
    free = {i for i, name in enumerate(names) if not isinstance(name, str)}
    # each cell is read once, however many it may be
    texts = {i: " ".join(nb.cells[i].source.split()) for i in free}
    defined = {i: _defined(nb.cells[i].source) for i in free if nb.cells[i].cell_type == "code"}
    found: dict[str, int] = {}
    for source in lost:
        fits = _fitting(source, texts, defined)
        place = next((i for i in sorted(free) if fits(i)), None)
        if place is not None:
            found[source.name] = place
            free.discard(place)
    for source, place in list(_by_place(nb, master, lost, found, free)):
        found[source.name] = place
    for name, place in found.items():
        nb.cells[place].metadata["nbgrader"] = type(nb.metadata)(grade_id=name)
    if not found:
        return []
    return [
        "the notebook has lost what nbgrader notes in its cells; "
        f"{len(found)} of {len(lost)} were recognised by their text or place"
    ]


def _fitting(
    source: SourceCell, texts: dict[int, str], defined: dict[int, set[str]]
) -> Callable[[int], bool]:
    """Return what tells whether a cell, by its place, is this one of the master."""
    if source.metadata["locked"]:
        # what is not handed out stands in the master alone
        text = " ".join(_words(source.source))
        return lambda place: bool(text) and texts[place] == text
    wanted = _defined(source.source) if source.cell_type == "code" else set()
    return lambda place: bool(wanted) and wanted <= defined.get(place, set())


def _words(text: str) -> list[str]:
    return _NOT_HANDED_OUT.sub("", text).split()


def _defined(text: str) -> set[str]:
    return {function or variable for function, variable in _DEFINED.findall(text)}


def _by_place(
    nb: Any, master: Master, lost: list[SourceCell], found: dict[str, int], free: set[int]
) -> Iterator[tuple[SourceCell, int]]:
    """Yield answers that lie between known cells, where there are as many as there should be."""
    for gap, (start, end) in _gaps(nb, master, found):
        for kind in ("code", "markdown"):
            wanted = [s for s in gap if s in lost and s.cell_type == kind]
            there = [i for i in range(start, end) if i in free and nb.cells[i].cell_type == kind]
            if len(wanted) == len(there):
                yield from zip(wanted, there, strict=True)


def _gaps(
    nb: Any, master: Master, found: dict[str, int]
) -> Iterator[tuple[list[SourceCell], tuple[int, int]]]:
    """Yield the unknown cells between two that are known, and where they may be."""
    gap: list[SourceCell] = []
    start = 0
    for name, source in master.cells.items():
        if name in found:
            if found[name] >= start:
                yield gap, (start, found[name])
                start = found[name] + 1
            gap = []
        else:
            gap.append(source)
    yield gap, (start, len(nb.cells))
