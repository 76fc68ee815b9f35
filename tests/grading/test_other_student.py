"""Answers to another student's questions are told to the instructor, and judged as they stand."""

import time

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.submission.other_student import other_students


def notebook(source, **marks):
    marks = {"grade_id": "recall_1", "solution": True, "grade": False, "locked": False} | marks
    return new_notebook(cells=[new_code_cell(source, metadata={"nbgrader": marks})])


@pytest.mark.parametrize(
    "source",
    [
        'recall_1 = {"student": "student-012", 1: 2.5}',
        "recall_1 = {\n    'student' : 'student-012',\n}",
        'student = "student-012"',
        'recall_1 = dict(student=" Student-012 ")',
    ],
)
def test_another_id_is_told(source):
    (line,) = other_students(notebook(source), "student-007")
    assert line.startswith("cell 'recall_1' names the id '")
    assert "tudent-012'" in line


@pytest.mark.parametrize(
    "source",
    [
        'recall_1 = {"student": "student-007", 1: 2.5}',
        'recall_1 = {"student": " Student-007"}',
        '# recall_1 = {"student": "your id", 1: ...}\nrecall_1 = {"student": "student-007"}',
        "recall_1 = {1: 2.5}",
        'students = ["student-012"]',
        "",
    ],
)
def test_the_own_id_and_none_are_not(source):
    assert other_students(notebook(source), "student-007") == []


def test_what_is_no_answer_is_not_looked_at():
    given = notebook('student = "student-012"', solution=False)
    assert other_students(given, "student-007") == []


@pytest.mark.parametrize("piece", ["student", "student ", 'student = "', "student" + " " * 50])
def test_long_cells_take_no_time(piece):
    started = time.process_time()
    other_students(notebook(piece * 100_000), "student-007")
    assert time.process_time() - started < 1
