"""A first submission gets the rows that nbgrader's own objects would make."""

from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text
from traitlets.config import Config

from autograder.grading.first_rows import FirstRows
from autograder.grading.gradebook import Record
from autograder.grading.run import _course
from autograder.grading.standing import standing
from autograder.grading.task import Outcome, Sheet

ON_TIME, LATE = datetime(2026, 1, 1), datetime(2026, 3, 1)
TABLES = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment")


@pytest.fixture
def course(tmp_path):
    made = _course(tmp_path, Config())
    with Gradebook(made.db_url, made.course_id) as book:
        book.add_assignment("hw", duedate=datetime(2026, 2, 1))
        for notebook in ("one", "two"):
            book.add_notebook(notebook, "hw")
            for name in ("f", "g"):
                book.add_grade_cell(f"test_{name}", notebook, "hw", max_score=2, cell_type="code")
                book.add_solution_cell(name, notebook, "hw")
            book.add_task_cell("essay", notebook, "hw", max_score=3, cell_type="markdown")
    return made


def outcome(tmp_path, student, points=(2.0, 0.5)):
    folder = tmp_path / "unfinished" / student / "x"
    folder.mkdir(parents=True)
    (folder / "one.ipynb").write_text("{}")
    sheet = Sheet({"test_f": points[0], "test_g": points[1], "essay": None}, {"g": "No attempt."})
    return Outcome(student, folder, "", {"one": sheet})  # the second notebook is missing


def rows(book):
    """All that the gradebook holds, without the ids that are drawn."""
    drawn = {"id", "assignment_id", "notebook_id"}
    found = {}
    for table in TABLES:
        lines = book.db().execute(text(f"select * from {table}"))
        names = lines.keys()
        keep = [k for k in names if k not in drawn or (table == "student" and k == "id")]
        found[table] = sorted(str([(k, line[k]) for k in keep]) for line in lines.mappings())
    return found


@pytest.mark.parametrize("moment", [None, ON_TIME, LATE])
def test_the_rows_are_those_of_nbgrader(course, tmp_path, monkeypatch, moment):
    seen = []
    for way in ("inserts", "objects"):
        if way == "objects":
            monkeypatch.setattr(FirstRows, "are_wanted", lambda *given: False)
        with Gradebook(course.db_url, course.course_id) as book:
            now = Record(book, course, "hw").write(outcome(tmp_path, "student-001"), moment)
            assert now == standing(book.find_submission("hw", "student-001"))
            seen.append((now, rows(book)))
            book.remove_student("student-001")
    assert seen[0] == seen[1]
    assert (now.score, now.max_score) == (2.5, 14)
    assert len(seen[0][1]["grade"]) == len(seen[0][1]["comment"]) == 6


def test_a_second_submission_fills_the_first(course, tmp_path):
    with Gradebook(course.db_url, course.course_id) as book:
        record = Record(book, course, "hw")
        record.write(outcome(tmp_path, "student-001"), ON_TIME)
        again = outcome(tmp_path, "student-001", (1.0, 2.0))
        assert record.write(again, ON_TIME).score == 3.0
        assert len(rows(book)["submitted_assignment"]) == 1
        assert len(rows(book)["grade"]) == 6
