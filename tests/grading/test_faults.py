"""Nothing stops the class: each fault costs its own points only, and is told in clear words."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.grading.run import Graded, grade_many

from .conftest import QUICK
from .course import FULL, graded, hand_in, scores, submission
from .faults import FAULTS, Fault


def student(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name)


def fill(root: Path, name: str, fault: Fault) -> None:
    """Hand in one faulty submission."""
    data = submission(root, fault.answers)
    if fault.edit:
        fault.edit(data)
    folder = hand_in(root, name, fault.raw(data) if fault.raw else data)
    if fault.folder:
        fault.folder(folder)


@dataclass
class Class:
    """The graded class."""

    root: Path
    rows: dict[str, Graded]


@pytest.fixture(scope="module")
def faulty(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Grade every faulty submission."""
    root = tmp_path_factory.mktemp("faulty") / "course"
    shutil.copytree(blank, root)
    for name, fault in FAULTS.items():
        fill(root, student(name), fault)
    rows = grade_many(root, "tiny", workers=2, progress=False, limits=QUICK)
    return Class(root, {row.student: row for row in rows})


def test_the_corpus_is_large_enough() -> None:
    assert len(FAULTS) >= 60


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_costs_its_own_points_only(faulty: Class, name: str) -> None:
    found = scores(faulty.root, student(name))
    found.pop("words")
    assert found == FULL | FAULTS[name].points


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told(faulty: Class, name: str) -> None:
    row = faulty.rows[student(name)]
    nb = graded(faulty.root, student(name))
    told = json.dumps([c.get("outputs") for c in nb.cells], ensure_ascii=False)
    told = told + str([c.metadata for c in nb.cells]) + "\n".join(row.notes)
    for words in FAULTS[name].says:
        assert words in told
    assert row.status in ("graded", "repaired", "zero")
    assert "Traceback" not in "\n".join(row.notes)


@pytest.mark.parametrize("name", FAULTS)
def test_everyone_gets_a_page(faulty: Class, name: str) -> None:
    page = faulty.root / "feedback" / student(name) / "tiny" / "work.html"
    assert "BEGIN HIDDEN" not in page.read_text(encoding="utf-8")
