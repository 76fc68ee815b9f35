"""Grade a whole class, in parallel, without starting an nbgrader command."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files
from tqdm import tqdm  # type: ignore[import-untyped]
from traitlets.config import Config

from .assignment import read_master
from .feedback import Page, make_feedback, page_of
from .isolation import strength
from .limits import Limits
from .pool import Lost, run_all
from .record import Record
from .task import Job, Outcome, grade_submission
from .timestamp import read_timestamp


@dataclass(frozen=True)
class Graded:
    """One row of the table at the end.

    Attributes
    ----------
    student : str
    status : str
        ``graded``, ``repaired`` (graded, see the notes), ``zero`` (nothing readable was handed in),
        ``graded before`` or ``not graded``.
    score, max_score : float or None
    notes : tuple of str
        What had to be put right, or why it could not be graded.
    seconds : float
        Time in the worker.
    """

    student: str
    status: str
    score: float | None = None
    max_score: float | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0.0


def grade_many(
    course_dir: str | Path,
    assignment: str,
    students: Sequence[str] | None = None,
    workers: int | None = None,
    *,
    force: bool = False,
    feedback: bool = True,
    progress: bool = True,
    limits: Limits | None = None,
    config: Config | None = None,
) -> list[Graded]:
    """Grade all submissions of an assignment; a run that was killed is taken up where it stopped.

    Parameters
    ----------
    course_dir : path
        The nbgrader course folder.
    assignment : str
    students : sequence of str, optional
        Default: everyone who handed something in.
    workers : int, optional
        Worker processes; default: one a core.
    force : bool
        Grade again what was graded before.
    feedback : bool
        Write the feedback pages too.
    config : Config, optional
        nbgrader's settings, if the course has its own.

    Raises
    ------
    NoIsolation
        If nothing on this machine can hold untrusted code.
    """
    strength()
    course = _course(course_dir, config)
    with Gradebook(course.db_url, course.course_id) as gradebook:
        run = _Run(course, assignment, gradebook, limits or Limits())
        jobs = run.jobs(students, force)
        bar = tqdm(total=len(jobs), unit="submission", disable=not progress or not jobs)
        with contextlib.closing(bar):
            run.grade(jobs, workers or os.cpu_count() or 1, feedback, bar)
    return [run.rows[student] for student in sorted(run.rows)]


def print_table(rows: Sequence[Graded]) -> None:
    """Print who was graded, with how many points, and what was wrong with the submission."""
    width = max([len(row.student) for row in rows] + [7])
    for row in rows:
        points = "" if row.score is None else f"{row.score:g} / {row.max_score:g}"
        print(f"{row.student:<{width}}  {points:>12}  {row.status}")
        for note in row.notes:
            print(f"{'':<{width}}  {'':>12}  - {note}")
    print(f"isolation: {strength().name} ({strength().words})")


class _Run:
    """One run over a class."""

    def __init__(self, course: Any, assignment: str, gradebook: Any, limits: Limits) -> None:
        self._course, self._assignment = course, assignment
        self._gradebook, self._limits = gradebook, limits
        self._record = Record(gradebook, course, assignment)
        self._unfinished = self._path(self._course.autograded_directory, ".unfinished")
        self.rows: dict[str, Graded] = {}

    def jobs(self, students: Sequence[str] | None, force: bool) -> list[Job]:
        """List what has to be graded; the rest goes straight into the rows."""
        found = self._gradebook.find_assignment(self._assignment).notebooks
        masters = tuple(read_master(self._gradebook, n.name, self._assignment) for n in found)
        given = self._given()
        jobs = []
        for student, folder in self._folders():
            if students is not None and student not in students:
                continue
            saved = read_timestamp(self._path(self._course.autograded_directory, student))
            if not force and self._record.is_done(student, read_timestamp(folder), saved):
                self.rows[student] = self._before(student)
                continue
            if not student.isprintable():
                why = "the folder's name has characters that cannot be printed"
                self.rows[student] = Graded(student, "not graded", notes=(why,))
                continue
            root = Path(self._course.root, self._course.submitted_directory)
            target = self._unfinished / student
            jobs.append(Job(student, folder, root, target, masters, given, self._limits))
        return jobs

    def grade(self, jobs: list[Job], workers: int, feedback: bool, bar: Any) -> None:
        """Run the jobs, write each outcome down as it comes, then the feedback pages."""
        by_student = {job.student: job for job in jobs}
        pages: list[Page] = []
        for job, outcome in run_all(grade_submission, jobs, workers):
            if isinstance(outcome, Lost):
                row = Graded(job.student, "not graded", notes=(outcome.why,))
            else:
                row = self._store(by_student[job.student], outcome)
                pages += [self._page(job.student, name) for name in outcome.sheets]
            self.rows[job.student] = row
            bar.update()
        shutil.rmtree(self._unfinished.parent, ignore_errors=True)
        if feedback:
            bar.set_postfix_str("feedback")
            for page, done in run_all(make_feedback, pages, workers):
                if isinstance(done, Lost):
                    tqdm.write(f"no feedback page for {page.student}: {done.why}")

    def _store(self, job: Job, outcome: Outcome) -> Graded:
        moment = read_timestamp(job.folder)
        score, best = self._record.write(outcome, moment, job.target)
        status = "repaired" if outcome.notes else "graded"
        status = "zero" if outcome.unreadable else status
        notes = tuple(outcome.notes)
        return Graded(job.student, status, score, best, notes, outcome.seconds)

    def _before(self, student: str) -> Graded:
        submission = self._gradebook.find_submission(self._assignment, student)
        return Graded(student, "graded before", submission.score, submission.max_score)

    def _page(self, student: str, notebook: str) -> Page:
        entry = self._gradebook.find_submission_notebook(notebook, self._assignment, student)
        return page_of(entry, self._course, self._assignment, student)

    def _folders(self) -> Iterator[tuple[str, Path]]:
        root = Path(self._course.root, self._course.submitted_directory)
        for entry in sorted(root.iterdir()) if root.is_dir() else []:
            folder = entry / self._assignment
            if folder.exists() or folder.is_symlink():
                yield entry.name, folder

    def _given(self) -> dict[str, bytes]:
        folder = self._path(self._course.source_directory, ".")
        paths = find_all_files(str(folder), [*self._course.ignore, "*.ipynb"])
        return {str(Path(p).relative_to(folder)): Path(p).read_bytes() for p in paths}

    def _path(self, step: str, student: str) -> Path:
        return Path(os.path.normpath(self._course.format_path(step, student, self._assignment)))


def _course(course_dir: str | Path, config: Config | None) -> Any:
    made = Config(config or {})
    made.CourseDirectory.root = str(Path(course_dir).resolve())
    return CourseDirectory(config=made)
