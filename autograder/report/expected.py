"""Errors that a wrong folder, file or database makes: a line for each, and no traceback."""

from __future__ import annotations

from autograder.exam.failed import ExamFailed
from autograder.handout.failed import HandoutFailed
from autograder.new_course import FolderExists
from autograder.report.collect import NotGraded
from autograder.report.course import NoCourse
from autograder.report.exports import ExportFailed

EXPECTED = (
    NoCourse,
    NotGraded,
    ExportFailed,
    ExamFailed,
    HandoutFailed,
    FolderExists,
    OSError,
)


def words_of(error: Exception) -> str | None:
    """What to tell of an error that a wrong folder, file or database makes; None of any other."""
    if isinstance(error, EXPECTED):
        return str(error)
    if type(error).__module__ == "sqlalchemy.exc":
        told = str(getattr(error, "orig", None) or error).partition("\n")[0]
        return f"the gradebook cannot be used: {told}; its place is c.CourseDirectory.db_url"
    return None
