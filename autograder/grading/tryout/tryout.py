"""Try an assignment: its master's own solution, and the notebook as it is handed out.

Both go through the very path that students' notebooks go; where a hidden test is hand-written, an
ordinary kernel says what it gives there.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from traitlets.config import Config

from autograder.grading.assignment import Master, read_master
from autograder.grading.folders import folder_of, given_files
from autograder.grading.notebook.run_tests import METADATA
from autograder.grading.notebook.testcell import is_hand_written
from autograder.grading.pool import Lost, run_all
from autograder.grading.sandbox.limits import Limits
from autograder.grading.submission.load import load
from autograder.grading.task import Job, Outcome
from autograder.grading.tryout.findings import Cell, Finding, Points, findings
from autograder.grading.tryout.kernel import kernel_points
from autograder.grading.worker import Refused, grade_submission

_MASTER, _RELEASE = "master", "release"
Run = Callable[..., Any]


class NotTried(Exception):
    """An assignment cannot be graded as it is; the message says what to change."""


@dataclass(frozen=True)
class Assignment:
    """What is tried: masters, their notebooks as files, and what is handed out beside them."""

    name: str
    masters: tuple[Master, ...]
    solved: dict[str, bytes]
    released: dict[str, bytes]
    given: dict[str, bytes]


def read_assignment(course: Any, gradebook: Any, assignment: str, config: Config) -> Assignment:
    """Collect what is to be tried.

    Raises
    ------
    NotTried
        If a master is for another language than Python, or does not lie under ``source``.
    """
    source = folder_of(course, course.source_directory, ".", assignment)
    release = folder_of(course, course.release_directory, ".", assignment)
    masters, solved, released = [], {}, {}
    for entry in gradebook.find_assignment(assignment).notebooks:
        path = source / f"{entry.name}.ipynb"
        if not path.is_file():
            raise NotTried(
                f"there is no {path}: its own solution is tried before others are graded"
            )
        refuse_other_languages(path, entry.kernelspec)
        masters.append(read_master(gradebook, entry.name, assignment, source))
        solved[entry.name] = path.read_bytes()
        handed = release / path.name
        told = handed.read_bytes() if handed.is_file() else _cleared(path, config)
        released[entry.name] = told
    given = given_files(course, assignment)
    return Assignment(assignment, tuple(masters), solved, released, given)


def refuse_other_languages(path: Path, kernelspec: str | None) -> None:
    """Raise `NotTried` for a master that runs in a kernel of another language."""
    metadata = nbformat.read(path, as_version=4).metadata
    specs = [metadata.get("kernelspec", {}), json.loads(kernelspec or "{}")]
    told = [s.get("language") for s in specs] + [metadata.get("language_info", {}).get("name")]
    language = next((str(one) for one in told if one), "python")
    if language.lower() not in ("python", "python3", "ipython"):
        kernel = next((str(s["name"]) for s in specs if "name" in s), "?")
        raise NotTried(
            f"{path.name} is written in {language} (kernel {kernel!r}), and this grader runs "
            "Python alone. What to do: grade it with nbgrader's own settings, without "
            "autograder.grading.nbgrader.configure"
        )


def try_assignment(
    assignment: Assignment, limits: Limits, workers: int = 2, run: Run = run_all
) -> list[Finding]:
    """Try an assignment; return what is wrong with it, the errors first.

    Raises
    ------
    NotTried
        If its notebooks cannot be graded at all.
    BrokenSandbox, NoIsolation
        If nothing can be graded on this machine.
    """
    with tempfile.TemporaryDirectory(prefix="autograder-try-") as made:
        root = Path(made)
        jobs = list(_jobs(assignment, root, limits))
        points = {
            job.student: _points(done, job) for job, done in run(grade_submission, jobs, workers)
        }
        cells = list(_cells(assignment, points, root))
    found = [finding for cell in cells for finding in findings(cell)]
    return sorted(found, key=lambda finding: not finding.error)


def _jobs(assignment: Assignment, root: Path, limits: Limits) -> Iterator[Job]:
    for who, notebooks in ((_MASTER, assignment.solved), (_RELEASE, assignment.released)):
        folder = root / who
        folder.mkdir()
        for name, data in notebooks.items():
            (folder / f"{name}.ipynb").write_bytes(data)
        about = (assignment.masters, assignment.given, limits)
        yield Job(who, folder, root, root / ".unfinished", *about)


def _points(done: Outcome | Lost | Refused, job: Job) -> dict[tuple[str, str], Points]:
    if isinstance(done, Lost | Refused):
        raise NotTried(f"the {job.student} could not be graded: {done.why}")
    found = {}
    for master in job.masters:
        graded = nbformat.read(done.folder / f"{master.name}.ipynb", as_version=4)
        for cell in graded.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            points = done.sheets[master.name].points.get(name)
            if points is not None and METADATA in cell.metadata:
                message = cell.metadata[METADATA].get("message", "")
                found[master.name, name] = Points(points, message)
    return found


def _cells(
    assignment: Assignment, points: dict[str, dict[tuple[str, str], Points]], root: Path
) -> Iterator[Cell]:
    none = Points(0.0, "it was not graded")
    for master in assignment.masters:
        tests = [cell for cell in master.cells.values() if cell.is_test]
        kernels: Sequence[dict[str, Points]] = ({}, {})
        if any(is_hand_written(cell.source) for cell in tests):
            notebooks = [load(root / who, root, master) for who in (_MASTER, _RELEASE)]
            kernels = kernel_points(notebooks, master, assignment.given)
        for cell in tests:
            here = (points[who].get((master.name, cell.name), none) for who in (_MASTER, _RELEASE))
            there = (found.get(cell.name) for found in kernels)
            name = f"{master.name}/{cell.name}"
            yield Cell(name, float(cell.metadata["points"]), *here, *there)


def _cleared(path: Path, config: Config) -> bytes:
    """Make of a master what students get, where no release lies in the course folder."""
    nb = nbformat.read(path, as_version=4)
    for step in (ClearSolutions(config=config), ClearHiddenTests(config=config)):
        nb, _ = step.preprocess(nb, {})
    return str(nbformat.writes(nb)).encode()
