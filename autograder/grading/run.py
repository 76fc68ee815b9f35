"""Grade a whole class, in parallel, without starting an nbgrader command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from tqdm import tqdm  # type: ignore[import-untyped]
from traitlets.config import Config

from autograder.grading.assignment import notebooks_of, read_master
from autograder.grading.folders import folder_of, given_files, root_of, students_of
from autograder.grading.gradebook import Record
from autograder.grading.handed_in_again import CHANGED, has_changed
from autograder.grading.kin import kin_of
from autograder.grading.late import LatePluginFailed
from autograder.grading.lock import clear_room, make_room, turn
from autograder.grading.nbgrader.feedback import Page, make_feedback, page_of
from autograder.grading.notebook.own_instances import student_key
from autograder.grading.pool import Lost, run_all
from autograder.grading.sandbox.limits import Limits
from autograder.grading.sandbox.selftest import BrokenSandbox
from autograder.grading.sandbox.strength import strength
from autograder.grading.standing import Standing, standing
from autograder.grading.submission.timestamp import read_timestamp, unread_timestamp
from autograder.grading.table import Graded as Graded
from autograder.grading.table import print_table as print_table
from autograder.grading.task import Job, Outcome
from autograder.grading.worker import Refused, grade_submission, try_workers


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
    scheduler: str | None = None,
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
    scheduler : str, optional
        Address of a Dask scheduler whose workers do the work in place of processes here.

    Raises
    ------
    NoIsolation
        If nothing on this machine can hold untrusted code, and the work is to be done here; as
        `BrokenSandbox` if a trial before the first submission did not come out as it must.
    NoCluster
        If no scheduler answers.
    LatePluginFailed
        If the course's plug-in for late submissions cannot be loaded.
    """
    if scheduler is None:
        strength()
    course, limits = _course(course_dir, config), limits or Limits()
    with (
        turn(course.format_path(course.source_directory, ".", assignment)),
        Gradebook(course.db_url, course.course_id) as gradebook,
    ):
        run = _Run(course, assignment, gradebook, limits)
        jobs = run.jobs(students, force)
        if jobs and scheduler is not None:
            try_workers(scheduler, limits, jobs[0].root)
        spread = partial(run_all, workers=workers or os.cpu_count() or 1, scheduler=scheduler)
        with _bar(len(jobs), "submission", progress) as bar:
            run.grade(spread(grade_submission, jobs), bar)
        pages = run.pages() if feedback else []
        with _bar(len(pages), "page", progress) as bar:
            for page, done in spread(make_feedback, pages):
                if isinstance(done, Lost):
                    tqdm.write(f"no feedback page for {page.student}: {done.why}")
                bar.update()
    return [run.rows[student] for student in sorted(run.rows)]


def _bar(total: int, unit: str, progress: bool) -> Any:
    """A line with rate and time left; rewritten on a terminal, one every half minute in a log."""
    often = 0.1 if sys.stderr.isatty() else 30.0
    return tqdm(total=total, unit=unit, mininterval=often, disable=not progress or not total)


class _Run:
    """One run over a class."""

    def __init__(self, course: Any, assignment: str, gradebook: Any, limits: Limits) -> None:
        self._course, self._assignment = course, assignment
        self._gradebook, self._limits = gradebook, limits
        self._record = Record(gradebook, course, assignment)
        self._unfinished = self._path(self._course.autograded_directory, ".unfinished")
        self._stored = 0
        self._changed: set[str] = set()
        self.rows: dict[str, Graded] = {}

    def jobs(self, students: Sequence[str] | None, force: bool) -> list[Job]:
        """List what has to be graded; the rest goes straight into the rows."""
        course, assignment, book = self._course, self._assignment, self._gradebook
        names, source = notebooks_of(book, assignment), self._path(course.source_directory, ".")
        masters = tuple(read_master(book, name, assignment, source) for name in names)
        given, root = given_files(course, assignment), root_of(course, course.submitted_directory)
        jobs, excluded = [], course.student_id_exclude.split(",")
        kin = kin_of(course, assignment)
        for student, folder in students_of(course, course.submitted_directory, assignment):
            if student in excluded or (students is not None and student not in students):
                continue
            graded = self._path(course.autograded_directory, student)
            done = self._record.is_done(student, read_timestamp(folder), read_timestamp(graded))
            if not force and done:
                if not has_changed(graded, folder, root):
                    self.rows[student] = self._before(student)
                    continue
                self._changed.add(student)
            if not student.isprintable():
                why = "the folder's name has characters that cannot be printed"
                self.rows[student] = Graded(student, "not graded", notes=(why,))
                continue
            key = student_key(Path(course.root), assignment, student)
            left = self._unfinished
            jobs.append(Job(student, folder, root, left, masters, given, self._limits, key, kin))
        return jobs

    def grade(self, results: Iterable[tuple[Job, Outcome | Lost | Refused]], bar: Any) -> None:
        """Write each outcome down as it comes.

        Raises
        ------
        BrokenSandbox
            If the machine cannot grade the first one; later ones are then not graded.
        """
        make_room(self._unfinished)
        for job, outcome in results:
            if isinstance(outcome, Refused) and not self._stored:
                clear_room(self._unfinished)
                raise BrokenSandbox(outcome.why)
            if isinstance(outcome, Lost | Refused):
                row = Graded(job.student, "not graded", notes=(outcome.why,))
            else:
                row = self._store(job, outcome)
            self.rows[job.student] = row
            bar.update()
        clear_room(self._unfinished)

    def pages(self) -> list[Page]:
        """List the feedback pages to make: also those that a killed run did not come to."""
        made = []
        for student, row in self.rows.items():
            if row.status == "not graded":
                continue
            submission = self._gradebook.find_submission(self._assignment, student)
            for entry in submission.notebooks:
                page = page_of(entry, self._course, self._assignment, student)
                if page.source.exists() and (row.status != "graded before" or page.is_due()):
                    made.append(page)
        return made

    def _store(self, job: Job, outcome: Outcome) -> Graded:
        try:
            now = self._write(outcome, read_timestamp(job.folder))
            self._stored += 1
        except (SQLAlchemyError, InvalidEntry, OSError, LatePluginFailed) as error:
            self._gradebook.db.rollback()
            why = f"its grades could not be stored: {str(error).partition(chr(10))[0]}"
            return Graded(job.student, "not graded", notes=(why[:500],))
        status = "repaired" if outcome.notes else "graded"
        status = "zero" if outcome.unreadable else status
        again = [CHANGED] if job.student in self._changed else []
        notes = (*outcome.notes, *outcome.aside, *again, *unread_timestamp(job.folder))
        told = (notes, outcome.seconds, outcome.isolation, now.penalty, now.waiting)
        return Graded(job.student, status, now.score, now.max_score, *told)

    def _write(self, outcome: Outcome, moment: datetime | None) -> Standing:
        """Write an outcome, once more if a run over another assignment added the same student."""
        try:
            return self._record.write(outcome, moment)
        except (IntegrityError, InvalidEntry):
            self._gradebook.db.rollback()
            return self._record.write(outcome, moment)

    def _before(self, student: str) -> Graded:
        now = standing(self._gradebook.find_submission(self._assignment, student))
        told = (now.score, now.max_score, (), 0.0, "", now.penalty, now.waiting)
        return Graded(student, "graded before", *told)

    def _path(self, step: str, student: str) -> Path:
        return folder_of(self._course, step, student, self._assignment)


def _course(course_dir: str | Path, config: Config | None) -> Any:
    made = Config(config or {})
    made.CourseDirectory.root = str(Path(course_dir).resolve())
    return CourseDirectory(config=made)
