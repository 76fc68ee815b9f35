"""A course made by the installed package alone: its own page, followed to the letter."""

import json
import re

import isolated
import pytest

from autograder.new_course import FolderExists, make_course

SOLUTION = "### BEGIN SOLUTION"


def blocks(folder):
    """The commands of the course's page, a list for each block."""
    text = (folder / "README.md").read_text("utf-8")
    return [block.split("\n") for block in re.findall(r"```console\n(.*?)\n```", text, re.S)]


def points(folder):
    lines = (folder / "points.csv").read_text("utf-8-sig").splitlines()
    names = lines[0].split(",")
    rows = [dict(zip(names, line.split(","), strict=True)) for line in lines[1:]]
    return {row["student"]: float(row["score"]) for row in rows}


@pytest.fixture(scope="module")
def course(elsewhere, tmp_path_factory):
    """The course, made where the wheel is installed and the repository is not."""
    folder = tmp_path_factory.mktemp("mine") / "my course"
    new = (str(elsewhere.python), "-m", "autograder", "new", str(folder))
    said = elsewhere.run(*new, folder=folder.parent)
    assert "README.md" in said
    return folder


def test_a_folder_that_is_there_is_refused_and_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    for path in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(FolderExists, match="is there already, and nothing in it was touched"):
            make_course(path)
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_the_example_has_hidden_tests_of_both_kinds(course):
    path = course / "source/01_line/line.ipynb"
    cells = json.loads(path.read_text("utf-8"))["cells"]
    hidden = ["".join(c["source"]) for c in cells if c["metadata"].get("nbgrader", {}).get("grade")]
    assert len(hidden) == 3
    assert sum('grade("linear_forward__Z_is_right"' in source for source in hidden) == 1
    assert sum("assert mean_squared_error(" in source for source in hidden) == 2
    # one of them shows a part of itself
    assert not hidden[1].split("### BEGIN")[0].endswith("point)\n")


def test_its_page_is_followed_from_release_to_points(desk, course):
    isolated.require()
    release, hand_in, grade, stock, read, names = blocks(course)
    for line in [*release, *hand_in]:
        desk.run("sh", "-c", line, folder=course)
    released = (course / "release/01_line/line.ipynb").read_text("utf-8")
    assert SOLUTION not in released
    assert "np.linspace" not in released
    # beside the student who has not begun, one who has written what the master says
    solved = course / "submitted/student-002/01_line/line.ipynb"
    solved.parent.mkdir(parents=True)
    solved.write_bytes((course / "source/01_line/line.ipynb").read_bytes())
    for line in [*grade, *read]:
        desk.run("sh", "-c", line, folder=course)
    assert points(course) == {"student-001": 0.0, "student-002": 5.0}
    assert "student-001" in (course / "report.html").read_text("utf-8")
    # nbgrader's own commands, and from another folder: the page says how
    there = f"--course-dir '{course}'"
    for line in stock:
        desk.run("sh", "-c", f"{line} {there}", folder=course.parent)
    export = ("export", "csv", "01_line", "--course", str(course), "-o", "again.csv")
    desk.run("autograder", *export, folder=course.parent)
    again = (course.parent / "again.csv").read_text("utf-8")
    assert again == (course / "points.csv").read_text("utf-8")
    feedback = course / "feedback/student-001/01_line/line.html"
    assert "np.linspace" not in feedback.read_text("utf-8")
    assert "linear_forward__Z_is_right" in desk.run("sh", "-c", names[0], folder=course)
