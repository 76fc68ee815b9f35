"""The part of grading that worker processes do: no gradebook, plain data in and out."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task

from autograder.grading.assignment import Master
from autograder.grading.notebook.grade import METADATA, grade_notebook
from autograder.grading.sandbox.limits import Limits
from autograder.grading.sandbox.sandbox import shared
from autograder.grading.sandbox.strength import strength
from autograder.grading.submission.beside import data_files, left_aside, together
from autograder.grading.submission.find import Kin
from autograder.grading.submission.folder import fingerprint
from autograder.grading.submission.load import load, siblings
from autograder.grading.submission.other_student import other_students


@dataclass(frozen=True)
class Job:
    """One submission to grade.

    Attributes
    ----------
    folder, root : Path
        Where it lies, and the folder of all submissions.
    unfinished : Path
        Where a folder for the graded notebooks is made; every attempt has its own.
    given : dict of str to bytes
        The assignment's own data files, which replace the student's.
    key : bytes
        Chooses the instances of the hidden tests for this student.
    kin : mapping of str to set of str
        Notebooks of the course's other assignments, and their cells.
    """

    student: str
    folder: Path
    root: Path
    unfinished: Path
    masters: tuple[Master, ...]
    given: dict[str, bytes]
    limits: Limits
    key: bytes = b""
    kin: Kin = field(default_factory=dict)


@dataclass
class Sheet:
    """What came of one notebook: points per test (None: for a person to grade), and comments."""

    points: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)


@dataclass
class Outcome:
    """What came of one submission.

    Attributes
    ----------
    folder : Path
        Holds the graded notebooks.
    isolation : str
        What held the student's code.
    aside : list of str
        Lines on files that were not looked at, and on ids of other students: no repairs.
    """

    student: str
    folder: Path
    isolation: str
    sheets: dict[str, Sheet] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    seconds: float = 0.0
    unreadable: bool = False


def grade_submission(job: Job) -> Outcome:
    """Grade one submission and write its notebooks to a folder below ``job.unfinished``."""
    started = time.perf_counter()
    job.unfinished.mkdir(parents=True, exist_ok=True)
    # a folder inside of mkdtemp's, which is private to this user
    outcome = Outcome(job.student, Path(mkdtemp(dir=job.unfinished), "done"), strength().name)
    outcome.folder.mkdir()
    masters = {master.name: master for master in job.masters}
    loaded = {
        name: load(job.folder, job.root, master, siblings(masters, name) | dict(job.kin))
        for name, master in masters.items()
    }
    used = {str(nb.metadata[METADATA].get("path", "")) for nb in loaded.values()}
    used |= {f"{name}.ipynb" for name in masters}  # of which it is told what came of them
    outcome.aside = left_aside(job.folder, job.root, used)
    handed_in = fingerprint(job.folder, job.root)
    for name, master in masters.items():
        nb = loaded[name]
        inside = nb.metadata[METADATA].get("path", "").rpartition("/")[0]
        files = together(data_files(job.folder, job.root, [inside]), job.given)
        _write(files, outcome.folder)
        grade_notebook(nb, master, files, shared(job.limits), strength(), job.key, job.given)
        outcome.aside += other_students(nb, job.student)
        about = nb.metadata[METADATA]
        about["handed_in"] = handed_in
        outcome.notes += [*about["repairs"], *about["events"]]
        if "unreadable" in about:
            outcome.notes.append(about["unreadable"])
            outcome.unreadable = True
        outcome.sheets[master.name] = _sheet(nb)
        # all of it was made here: nbformat would copy it, check it against its schema and only warn
        written = json.dumps(nb, sort_keys=True, ensure_ascii=False)
        (outcome.folder / f"{master.name}.ipynb").write_text(written + "\n", encoding="utf-8")
    outcome.seconds = time.perf_counter() - started
    return outcome


def _write(files: dict[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _sheet(nb: Any) -> Sheet:
    """Read points and comments off a graded notebook, as nbgrader does.

    A task waits for a person, unless there is no notebook to look at.
    """
    sheet = Sheet()
    task = 0.0 if "unreadable" in nb.metadata.get(METADATA, {}) else None
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if is_grade(cell):
            sheet.points[name] = determine_grade(cell)[0]
        elif is_task(cell):
            sheet.points[name] = task
        if is_solution(cell) or is_task(cell):
            unchanged = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
            sheet.comments[name] = "No response." if unchanged and not is_task(cell) else None
    return sheet
