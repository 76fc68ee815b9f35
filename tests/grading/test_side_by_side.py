"""Several runs at once, exit codes, and what nbgrader's own command prints."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.__main__ import main
from autograder.grading.lock import turn

from .course import ASSIGNMENT, FULL, NOTEBOOK, api, hand_in, submission
from .small_class import hand_in_class, state
from .test_hostile import WRONG

ROOT = Path(__file__).resolve().parents[2]
SIZE, OTHER = 8, "other"
RUN = """
import json, sys
from autograder.grading.run import grade_many
if __name__ == "__main__":
    print("ready", flush=True)
    sys.stdin.read(1)
    rows = grade_many(sys.argv[1], sys.argv[2], workers=1, progress=False)
    print(json.dumps({row.student: [row.status, row.score, row.notes] for row in rows}))
"""


@pytest.fixture
def class_(course: Path) -> Path:
    hand_in_class(course, SIZE)
    return course


def at_once(root: Path, *assignments: str) -> list[tuple[dict[str, Any], str]]:
    """Grade these assignments at the same moment, each in a process; return rows and stderr."""
    command = [sys.executable, "-c", RUN, str(root)]
    runs = [
        subprocess.Popen(
            [*command, assignment],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        for assignment in assignments
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("g")
        run.stdin.flush()
    done = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0] * len(runs), done
    return [(json.loads(out.splitlines()[-1]), told) for out, told in done]


def test_one_assignment_twice_at_once(class_: Path) -> None:
    """One run grades; the other waits, says so, and finds everything done."""
    found = at_once(class_, ASSIGNMENT, ASSIGNMENT)
    statuses = sorted({status for status, _, _ in rows.values()} for rows, _ in found)
    assert sorted(statuses, key=len) == [{"graded before"}, {"graded", "zero"}]
    assert [row[1] for row in found[0][0].values()] == [row[1] for row in found[1][0].values()]
    assert sum("another run grades tiny" in told for _, told in found) == 1
    assert len(state(class_)) == SIZE
    assert not (class_ / "autograded" / ".unfinished").exists()


def test_two_assignments_at_once(class_: Path) -> None:
    """The same students in both: the gradebook meets each of them twice at the same time."""
    shutil.copytree(class_ / "source" / ASSIGNMENT, class_ / "source" / OTHER)
    assert api(class_).generate_assignment(OTHER)["success"]
    for folder in (class_ / "submitted").iterdir():
        shutil.copytree(folder / ASSIGNMENT, folder / OTHER)
    found = at_once(class_, ASSIGNMENT, OTHER)
    for rows, told in found:
        assert {status for status, _, _ in rows.values()} == {"graded", "zero"}, rows
        assert "another run" not in told
    assert [row[:2] for row in found[0][0].values()] == [row[:2] for row in found[1][0].values()]
    with Gradebook(f"sqlite:///{class_ / 'gradebook.db'}") as book:
        assert len(book.students) == SIZE
        for (rows, _), assignment in zip(found, (ASSIGNMENT, OTHER), strict=True):
            kept = {s.student_id: s.score for s in book.assignment_submissions(assignment)}
            assert kept == {student: row[1] for student, row in rows.items()}
            for student in rows:
                path = class_ / "autograded" / student / assignment / f"{NOTEBOOK}.ipynb"
                assert json.loads(path.read_text("utf-8"))["cells"]


def test_a_turn_is_waited_for(tmp_path: Path) -> None:
    order: list[str] = []
    began, may_end = threading.Event(), threading.Event()

    def first() -> None:
        with turn(str(tmp_path)):
            began.set()
            may_end.wait(20)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    began.wait(20)
    threading.Timer(0.2, may_end.set).start()
    with turn(str(tmp_path)):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]
    assert list(tmp_path.iterdir()) == []


def test_without_a_source_folder_there_is_nothing_to_hold(tmp_path: Path) -> None:
    with turn(str(tmp_path / "none")), turn(str(tmp_path / "none")):
        pass


def settings(root: Path) -> None:
    (root / "nbgrader_config.py").write_text(
        "from autograder.grading.nbgrader.configure import configure\nc = get_config()\n"
        f"c.CourseDirectory.root = {str(root)!r}\nconfigure(c)\n"
    )


def grade(root: Path) -> int:
    settings(root)
    return main(["grade", ASSIGNMENT, "--course", str(root), "--workers", "1", "--no-feedback"])


def test_zeros_are_no_failure(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in(course, "right", submission(course))
    hand_in(course, "wrong", submission(course, WRONG))
    hand_in(course, "torn", "{")
    assert grade(course) == 0
    assert "2 graded, 1 zero" in capsys.readouterr().out


def test_what_cannot_be_graded_is_a_failure(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(course, "right", submission(course))
    hand_in(course, "odd\nname", submission(course))
    assert grade(course) == 1
    assert "1 not graded, 1 graded" in capsys.readouterr().out
    assert grade(course) == 1  # still not graded, although nothing was left to do
    shutil.rmtree(course / "submitted" / "odd\nname")
    assert grade(course) == 0


def test_an_unknown_assignment_is_an_error(course: Path) -> None:
    settings(course)
    assert main(["grade", "no-such", "--course", str(course)]) == 2


def test_nbgraders_own_command_is_quiet_and_right(course: Path) -> None:
    """No warning of a library's stands between the lines that an instructor should read."""
    hand_in(course, "right", submission(course))
    settings(course)
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", ASSIGNMENT],
        cwd=course,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Isolation: " in done.stderr
    assert "Warning:" not in done.stderr
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        assert book.find_submission(ASSIGNMENT, "right").score == sum(FULL.values())
