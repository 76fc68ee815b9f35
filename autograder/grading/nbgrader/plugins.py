"""The parts that nbgrader loads: they read, execute and show submissions in its place."""

from __future__ import annotations

import re
import warnings
from fnmatch import fnmatch
from glob import escape, glob
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import determine_grade, is_grade, is_solution
from sqlalchemy.exc import SAWarning
from traitlets import Bool, Float, Integer

from autograder.grading.assignment import Master, read_master
from autograder.grading.folders import folder_of, given_files, root_of
from autograder.grading.handed_in_again import grade_again_what_has_changed
from autograder.grading.kin import kin_of
from autograder.grading.notebook.exchange import Died
from autograder.grading.notebook.grade import METADATA, grade_notebook
from autograder.grading.notebook.own_instances import student_key
from autograder.grading.sandbox.limits import Limits
from autograder.grading.sandbox.selftest import ready, try_again
from autograder.grading.sandbox.strength import NoIsolation, strength
from autograder.grading.submission.beside import data_files, left_aside, together
from autograder.grading.submission.find import Kin
from autograder.grading.submission.folder import fingerprint, is_junk, unsafe_entries
from autograder.grading.submission.load import load, siblings
from autograder.grading.submission.other_student import other_students
from autograder.grading.submission.timestamp import read_timestamp, unread_timestamp
from autograder.grading.tryout.first import try_for_nbgrader
from autograder.grading.tryout.tryout import NotTried

_HIDDEN = re.compile(r"^\s*### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS[^\n]*|\Z)", re.S | re.M)


class SubmissionExporter(NotebookExporter):
    """Reads submissions so that none of them can stop the class; the first of nbgrader's steps."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self._masters: dict[str, Master] = {}
        self._kin: Kin = {}
        if hasattr(self.parent, "assignments"):
            self._prepare()

    def _prepare(self) -> None:
        """Before the first submission: is there isolation, and what must nbgrader not touch?"""
        converter: Any = self.parent
        course = converter.coursedir
        try:
            self.log.info("Isolation: %s (%s)", strength().name, strength().words)
            ready(TrustedExecute(parent=self).limits, _submissions(course))
            step = TrustedExecute(parent=self)
            try_for_nbgrader(course, self.config, step.limits, step.grade_anyway, self.log)
        except (NoIsolation, NotTried) as error:
            self.log.error(str(error))
            raise NbGraderException(str(error)) from error
        # nbgrader builds a submission's rows before it adds the submission to the session
        warnings.filterwarnings("ignore", "Object of type .* not in session", SAWarning)
        # nbgrader opens this file whatever it is, and stops at whatever stands in it
        course.get_existing_timestamp = read_timestamp
        with Gradebook(course.db_url, course.course_id) as gradebook:
            assignment = course.assignment_id
            found = [n.name for n in gradebook.find_assignment(assignment).notebooks]
            self._masters = {name: read_master(gradebook, name, assignment) for name in found}
        self._kin = kin_of(course, assignment)
        grade_again_what_has_changed(converter)
        names = [name for name in found if fnmatch(name, course.notebook_id)]
        for folder in glob(converter._format_source(course.assignment_id, course.student_id)):
            if any(map(is_junk, Path(folder).relative_to(_submissions(course)).parts)):
                converter.assignments.pop(folder, None)
                continue
            if "\n" in folder:  # nbgrader's own patterns stop at a line break
                self.log.error("not graded: there is a line break in the name %r", folder)
                converter.assignments.pop(folder, None)
                continue
            # also those that are missing or misnamed: they are graded, with zero at the worst
            converter.assignments[folder] = [str(Path(folder, f"{name}.ipynb")) for name in names]
            unsafe = [escape(str(path)) for path in unsafe_entries(Path(folder))]
            course.ignore = [*course.ignore, *unsafe]

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **options: Any
    ) -> Any:
        """Read a submission with our own reader, and nbgrader's own file with nbconvert's."""
        converter: Any = self.parent
        if resources is None or not getattr(converter, "_sanitizing", False):
            return super().from_filename(filename, resources, **options)
        path = Path(filename)
        root, others = _submissions(converter.coursedir), siblings(self._masters, path.stem)
        nb = load(path.parent, root, _master(resources), others | dict(self._kin))
        about = nb.metadata[METADATA]
        about["handed_in"] = fingerprint(path.parent, root)
        used = {f"{name}.ipynb" for name in self._masters} | {about.get("path", "")}
        for note in [
            *_told(nb),
            *left_aside(path.parent, root, used),
            *other_students(nb, resources["nbgrader"]["student"]),
            *unread_timestamp(path.parent),
        ]:
            self.log.warning("%s: %s", resources["nbgrader"]["student"], note)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        return self.from_notebook_node(nb, resources, **options)  # type: ignore[no-untyped-call]


class TrustedExecute(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs students' cells in the sandbox and hidden tests here; in place of nbgrader's Execute."""

    cell_seconds = Float(30.0, help="Limit for one cell of the student's.").tag(config=True)
    call_seconds = Float(10.0, help="Limit for one call of a student's function.").tag(config=True)
    test_seconds = Float(30.0, help="Limit for all calls of one test.").tag(config=True)
    submission_seconds = Float(300.0, help="Limit for a whole notebook.").tag(config=True)
    grade_anyway = Bool(False, help="Grade without trying the assignment first.").tag(config=True)
    memory = Integer(2 << 30, help="Bytes that a student's process may take.").tag(config=True)

    @property
    def limits(self) -> Limits:
        """The limits that the instructor's settings come to."""
        return Limits(
            cell_seconds=self.cell_seconds,
            call_seconds=self.call_seconds,
            test_seconds=self.test_seconds,
            submission_seconds=self.submission_seconds,
            memory=self.memory,
        )

    def preprocess(self, nb: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """Grade one notebook."""
        student = resources["nbgrader"]["student"]
        try:
            self._grade(nb, resources)
        except (Died, NoIsolation) as error:
            self.log.error("%s is not graded: %s", student, error)
            _forget(resources)
            raise
        for event in nb.metadata[METADATA]["events"]:
            self.log.warning("%s: %s", student, event)
        return nb, resources

    def _grade(self, nb: Any, resources: dict[str, Any]) -> None:
        course, told = self.parent.parent.coursedir, resources["nbgrader"]
        sandbox = ready(self.limits, _submissions(course))
        assignment, student = told["assignment"], told["student"]
        key = student_key(Path(course.root), assignment, student)
        # not those that nbgrader has copied: its list of what is not handed out leaves some behind
        folder = folder_of(course, course.submitted_directory, student, assignment)
        inside = nb.metadata.get(METADATA, {}).get("path", "").rpartition("/")[0]
        root, given = _submissions(course), given_files(course, assignment)
        files = together(data_files(folder, root, [inside]), given)
        source = folder_of(course, course.source_directory, ".", assignment)
        master = _master(resources, source)
        grade_notebook(nb, master, files, sandbox, strength(), key, given)
        about = nb.metadata[METADATA]
        _settle_tasks(resources, master, readable="unreadable" not in about)
        earned = any(determine_grade(cell)[0] for cell in nb.cells if is_grade(cell))
        earned = earned or "unreadable" in about
        try_again(self.limits, _submissions(course), bool(about["events"]), earned)


class HideTests(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes the hidden part of test cells out of the feedback."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Cut what stands between the markers."""
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            cell.source = _HIDDEN.sub("", cell.source).rstrip()
        return cell, resources


def _master(resources: dict[str, Any], source: Path | None = None) -> Master:
    told = resources["nbgrader"]
    with Gradebook(told["db_url"]) as gradebook:
        return read_master(gradebook, told["notebook"], told["assignment"], source)


def _submissions(course: Any) -> Path:
    return root_of(course, course.submitted_directory)


def _settle_tasks(resources: dict[str, Any], master: Master, readable: bool) -> None:
    """Let tasks wait for a person; nbgrader gives them zero where a notebook was renamed."""
    told = resources["nbgrader"]
    names = {name for name, cell in master.cells.items() if cell.metadata["task"]}
    with Gradebook(told["db_url"]) as gradebook:
        where = (told["notebook"], told["assignment"], told["student"])
        for grade in gradebook.find_submission_notebook(*where).grades:
            if grade.name in names:
                grade.auto_score = None if readable else 0.0
                grade.needs_manual_grade = readable or grade.manual_score is not None
        gradebook.db.commit()


def _forget(resources: dict[str, Any]) -> None:
    """Take a submission that was never graded out of the gradebook, where it would count zero."""
    told = resources["nbgrader"]
    with Gradebook(told["db_url"]) as gradebook:
        submission = gradebook.find_submission(told["assignment"], told["student"])
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        if all(grade.auto_score is None and grade.manual_score is None for grade in grades):
            gradebook.remove_submission(told["assignment"], told["student"])


def _told(nb: Any) -> list[str]:
    about = nb.metadata[METADATA]
    return [*about["repairs"], *([about["unreadable"]] if "unreadable" in about else [])]
