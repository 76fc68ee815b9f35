"""Answers to another student's questions are told to the instructor, and judged as they stand."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.submission.other_student import other_students


def notebook(source, **marks):
    marks = {"grade_id": "recall_1", "solution": True, "grade": False, "locked": False} | marks
    shown = new_code_cell("from autograder.concepts import questions")
    return new_notebook(cells=[shown, new_code_cell(source, metadata={"nbgrader": marks})])


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


def test_what_is_written_far_down_is_not_read():
    """What students write has a bound: here on what is looked at."""
    far = "x = 0\n" * 4000 + 'student = "student-012"'
    assert other_students(notebook(far), "student-007") == []


def test_many_ids_in_a_cell_are_one_line():
    many = "\n".join(f'student = "student-{n:03}"' for n in range(500))
    (line,) = other_students(notebook(many), "student-007")
    assert "'student-499'" in line


def test_where_no_questions_are_drawn_the_word_is_one_like_any_other():
    table = notebook('row = {"student": "student-012", "height": 1.8}')
    table.cells = table.cells[1:]
    assert other_students(table, "student-007") == []
