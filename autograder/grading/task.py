"""The part of grading that worker processes do: no gradebook, plain data in and out."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task

from .assignment import Master
from .isolation import strength
from .limits import Limits
from .notebook import METADATA, grade_notebook
from .sandbox import shared
from .submission import data_files, load


@dataclass(frozen=True)
class Job:
    """One submission to grade.

    Attributes
    ----------
    folder, root : Path
        Where it lies, and the folder of all submissions.
    target : Path
        Where the graded notebooks go; exists only when everything is written.
    given : dict of str to bytes
        The assignment's own data files, which replace the student's.
    """

    student: str
    folder: Path
    root: Path
    target: Path
    masters: tuple[Master, ...]
    given: dict[str, bytes]
    limits: Limits


@dataclass
class Sheet:
    """What came of one notebook: points per test (None: for a person to grade), and comments."""

    points: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)


@dataclass
class Outcome:
    """What came of one submission."""

    student: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0
    unreadable: bool = False


def grade_submission(job: Job) -> Outcome:
    """Grade one submission and write its notebooks to ``job.target``."""
    started = time.perf_counter()
    outcome = Outcome(job.student)
    shutil.rmtree(job.target, ignore_errors=True)
    job.target.mkdir(parents=True)
    files = data_files(job.folder, job.root) | job.given
    for name, data in files.items():
        path = job.target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for master in job.masters:
        nb = load(job.folder, job.root, master)
        grade_notebook(nb, master, files, shared(job.limits), strength())
        about = nb.metadata[METADATA]
        outcome.notes += [*about["repairs"], *about["events"]]
        if "unreadable" in about:
            outcome.notes.append(about["unreadable"])
            outcome.unreadable = True
        outcome.sheets[master.name] = _sheet(nb)
        nbformat.write(nb, job.target / f"{master.name}.ipynb")
    outcome.seconds = time.perf_counter() - started
    return outcome


def _sheet(nb: Any) -> Sheet:
    """Read points and comments off a graded notebook, as nbgrader does."""
    sheet = Sheet()
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if is_grade(cell):
            sheet.points[name] = determine_grade(cell)[0]
        if is_solution(cell) or is_task(cell):
            unchanged = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
            sheet.comments[name] = "No response." if unchanged and not is_task(cell) else None
    return sheet
