"""The page "Moving a course", followed to the letter with a stock nbgrader course."""

import csv
import json
import re

import isolated
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.report.regrade import difference

from .conftest import ROOT

PAGE = (ROOT / "docs" / "moving-a-course.md").read_text("utf-8")
BLOCKS = [block.split("\n") for block in re.findall(r"```console\n(.*?)\n```", PAGE, re.S)]
(SETTINGS,) = re.findall(
    r"Add to the end of `nbgrader_config.py`:\n\n```python\n(.*?)```", PAGE, re.S
)
SQUARES = """def squares(n):
    ### BEGIN SOLUTION
    if n < 1:
        raise ValueError("n must be at least 1")
    return [i ** 2 for i in range(1, n + 1)]
    ### END SOLUTION"""
VISIBLE = "assert squares(2) == [1, 4]\n### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
TESTS = {
    "right_numbers": (VISIBLE.format("assert squares(10)[-1] == 100"), 2),
    "partial_credit": (VISIBLE.format("sum(len(squares(n)) == n for n in (1, 2, 3)) / 2"), 1.5),
}
SLIP = "return [i ** 2 for i in range(1, n + 1)][:2]"


def tracked(name, source, **told):
    meta = {"grade_id": name, "grade": False, "solution": False, "locked": False}
    meta |= {"task": False, "schema_version": 3, **told}
    return new_code_cell(source, metadata={"nbgrader": meta})


def points(path):
    """Points by student, as nbgrader exports them."""
    with path.open(newline="") as file:
        return {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def stock(desk, tmp_path_factory):
    """A course with two students, released and graded by nbgrader without this project."""
    course = tmp_path_factory.mktemp("stock") / "course"
    (course / "source/ps1").mkdir(parents=True)
    (course / "nbgrader_config.py").write_text(
        'c = get_config()\nc.CourseDirectory.course_id = "s"\n'
    )
    tests = [
        tracked(name, source, grade=True, locked=True, points=worth)
        for name, (source, worth) in TESTS.items()
    ]
    master = new_notebook(cells=[tracked("squares", SQUARES, solution=True), *tests])
    master.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(master, course / "source/ps1/problem1.ipynb")
    desk.run("nbgrader", "generate_assignment", "ps1", "--create", folder=course)
    released = json.loads((course / "release/ps1/problem1.ipynb").read_text("utf-8"))
    right = "\n".join(line for line in SQUARES.split("\n") if "###" not in line)
    for student, answer in (
        ("student-001", right),
        ("student-002", right.replace("return [i ** 2 for i in range(1, n + 1)]", SLIP)),
    ):
        released["cells"][0]["source"] = answer
        path = course / "submitted" / student / "ps1" / "problem1.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(released), "utf-8")
    desk.run("nbgrader", "autograde", "ps1", "--create", folder=course)
    return course


def test_the_page_has_these_steps():
    assert [block[0].split()[0] for block in BLOCKS] == [
        "cp",
        "autograder",
        "autograder",
        "autograder",
        "autograder",
    ]
    assert SETTINGS.strip().endswith("configure(c)")


def test_the_page_is_followed_and_nobody_loses_a_point(desk, stock):
    isolated.require()
    keep, trial, grade, again, read = BLOCKS
    for line in keep:
        desk.run("sh", "-c", line, folder=stock)
    assert points(stock / "before.csv") == {"student-001": 3.5, "student-002": 1.0}
    with (stock / "nbgrader_config.py").open("a") as settings:
        settings.write(SETTINGS)
    assert "2 tests tried: 0 wrong, 0 worth a look" in desk.run("sh", "-c", trial[0], folder=stock)
    assert "2 graded before" in desk.run("sh", "-c", grade[0], folder=stock)
    regraded = desk.run("sh", "-c", again[0], folder=stock)
    assert "2 graded again: 0 with more points, 0 with fewer, 2 equal" in regraded
    assert "student-" not in regraded
    desk.run("sh", "-c", again[1], folder=stock)
    assert points(stock / "after.csv") == points(stock / "before.csv")
    for line in read:
        desk.run("sh", "-c", line, folder=stock)
    page = (stock / "feedback/student-002/ps1/problem1.html").read_text("utf-8")
    assert "squares(10)[-1]" not in page
    assert "student-002" in (stock / "report.html").read_text("utf-8")
    assert "isolation" in json.dumps(
        json.loads((stock / "autograded/student-001/ps1/problem1.ipynb").read_text())
    )


def test_who_changes_against_the_stock_grader_is_named_with_the_test():
    was = {
        "s": {"score": 2.0, "answers": {"a": [2.0, "by hand", False], "b": [0.0, "by hand", False]}}
    }
    now = {
        "s": {"score": 3.0, "answers": {"a": [2.0, "passed", False], "b": [1.0, "passed", False]}}
    }
    (one,) = difference(was, now)
    (change,) = one.changes
    told = (change.check, change.before, change.after, change.was, change.now)
    assert told == ("b", 0.0, 1.0, "graded by nbgrader without this grader", "passed")
    # points that a person gave are no verdict of nbgrader's
    given = {"s": {"score": 2.0, "answers": {"a": [2.0, "by hand", True]}}}
    (one,) = difference(given, {"s": {"score": 2.0, "answers": {"a": [2.0, "passed", True]}}})
    assert one.changes[0].was == "by hand"
