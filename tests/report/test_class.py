"""The instructor's day, from submissions to a regrade, through the command line."""

import json
import os
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import isolated
import pytest
from nbgrader.api import Gradebook

from autograder.__main__ import main
from autograder.report.collect import collect
from autograder.report.course import open_course

from .course import (
    ASSIGNMENT,
    CHECKS,
    NOTEBOOK,
    OWN,
    RIGHT_TEST,
    WRONG_TEST,
    hand_in,
    write_master,
    write_settings,
)
from .test_exports import parse, read_canvas, read_gradescope

# nbgrader's own, while it builds a submission's rows
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

CLASS = {
    "student-001": "right",
    "student-002": "mean",
    "student-003": "odd-one",
    "student-004": "odd-two",
    "student-005": "raises",
}
FULL, BROKEN = 9.0, "student-006"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A graded class; the instructor's own test is wrong in it."""
    isolated.require()
    root = tmp_path_factory.mktemp("course")
    write_master(root)
    write_settings(root)
    (root / "submitted").mkdir()
    assert run("grade", root) == 2  # nobody handed in anything; the release is made
    for student, slip in CLASS.items():
        hand_in(root, student, slip)
    hand_in(root, BROKEN, "right").write_text("{")
    # its own test is wrong: that is told, and gone on with
    assert run("grade", root, "--anyway") == 0
    return root


def run(command, root, *more):
    return main([command, ASSIGNMENT, "--course", str(root), *map(str, more)])


def book(root):
    return collect(open_course(root)[0], ASSIGNMENT)


@pytest.fixture
def by_student(course):
    return {one.student: one for one in book(course).submissions}


def test_the_class_book_has_the_gradebooks_points(course, by_student):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for one in gradebook.assignment_submissions(ASSIGNMENT):
            assert by_student[one.student.id].score == one.score
    assert by_student["student-001"].score == FULL - 1  # the instructor's own test is wrong
    assert by_student[BROKEN].score == 0
    assert "not JSON" in by_student[BROKEN].unreadable
    assert by_student["student-001"].isolation


def test_verdicts_tell_the_misconception_and_the_shared_bug(by_student):
    answers = {a.check: a for a in by_student["student-002"].answers}
    assert [a.check for a in by_student["student-002"].answers] == [*CHECKS, OWN]
    wrong = answers["linear_backward__dW_matches_numeric_gradient"]
    assert [said["id"] for said in wrong.diagnosis] == ["missing-one-over-m"]
    check = "linear_backward__dA_prev_matches_numeric_gradient"
    marks = [
        next(a.fingerprint for a in by_student[s].answers if a.check == check)
        for s in ("student-003", "student-004")
    ]
    # 0.83 x and x 0.83 differ in the last digits only
    assert marks[0] == marks[1] != ""


def test_the_report_is_written(course, tmp_path):
    target = tmp_path / "report.html"
    assert main(["report", "--course", str(course), "-o", str(target)]) == 0
    page = target.read_text("utf-8")
    assert "1/m is missing" in page
    assert "student-003, student-004" in page
    assert "a course" in page


def test_feedback_pages_tell_the_verdict_and_nothing_that_is_hidden(course, tmp_path):
    assert run("feedback", course, "--student", "student-002", "--workers", "1") == 0
    folder = course / "feedback" / "student-002" / ASSIGNMENT
    page = (folder / f"{NOTEBOOK}.html").read_text("utf-8")
    text = re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.S)
    text = " ".join(text.split())
    for told in ("1/m is missing", "Ask yourself", "lesson 04", "✓", "✗", "6 of 9 points"):
        assert told in text, told
    for hidden in ("HIDDEN TESTS", "seed=", "grade(", "Traceback", "the numeric gradient is"):
        assert hidden not in text, hidden
    assert "<math" in page
    assert "$\\frac" not in page
    assert "<script" not in page


def test_exports_have_everybody(course, tmp_path):
    def export(kind, *more):
        target = tmp_path / kind
        arguments = ["export", kind, ASSIGNMENT, "--course", str(course), "-o", str(target)]
        assert main([*arguments, *more]) == 0
        return target

    def read(path):
        return path.read_bytes().decode("utf-8")  # line ends as they are

    assert len(parse(read(export("csv")))) == 1 + len(CLASS) + 1
    canvas = read(export("canvas"))
    assert parse(canvas)[2][3:] == ["student-001", "", "8"]
    assert set(read_canvas(canvas).values()) == {0.0, 6.0, 8.0, 2.0}
    assert json.loads(export("json").read_text("utf-8"))["assignment"] == ASSIGNMENT
    assert len(parse(read(export("moodle")))) == 1 + len(CLASS) + 1
    folder = export("gradescope", "--visibility", "after_published")
    found = (folder / "student-001" / "results.json").read_text("utf-8")
    assert read_gradescope(found) == 8


def test_a_roster_that_is_none_is_refused_in_a_line(course, tmp_path, capsys):
    roster = tmp_path / "roster.csv"
    roster.write_text("Name,Grade\nx,1\n")
    arguments = ["export", "canvas", ASSIGNMENT, "--course", str(course), "--roster", str(roster)]
    assert main(arguments) == 2
    assert "no Canvas gradebook" in capsys.readouterr().err


def test_the_gradescope_autograder_grades_a_submission(course, tmp_path):
    archive = tmp_path / "autograder.zip"
    arguments = ["export", "gradescope-zip", ASSIGNMENT, "--course", str(course)]
    assert main([*arguments, "-o", str(archive), "--visibility", "after_due_date"]) == 0
    root = tmp_path / "gradescope"
    with zipfile.ZipFile(archive) as content:
        names = set(content.namelist())
        assert {"setup.sh", "run_autograder", "requirements.txt"} <= names
        assert content.getinfo("run_autograder").external_attr >> 16 & 0o111
        content.extractall(root / "source")
    assert not [n for n in names if "submitted" in n or "autograded" in n]
    for script in ("setup.sh", "run_autograder"):
        assert subprocess.run(["bash", "-n", root / "source" / script], check=False).returncode == 0
    (root / "run_autograder").write_bytes((root / "source" / "run_autograder").read_bytes())
    (root / "submission").mkdir()
    handed_in = course / "submitted" / "student-002" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    (root / "submission" / "my work.ipynb").write_bytes(handed_in.read_bytes())
    environment = os.environ | {"AUTOGRADER_ROOT": str(root), "PYTHON": sys.executable}
    command = ["bash", str(root / "run_autograder")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = (root / "results" / "results.json").read_text("utf-8")
    assert read_gradescope(found) == 6
    assert {t["visibility"] for t in json.loads(found)["tests"]} == {"after_due_date"}
    # nothing was handed in: zero points and the reason, still valid
    (root / "submission" / "my work.ipynb").unlink()
    subprocess.run(command, env=environment, capture_output=True, check=True)
    empty = (root / "results" / "results.json").read_text("utf-8")
    assert read_gradescope(empty) == 0
    assert "there is no layer.ipynb" in json.loads(empty)["output"]


def test_a_regrade_after_a_corrected_test_shows_who_changes_and_keeps_manual_points(course, capsys):
    check = "linear_backward__dW_matches_numeric_gradient"
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade(check, NOTEBOOK, ASSIGNMENT, "student-002")
        grade.manual_score = 1.5
        gradebook.db.commit()
    before = {one.student: one.score for one in book(course).submissions}
    write_master(course, RIGHT_TEST)
    capsys.readouterr()
    assert run("regrade", course, "--update", "--json") == 0
    changed = {one["student"]: one for one in json.loads(capsys.readouterr().out)}
    assert set(changed) == {"student-001", "student-002", "student-003", "student-004"}
    for student, one in changed.items():
        assert (one["before"], one["after"]) == (before[student], before[student] + 1)
        (change,) = one["changes"]
        assert (change["check"], change["now"]) == (OWN, "passed")
        assert "db has two axes" in change["was"]
    after = {one.student: one for one in book(course).submissions}
    kept = next(a for a in after["student-002"].answers if a.check == check)
    assert (kept.manual, kept.score) == (1.5, 1.5)
    assert not list(Path(course).glob(".regrade*"))
    assert run("regrade", course) == 0
    assert "0 with more points, 0 with fewer, 6 equal" in capsys.readouterr().out


def test_a_regrade_that_is_killed_again_and_again_shows_the_whole_difference_at_last(course):
    before = {one.student: one.score for one in book(course).submissions}
    mended = RIGHT_TEST in (course / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").read_text("utf-8")
    write_master(course, WRONG_TEST if mended else RIGHT_TEST)
    gain = -1 if mended else 1
    command = [sys.executable, "-m", "autograder", "regrade", ASSIGNMENT, "--course", str(course)]
    command += ["--update", "--json", "--workers", "1", "--anyway"]  # one of the tests is wrong
    for seconds in (0.0, 0.3, 0.6):
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            deadline = time.monotonic() + 60
            journal = Path(course, f".regrade-{ASSIGNMENT}.json")
            while not journal.exists() and time.monotonic() < deadline:
                time.sleep(0.02)
            time.sleep(seconds)
            assert process.poll() is None, "it was to be killed before it had finished"
            process.kill()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "going on with it" in done.stderr
    changed = {one["student"]: one for one in json.loads(done.stdout)}
    assert set(changed) == {f"student-00{n}" for n in range(1, 5)}
    assert all(one["after"] == one["before"] + gain for one in changed.values())
    after = {one.student: one.score for one in book(course).submissions}
    assert set(after) == set(before)
    assert sum(after.values()) - sum(before.values()) == 4 * gain
