"""A class of unit 04 of any size, of which it is known what each submission must get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import bank
from grading.bank_notebooks import definition

from autograder.demo.sample_class import ASSIGNMENT, CLASS, NOTEBOOK

_EACH = 4  # one of so many slips of the bank
_BROKEN = {
    "empty": b"",
    "cut off": b'{"cells": [{"cell_type": "code", "sour',
    "another format": b"%PDF-1.7 \x00\xff",
    "a list": b"[1, 2, 3]",
    "without cells": b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
}


def kinds(course: Path) -> dict[str, bytes]:
    """Return each kind of submission: right ones, one slip each, and broken ones.

    Parameters
    ----------
    course : Path
        With the sample class in it; see `autograder.demo.run.make_course`.
    """
    submitted = course / "submitted"
    read = {s.student: (submitted / s.student / ASSIGNMENT / NOTEBOOK).read_bytes() for s in CLASS}
    slips = bank.mutants("columns")[::_EACH]
    made = {mutant.name: _slipped(read[CLASS[0].student], mutant) for mutant in slips}
    return read | made | {f"broken, {name}": data for name, data in _BROKEN.items()}


def known() -> dict[str, float]:
    """Return the points of the kinds that were judged by hand."""
    broken = {f"broken, {name}": 0.0 for name in _BROKEN}
    return {sample.student: sample.score for sample in CLASS} | broken


def _slipped(right: bytes, mutant: Any) -> bytes:
    """A right notebook with one answer of the bank's in it."""
    nb = json.loads(right)
    head = "import math\nfrom typing import Any\n\n"
    head += "".join(f"{name} = {value!r}\n" for name, value in mutant.state.items())
    for cell in nb["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in mutant.replace:
            cell["source"] = head + definition(name, mutant.replace[name])
    return json.dumps(nb).encode()


def hand_in(course: Path, handed_in: dict[str, bytes]) -> None:
    """Write a notebook for each student."""
    for student, data in handed_in.items():
        folder = course / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / NOTEBOOK).write_bytes(data)
