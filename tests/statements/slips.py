"""Slips that readers made when they worked through the units, as they made them.

A file of ``tests/slips`` holds blocks: a line ``#@ unit | what was done | function[, function]``,
and below it the cell that is run after the solved assignment. Some blocks are right answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "slips"


@dataclass(frozen=True)
class Slip:
    """A cell, and the functions to check after it."""

    unit: str
    name: str
    functions: tuple[str, ...]
    cell: str


def slips(unit: str) -> Iterator[Slip]:
    """Yield the slips in the functions of a unit, in the order of the files."""
    for path in sorted(FOLDER.glob("*.txt")):
        parts = re.split(r"^#@ (.+)\n", path.read_text("utf-8"), flags=re.M)
        for head, cell in zip(parts[1::2], parts[2::2], strict=True):
            of, name, functions = (part.strip() for part in head.split("|"))
            if of == unit:
                yield Slip(unit, name, tuple(f.strip() for f in functions.split(",")), cell)
