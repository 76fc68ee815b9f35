"""``autograder exam FOLDER``: a sheet with its key, on paper and as an nbgrader notebook."""

from autograder.exam.choose import ExamFailed
from autograder.exam.make import make_exam, read_ids

__all__ = ["ExamFailed", "make_exam", "read_ids"]
