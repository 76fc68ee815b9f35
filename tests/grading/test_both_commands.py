"""`nbgrader autograde` and `autograder grade`: the same points, whatever lies beside a notebook."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook, writes
from nbgrader.api import Gradebook

from autograder.grading.late import LatePenalties, LatePluginFailed
from autograder.grading.run import print_table
from autograder.grading.submission.timestamp import read_timestamp, unread_timestamp

from .both import BY_STUDENT, PREFIXED, TASK, TURNED, Course, Make, by_both, tracked

pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")
DUE = "2026-01-10 12:00:00"

OWN = {
    "module": ("import mine", "return mine.k * x", {"mine.py": "k = 2"}),
    "package": (
        "from tools.numbers import two",
        "return two() * x",
        {"tools/__init__.py": "", "tools/numbers.py": "def two():\n    return 2"},
    ),
    "module-in-a-folder": (
        "import sys\nsys.path.append('lib')\nimport deep",
        "return deep.k * x",
        {"lib/deep.py": "k = 2"},
    ),
    "text": (
        "k = int(open('notes.md').read())",
        "return k * x",
        {"notes.md": "2", "README.Rmd": "3"},
    ),
    "data": (
        "import numpy as np\nk = np.loadtxt('data/k v.csv')",
        "return k * x",
        {"data/k v.csv": "2"},
    ),
    "given": (
        "k = len(open('given.txt').read())",
        "return 2 * x if k == 5 else 0",
        {"given.txt": "my own words"},
    ),
}


@pytest.mark.parametrize("structure", [None, TURNED, BY_STUDENT, PREFIXED])
def test_a_students_own_files_count_with_both(make: Make, structure: str | None) -> None:
    course = make(structure)
    for student, (head, body, files) in OWN.items():
        folder = course.hand_in(student, body, head)
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text)
    found = by_both(course)
    assert {student: cells["test"][0] for student, (_, _, cells) in found.items()} == dict.fromkeys(
        OWN, 10.0
    )


def test_a_file_that_the_settings_leave_to_students_is_theirs_with_both(make: Make) -> None:
    more = {"Autograde": {"exclude_overwriting": {"ps1": ["given.txt"]}}}
    course = make(**more)
    folder = course.hand_in("a", "return k * x", "k = int(open('given.txt').read())")
    (folder / "given.txt").write_text("2")
    assert by_both(course)["a"][2]["test"] == (10.0, False)


STAMPS = {
    "in-time": ("2026-01-10 11:00:00 UTC", 0),
    "late": ("2026-01-10 15:00:00 UTC", 3),
    "in-time-elsewhere": ("2026-01-10 13:30:00 +0200", 0),
    "late-elsewhere": ("2026-01-10 11:30 -02:30", 2),
    "no-zone": ("2026-01-10 13:00:00", 1),
    "iso": ("2026-01-10T14:00:00+01:00", 1),
    "no-time": ("yesterday", 0),
    "none": ("", 0),
}
PLUGIN = """
from pathlib import Path
from nbgrader.plugins import BasePlugin

class {name}(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        {body}
        return round(total_seconds_late / 3600) * int(Path('a mark an hour.txt').read_text())
"""


def late_course(make: Make, module: str, body: str = "") -> Course:
    course = make(AssignLatePenalties={"plugin_class": f"{module}.SubMarks"})
    root = course.root
    (root / f"{module}.py").write_text(PLUGIN.format(name="SubMarks", body=body))
    (root / "a mark an hour.txt").write_text("1")
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        book.update_or_create_assignment("ps1", duedate=DUE)
    return course


def test_the_courses_own_late_plugin_and_hand_in_times(
    make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    course = late_course(make, "late_marks")
    for student, (stamp, _) in STAMPS.items():
        course.hand_in(student, stamp=stamp)
    with monkeypatch.context() as patch:
        patch.syspath_prepend(str(course.root))  # as nbgrader's command does
        found = by_both(course)
    assert {student: penalty or 0 for student, (_, penalty, _) in found.items()} == {
        student: hours for student, (_, hours) in STAMPS.items()
    }
    rows = course.ours()
    assert {row.status for row in rows.values()} == {"graded before"}
    assert (rows["late"].score, rows["late"].penalty) == (7.0, 3.0)
    print_table(list(rows.values()))
    line = next(x for x in capsys.readouterr().out.splitlines() if x.startswith("late "))
    assert "7 / 16" in line
    assert "3 taken off for being late" in line


def test_a_late_plugin_of_the_course_folder_is_found_from_anywhere(make: Make) -> None:
    """As `autograder grade` is started: the folder is not on Python's path."""
    course = late_course(make, "late_from_anywhere")
    course.hand_in("late", stamp=STAMPS["late"][0])
    before = Path.cwd()
    row = course.ours()["late"]
    assert (row.status, row.score, row.penalty) == ("graded", 7.0, 3.0)
    assert Path.cwd() == before


def test_a_late_plugin_that_is_not_there_is_told_before_anybody_is_graded(make: Make) -> None:
    course = late_course(make, "late_missing")
    (course.root / "late_missing.py").unlink()
    course.hand_in("a")
    with pytest.raises(LatePluginFailed, match=r"'late_missing\.SubMarks', cannot be loaded"):
        course.ours()
    assert not course.path("autograded", "a").exists()
    (course.root / "late_missing.py").write_text("1 / 0")
    with pytest.raises(LatePluginFailed, match="cannot be loaded"):
        LatePenalties(course.directory)


def test_a_late_plugin_that_raises_costs_the_late_one_their_turn_only(make: Make) -> None:
    course = late_course(make, "late_broken", "1 / 0")
    course.hand_in("in-time", stamp=STAMPS["in-time"][0])
    course.hand_in("late", stamp=STAMPS["late"][0])
    rows = course.ours()
    assert {name: row.status for name, row in rows.items()} == {
        "in-time": "graded",
        "late": "not graded",
    }
    (note,) = rows["late"].notes
    assert "the plug-in for late submissions raised ZeroDivisionError" in note


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-01-10 13:30:00 +0200", "11:30"),
        ("2026-01-10 13:30 +02:00", "11:30"),
        ("2026-01-10 13:30:00 -0330", "17:00"),
        ("2026-01-10 13:30:00 +00", "13:30"),
        ("2026-01-10 13:30:00 UTC", "13:30"),
        ("2026-01-10 13:30:00 Europe/Berlin", "12:30"),
        ("2026-01-10 13:30:00.25", "13:30"),
        ("2026-01-10T13:30:00Z", "13:30"),
        ("2026-01-10T13:30:00+0200\r\n", "11:30"),
        ("2026-01-10 13:30 PST", "21:30"),
        ("2026-01-10 13:30:00 CET", "12:30"),
        ("2026-01-10 01:30 PM", "13:30"),
        ("Sat, 10 Jan 2026 13:30:00 -0000", "13:30"),
    ],
)
def test_the_time_of_handing_in_is_in_utc(tmp_path: Path, text: str, hour: str) -> None:
    (tmp_path / "timestamp.txt").write_bytes(text.encode())
    found = read_timestamp(tmp_path)
    assert found is not None
    assert f"{found:%d %H:%M}" == f"10 {hour}"


@pytest.mark.parametrize(
    "text", ["yesterday", "13:30", "2026-01-10 13:30 XYZ", "1768051800", "\xff"]
)
def test_a_time_that_is_not_understood_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "timestamp.txt").write_bytes(text.encode("latin-1"))
    assert read_timestamp(tmp_path) is None
    (line,) = unread_timestamp(tmp_path)
    assert line.endswith(": taken for in time")
    (tmp_path / "timestamp.txt").write_text("")
    assert unread_timestamp(tmp_path) == []
    (tmp_path / "timestamp.txt").unlink()
    assert unread_timestamp(tmp_path) == []


def test_tasks_and_written_answers_wait_with_both(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    course = make()
    course.hand_in("untouched")
    (course.hand_in("renamed") / "work.ipynb").rename(
        course.path("submitted", "renamed") / "w.ipynb"
    )
    (course.hand_in("torn") / "work.ipynb").write_text("{")
    (course.hand_in("missing") / "work.ipynb").unlink()
    for student, text in (("wrote", "My own words"), ("windows", TASK.replace("\n", " \r\n"))):
        path = course.hand_in(student) / "work.ipynb"
        data = json.loads(path.read_text())
        data["cells"][3 if student == "wrote" else 2]["source"] = text
        path.write_text(json.dumps(data))
    path = course.hand_in("edited") / "work.ipynb"
    path.write_text(path.read_text().replace("Draw it.", "My drawing"))
    found = {student: cells for student, (_, _, cells) in by_both(course).items()}
    done = {"test": (10.0, False), "task": (None, True), "words": (0.0, False)}
    nothing = dict.fromkeys(done, (0.0, False))
    assert found == {
        **dict.fromkeys(("untouched", "renamed", "windows", "edited"), done),
        **dict.fromkeys(("torn", "missing"), nothing),
        "wrote": done | {"words": (None, True)},
    }
    rows = course.ours(force=True)
    assert {name: row.waiting for name, row in rows.items() if row.waiting != 4} == {
        "torn": 0,
        "missing": 0,
        "wrote": 6,
    }
    assert rows["untouched"].notes == rows["windows"].notes == ()
    assert rows["edited"].notes == ("cell 'task' was changed and has been put back",)
    print_table([rows["untouched"]])
    assert "10 / 16  graded, 4 wait for a person to grade" in capsys.readouterr().out


def _pipe(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


FORK = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X"
FOREIGN = {
    "fork": (lambda p: _write(p / "._work.ipynb", FORK), "'._work.ipynb'"),
    "store": (lambda p: _write(p / ".DS_Store", b"\x00\x00\x00\x01Bud1"), "'.DS_Store'"),
    "archive": (lambda p: _write(p / "__MACOSX" / "ps1" / "._work.ipynb", FORK), "'__MACOSX'"),
    "untitled": (lambda p: _write(p / "Untitled.ipynb", b""), "'Untitled.ipynb'"),
    "copy": (lambda p: shutil.copy(p / "work.ipynb", p / "work-Copy1.ipynb"), "work-Copy1"),
    "torn": (lambda p: _write(p / "old.ipynb", b'{"cells": ['), "'old.ipynb'"),
    "binary": (lambda p: _write(p / "odd.ipynb", bytes(range(256))), "'odd.ipynb'"),
    "pipe": (lambda p: _pipe(p / "data" / "pipe"), "'data/pipe'"),
    "piped": (lambda p: _pipe(p / "more.ipynb"), ""),
    "link": (lambda p: (p / "gone.csv").symlink_to("nowhere"), "'gone.csv'"),
    "thumbs": (lambda p: _write(p / "Thumbs.db", b"\xd0\xcf\x11\xe0"), "'Thumbs.db'"),
    "checkpoints": (lambda p: _write(p / ".ipynb_checkpoints" / "work.ipynb", b"{"), ""),
    "cache": (lambda p: _write(p / "__pycache__" / "mine.pyc", b"\x00"), ""),
    "many": (lambda p: [_write(p / f"u{n}.ipynb", b"") for n in range(9)], "and 5 more"),
}


def crowded(course: Course) -> None:
    for student, (add, _) in FOREIGN.items():
        add(course.hand_in(student))
    for name in ("._student", ".DS_Store"):
        _write(course.root / "submitted" / name, FORK)
    _write(course.root / "submitted" / "__MACOSX" / "ps1" / "._work.ipynb", FORK)


def test_what_no_student_made_is_told_in_a_line_and_costs_nothing(make: Make) -> None:
    course = make()
    crowded(course)
    rows = course.ours(feedback=False)
    assert set(rows) == set(FOREIGN)
    for student, (_, told) in FOREIGN.items():
        assert (rows[student].status, rows[student].score) == ("graded", 10), student
        assert len(rows[student].notes) == bool(told)
        assert told in "".join(rows[student].notes)


def test_report_exports_and_regrade_work_after_nbgraders_own_command(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where foreign files have come to lie beside the graded notebooks."""
    course = make()
    crowded(course)
    (course.root / "nbgrader_config.py").write_text(
        "from autograder.grading.nbgrader.configure import configure\n"
        "c = get_config()\nconfigure(c)\n"
    )
    course.plain()
    for student, (add, _) in FOREIGN.items():
        if student not in ("pipe", "piped"):
            add(course.path("autograded", student))
    for name in ("._work.ipynb", "__MACOSX/x/ps2/work.ipynb", "stray/ps9/work.ipynb"):
        _write(course.root / "autograded" / name, FORK)
    broken = {"torn": b'{"cells": [', "binary": b"\xff\xfe\x00", "store": b"[]", "link": b"null"}
    for student, data in broken.items():
        path = course.path("autograded", student) / "work.ipynb"
        path.unlink()
        path.write_bytes(data)
    (course.path("autograded", "pipe") / "work.ipynb").unlink()
    _pipe(course.path("autograded", "pipe") / "work.ipynb")
    monkeypatch.chdir(tmp_path)
    assert course.command("report") == 0
    page = Path("report.html").read_text()
    for student in [*broken, "pipe"]:
        assert page.count(f"{student}") >= 1
    assert page.count("cannot be read") == 5
    for kind in ("csv", "json", "canvas", "moodle", "gradescope"):
        assert course.command("export", kind, "ps1") == 0
    found = json.loads(Path("ps1.json").read_text())["submissions"]
    assert {one["student"]: one["score"] for one in found} == dict.fromkeys(FOREIGN, 10.0)
    assert course.command("feedback", "ps1", "--workers", "1") == 1
    told = capsys.readouterr().out
    assert f"{len(FOREIGN) - 5} pages written" in told
    assert told.count("no page for") == 5
    assert course.command("regrade", "ps1", "--workers", "1") == 0
    assert course.command("report") == 0
    assert "cannot be read" not in Path("report.html").read_text()


@pytest.mark.parametrize("structure", [TURNED, BY_STUDENT])
def test_reports_follow_the_courses_folders(
    make: Make, tmp_path: Path, structure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = make(structure)
    course.hand_in("a")
    (course.root / "nbgrader_config.py").write_text(
        "from autograder.grading.nbgrader.configure import configure\n"
        "c = get_config()\nconfigure(c)\n"
        f"c.CourseDirectory.directory_structure = {structure!r}\n"
    )
    course.plain()
    monkeypatch.chdir(tmp_path)
    assert course.command("report") == 0
    assert course.command("export", "csv", "ps1") == 0
    assert "\r\na,,,,10,16" in Path("ps1.csv").read_bytes().decode()
    assert course.command("regrade", "ps1", "--workers", "1") == 0


def test_who_is_excluded_is_graded_by_neither(make: Make) -> None:
    course = make(CourseDirectory={"student_id_exclude": "b,c"})
    for student in ("a", "b"):
        course.hand_in(student)
    assert set(by_both(course)) == {"a"}


def test_where_nothing_is_found_the_place_is_told(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    course = make()
    (course.root / "submitted" / "ps1" / "a").mkdir(parents=True)  # in another order
    assert course.command("grade", "ps1") == 2
    told = capsys.readouterr().err
    assert f"no submission was found; looked for {course.root}/submitted/STUDENT/ps1" in told
    course.hand_in("b")
    assert course.command("grade", "ps1", "--student", "c") == 2
    assert "no submission of c was found" in capsys.readouterr().err


def test_an_empty_untitled_does_not_hide_a_renamed_notebook(make: Make) -> None:
    course = make()
    folder = course.hand_in("a")
    (folder / "work.ipynb").rename(folder / "my solution.ipynb")
    _write(folder / "Untitled.ipynb", writes(new_notebook(cells=[new_code_cell("x")])).encode())
    _write(folder / "Untitled1.ipynb", b"")
    _write(folder / "._my solution.ipynb", FORK)
    assert by_both(course)["a"][2]["test"] == (10.0, False)
    assert course.ours(force=True)["a"].notes[0] == (
        "'my solution.ipynb' was taken for 'work.ipynb'"
    )


def _hidden(name: str, body: str, points: float) -> Any:
    return tracked(name, f"### BEGIN HIDDEN TESTS\n{body}\n### END HIDDEN TESTS", points)


ODD = (
    tracked("given", "k = 2"),
    _hidden("uses-given", "assert k == 2", 1),
    _hidden("no-points", "assert f(2) == 4", 0),
    _hidden("capped", "f(2)", 3),
    _hidden("negative", "-f(2)", 3),
    tracked("by-hand", "# Write code.", 5, solution=True, locked=False),
    tracked("by-hand-for-nothing", "Say more.", 0, solution=True, locked=False, text=True),
)


def test_odd_cells_give_the_same_points_with_both(tmp_path: Path) -> None:
    """Extra credit, no points, a given cell that was changed, code that a person grades."""
    course = Course(tmp_path / "course")
    course.begin(*ODD)
    course.hand_in("right")
    course.hand_in("wrong", "return 0")
    path = course.hand_in("changed") / "work.ipynb"
    data = json.loads(path.read_text())
    for cell in data["cells"]:
        name = cell["metadata"]["nbgrader"]["grade_id"]
        cell["source"] = {"given": "k = 5", "by-hand": "x = 1"}.get(name, cell["source"])
    path.write_text(json.dumps(data))
    found = {student: cells for student, (_, _, cells) in by_both(course).items()}
    assert {name: points for name, (points, _) in found["right"].items()} == {
        "test": 10.0,
        "task": None,
        "words": 0.0,
        "uses-given": 1.0,
        "no-points": 0.0,
        "capped": 3.0,
        "negative": 0.0,
        "by-hand": 0.0,
        "by-hand-for-nothing": 0.0,
    }
    assert found["changed"] == found["right"] | {"by-hand": (None, True)}
    assert found["wrong"]["test"] == (0.0, False)
    assert found["wrong"]["uses-given"] == (1.0, False)
    url = f"sqlite:///{course.root / 'gradebook.db'}"
    with Gradebook(url) as book:
        grade = book.find_grade("test", "work", "ps1", "right")
        grade.extra_credit = 2.5
        book.find_grade("by-hand", "work", "ps1", "changed").manual_score = 4
        book.db.commit()
    given = course.state()
    course.plain()  # graded before: nothing changes
    rows = course.ours(force=True)
    assert (rows["right"].score, rows["changed"].score) == (16.5, 18.0)
    assert rows["changed"].waiting == 4
    again = course.state()
    assert {s: c["test"] for s, (_, _, c) in again.items()} == {
        s: c["test"] for s, (_, _, c) in given.items()
    }
    assert course.command("export", "csv", "ps1", "-o", str(tmp_path / "x.csv")) == 0
    assert "\r\nright,,,,16.5,28,0,,12.5," in (tmp_path / "x.csv").read_bytes().decode()
    assert course.command("report", "-o", str(tmp_path / "r.html")) == 0
