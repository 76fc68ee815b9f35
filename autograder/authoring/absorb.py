"""Bring an edit that was made in a built notebook back into its text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.authoring.build import Say, read_ledger, read_notebook, read_notebook_cells
from autograder.authoring.cells import AuthoringError, Cell, fingerprint
from autograder.authoring.course import LEDGER, Unit
from autograder.authoring.ids import cell_ids
from autograder.authoring.text import write_text
from autograder.authoring.to_notebook import sentences


def absorb(root: Path, units: Sequence[Unit], say: Say) -> list[Unit]:
    """Write the texts of those `units` whose notebooks were edited; return these units.

    Nothing is written if one of the edits cannot be brought back: because its text was edited
    too, or because the text cannot say what the notebook says.
    """
    ledger = read_ledger(root)
    for unit in units:
        for note in _lost_sentences(root, unit):
            say(note)
    edited = {unit: cells for unit in units if (cells := _edit(root, unit, ledger)) is not None}
    texts = {unit: _text(unit, cells) for unit, cells in edited.items()}
    for unit, text in texts.items():
        for note in _notes(unit.read(root), edited[unit], unit):
            say(note)
        (root / unit.text).write_text(text, "utf-8")
        ledger[unit.text] = fingerprint(edited[unit])
        say(f"wrote {unit.text}")
    if texts:
        (root / LEDGER).write_text(json.dumps(ledger, indent=1, sort_keys=True) + "\n", "utf-8")
    return list(texts)


def _edit(root: Path, unit: Unit, ledger: dict[str, str]) -> list[Cell] | None:
    """Return the cells of the unit's notebook if it was edited since it was built."""
    if not (root / unit.notebook).exists():
        return None
    text, notebook = unit.read(root), read_notebook_cells(root, unit)
    built = ledger.get(unit.text)
    if fingerprint(notebook) in (fingerprint(text), built):
        return None
    if fingerprint(text) != built:
        raise AuthoringError(
            f"{unit.notebook} and {unit.text} were both edited since the last build, first in "
            f"cell {_first_difference(text, notebook)}. Nothing was written. Carry one of the "
            "edits over by hand: either undo the one in the text and run `make absorb`, or delete "
            "the notebook and run `make build`"
        )
    return notebook


def _text(unit: Unit, cells: Sequence[Cell]) -> str:
    """Return the text that says `cells`, or say why none can."""
    try:
        cell_ids(cells)
        return write_text(cells)
    except AuthoringError as error:
        raise AuthoringError(f"{unit.notebook}: {error}. Nothing was written") from None


def _lost_sentences(root: Path, unit: Unit) -> Iterator[str]:
    """Yield the standard hidden tests whose visible sentence is not that of their check."""
    from autograder.suite import describe, names

    if not unit.graded or not (root / unit.notebook).exists():
        return
    for name, sentence in sentences(read_notebook(root, unit)).items():
        if name in names() and sentence != describe(name):
            yield (
                f"{unit.notebook}: the sentence of {name} is the first line of its check's "
                f"docstring, so an edit of it is not taken over: {sentence!r}"
            )


def _first_difference(text: Sequence[Cell], notebook: Sequence[Cell]) -> str:
    for one, other in zip(text, notebook, strict=False):
        if one != other:
            return one.label
    return max(text, notebook, key=len)[min(len(text), len(notebook))].label


def _notes(old: Sequence[Cell], new: Sequence[Cell], unit: Unit) -> Iterator[str]:
    """Yield what an instructor may not have meant to change."""
    free = [c for c in new if c.free and c not in old]
    if free:
        yield (
            f"{unit.text}: {len(free)} new or changed cells are free, students can edit them "
            f"(first {free[0].label}); take free=true out to lock one"
        )
    gone = {c.grade for c in old if c.grade} - {c.grade for c in new}
    if gone:
        yield f"{unit.text}: no longer graded: {', '.join(sorted(map(str, gone)))}"
