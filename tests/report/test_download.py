"""From a platform's download to ``submitted``: whose it is, which attempt counts, what is aside."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.__main__ import main
from autograder.report.download.names import CanvasNames, MoodleNames, Who, read_metadata
from autograder.report.download.roster import Roster, letters, refusal

WORK = b'{"cells": []}'
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Unit 4 (123)\r\n"
    "    Points Possible,,,,,10\r\n"
    '"Doe, Jane",4711,S1,student-001,one,\r\n'
    '"O\'Neil Smith, Zoë",4712,S2,student-002,one,\r\n'
    '"Twin, A",4713,S3,student-003,one,\r\n'
    '"Twin, A",4714,S4,student-004,one,\r\n'
)
MOODLE = (
    "Identifier,Full name,ID number,Email address,Status,Grade\r\n"
    "Participant 501,Jane Doe,student-001,jane@example.org,Submitted,\r\n"
    "Participant 502,Zoë O'Neil Smith,student-002,zoe@example.org,Submitted,\r\n"
)
GRADESCOPE = """
submission_901:
  :submitters:
  - :name: Jane Doe
    :sid: student-001
    :email: jane@example.org
  - :name: Zoe Smith
    :sid: student-002
    :email: zoe@example.org
  :created_at: 2026-01-10 13:30:00.250000000 Z
  :score: 0.0
submission_902:
  :submitters:
  - :name: A
    :sid: ''
    :email: a@example.org
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2026-01-11 09:00:00.000000000 Z
    zone: x
    time: 2026-01-11 01:00:00.000000000 Z
"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a master, and a gradebook without students."""
    root = tmp_path_factory.mktemp("empty") / "course"
    (root / "source" / "ps1").mkdir(parents=True)
    (root / "source" / "ps1" / "work.ipynb").write_bytes(WORK)
    with pytest.MonkeyPatch.context() as patch:  # nbgrader starts a bare "alembic"
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        Gradebook(f"sqlite:///{root / 'gradebook.db'}").close()
    return root


@pytest.fixture
def root(empty: Path, tmp_path: Path) -> Path:
    shutil.copytree(empty, tmp_path / "course")
    return tmp_path / "course"


def pack(root: Path, files: dict[str, bytes | str]) -> Path:
    path = root.parent / "submissions.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return path


def collect(root: Path, platform: str, path: Path, roster: str | None = None) -> int:
    words = ["collect", f"--{platform}", str(path), "ps1", "--course", str(root)]
    if roster is not None:
        (root.parent / "roster.csv").write_bytes(roster.encode())
        words += ["--roster", str(root.parent / "roster.csv")]
    return main(words)


def submitted(root: Path) -> dict[str, bytes]:
    folder = root / "submitted"
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_canvas(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files: dict[str, bytes | str] = {
        "doejane_4711_900_work.ipynb": b"first",
        "doejane_4711_905_work-1.ipynb": b"second",
        "doejane_4711_906_data-2.csv": b"1",
        "oneilsmithzo\u00eb_LATE_9999_907_work.ipynb": b"by name",
        "twina_8888_908_work.ipynb": b"?",
        "twina_4714_909_my_work_2.ipynb": b"by id",
        "nobody_1_910_work.ipynb": b"stranger",
        "readme.txt": b"x",
        "doejane_4711_911_timestamp.txt": b"2020-01-01 00:00:00 UTC",
        "__MACOSX/._doejane_4711_905_work-1.ipynb": b"x",
    }
    assert collect(root, "canvas", pack(root, files), CANVAS) == 1
    assert submitted(root) == {
        "student-001/ps1/work.ipynb": b"second",
        "student-001/ps1/data-2.csv": b"1",
        "student-002/ps1/work.ipynb": b"by name",
        "student-004/ps1/my_work_2.ipynb": b"by id",
    }
    told = capsys.readouterr().out
    assert "submissions: 3 new" in told
    assert "no penalty follows: student-002" in told
    assert (
        "'doejane_4711_900_work.ipynb': student-001: an earlier attempt; 'doejane_4711_905" in told
    )
    assert "2 students are called 'twina'" in told
    assert "nobody is known as nobody, 1" in told
    assert "a time stamp counts from the platform alone" in told
    assert "'readme.txt': its path is not of the kind of Canvas, such as doejane_LATE_" in told
    aside = root / "downloaded" / "ps1" / "aside"
    assert (aside / "nobody_1_910_work.ipynb").read_bytes() == b"stranger"
    assert (aside / "doejane_4711_900_work.ipynb").read_bytes() == b"first"


def test_a_second_download_replaces_what_has_changed_and_keeps_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files: dict[str, bytes | str] = {
        "doejane_4711_1_work.ipynb": b"1",
        "x_4712_2_work.ipynb": b"2",
    }
    assert collect(root, "canvas", pack(root, files), CANVAS) == 0
    assert collect(root, "canvas", pack(root, files), CANVAS) == 0
    assert "submissions: 2 unchanged" in capsys.readouterr().out
    files["doejane_4711_3_work.ipynb"] = b"3"
    del files["doejane_4711_1_work.ipynb"]
    assert collect(root, "canvas", pack(root, files), CANVAS) == 0
    assert "1 replaced, 1 unchanged" in capsys.readouterr().out
    assert submitted(root)["student-001/ps1/work.ipynb"] == b"3"
    kept = root / "downloaded" / "ps1" / "replaced" / "student-001" / "1" / "work.ipynb"
    assert kept.read_bytes() == b"1"


@pytest.mark.parametrize("form", ["{}_/", "{}/", "{}_", "unit 4/{}_/"])
def test_moodle_in_folders_and_flat(root: Path, form: str) -> None:
    files: dict[str, bytes | str] = {
        form.format("Jane Doe_501_assignsubmission_file") + "work.ipynb": b"1",
        form.format("G1-Zoë O'Neil Smith_502_assignsubmission_file") + "work.ipynb": b"2",
    }
    assert collect(root, "moodle", pack(root, files), MOODLE) == 0
    assert submitted(root) == {
        "student-001/ps1/work.ipynb": b"1",
        "student-002/ps1/work.ipynb": b"2",
    }


def test_moodle_keeps_folders_that_students_made(root: Path) -> None:
    name = "Jane Doe_501_assignsubmission_file_/hw/data/x.csv"
    assert collect(root, "moodle", pack(root, {name: b"1"}), MOODLE) == 0
    assert set(submitted(root)) == {"student-001/ps1/hw/data/x.csv"}


def test_gradescope_with_a_group_times_and_no_roster(root: Path) -> None:
    files: dict[str, bytes | str] = {
        "assignment_1_export/submission_metadata.yml": GRADESCOPE,
        "assignment_1_export/submission_901/work.ipynb": b"1",
        "assignment_1_export/submission_902/work.ipynb": b"2",
    }
    assert collect(root, "gradescope", pack(root, files)) == 0
    found = submitted(root)
    assert found["student-001/ps1/work.ipynb"] == found["student-002/ps1/work.ipynb"] == b"1"
    assert found["student-001/ps1/timestamp.txt"] == b"2026-01-10 13:30:00.250000 UTC"
    assert found["a@example.org/ps1/timestamp.txt"] == b"2026-01-11 09:00:00.000000 UTC"


def test_nbgraders_list_of_students_serves_as_a_roster(root: Path) -> None:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        gradebook.add_student("own-1", lms_user_id="4711")
        gradebook.add_student("own-2", first_name="Jane", last_name="Doe")
    files: dict[str, bytes | str] = {"x_4711_1_work.ipynb": b"1", "doejane_9_2_work.ipynb": b"2"}
    assert collect(root, "canvas", pack(root, files)) == 0
    assert set(submitted(root)) == {"own-1/ps1/work.ipynb", "own-2/ps1/work.ipynb"}


def test_the_courses_own_pattern(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = pack(root, {"ps1_jane_attempt_2_work.ipynb": b"1"})
    assert collect(root, "zip", path) == 2
    assert "set c.FileNameCollectorPlugin.named_regexp" in capsys.readouterr().err
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.FileNameCollectorPlugin.named_regexp = "
        "r'.*ps1_(?P<student_id>\\w+)_attempt_\\d+_(?P<file_id>\\w+)'\n"
    )
    assert collect(root, "zip", path) == 0
    assert set(submitted(root)) == {"jane/ps1/work.ipynb"}


def test_an_unpacked_download_is_as_good(root: Path) -> None:
    folder = root.parent / "submissions"
    folder.mkdir()
    (folder / "doejane_4711_1_work.ipynb").write_bytes(b"1")
    (folder / "doejane_4711_2_link.csv").symlink_to("/etc/passwd")
    assert collect(root, "canvas", folder, CANVAS) == 1
    assert set(submitted(root)) == {"student-001/ps1/work.ipynb"}


def test_nothing_is_written_outside_or_through_links(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = zipfile.ZipInfo("doejane_4711_1_link.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = pack(root, {"doejane_4711_2_work.ipynb": b"1", "../doejane_4711_3_up.ipynb": b"x"})
    with zipfile.ZipFile(path, "a") as target:
        target.writestr(link, "/etc/passwd")
        target.writestr("Jane_501_assignsubmission_file_../../../../out.ipynb", b"x")
        target.writestr("doejane_4711_4_..", b"x")
    before = {p for p in root.parent.rglob("*") if "submitted" not in p.parts}
    assert collect(root, "canvas", path, CANVAS) == 1
    assert set(submitted(root)) == {"student-001/ps1/work.ipynb"}
    told = capsys.readouterr().out
    assert told.count("leads out of the archive") == 3
    assert "it is a symbolic link" in told
    after = {p for p in root.parent.rglob("*") if "submitted" not in p.parts}
    assert {p.name for p in after - before} <= {
        "roster.csv",
        "downloaded",
        "ps1",
        "aside",
        "doejane_4711_4_..",
    }


def test_a_moodle_path_that_climbs_out_of_its_folder_is_refused(root: Path) -> None:
    files: dict[str, bytes | str] = {
        "Jane Doe_501_assignsubmission_file_../evil.ipynb": b"x",
        "Jane Doe_501_assignsubmission_file_/work.ipynb": b"1",
    }
    assert collect(root, "moodle", pack(root, files), MOODLE) == 1
    assert set(submitted(root)) == {"student-001/ps1/work.ipynb"}
    (kept,) = root.rglob("evil.ipynb")
    assert kept.is_relative_to(root / "downloaded" / "ps1" / "aside")


@pytest.mark.parametrize("content", [b"no zip", b""])
def test_what_is_no_archive_is_refused(
    root: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root.parent / "submissions.zip"
    path.write_bytes(content)
    assert collect(root, "canvas", path, CANVAS) == 2
    assert "the archive cannot be opened" in capsys.readouterr().err


def test_bad_input_is_told_in_a_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = pack(root, {"nobody_1_2_work.ipynb": b"1"})
    assert collect(root, "canvas", path) == 2
    assert "nobody is known as nobody, 1; --roster names a CSV file" in capsys.readouterr().err
    assert collect(root, "canvas", path, "a,b\n1,2\n") == 2
    assert "the roster has no column with ids; found a, b" in capsys.readouterr().err
    assert collect(root, "canvas", path, "") == 2
    assert "roster.csv is empty" in capsys.readouterr().err
    assert collect(root, "canvas", root.parent / "none.zip", CANVAS) == 2
    assert "there is no file" in capsys.readouterr().err
    assert main(["collect", "--canvas", str(path), "ps9", "--course", str(root)]) == 2
    told = capsys.readouterr().err
    assert "there is no assignment 'ps9'" in told
    assert "there are ps1; did you mean ps1?" in told
    bad = pack(root, {"a/submission_metadata.yml": "- [", "a/submission_1/w.ipynb": b"1"})
    assert collect(root, "gradescope", bad) == 2
    assert "submission_metadata.yml cannot be read" in capsys.readouterr().err


def test_as_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = pack(root, {"doejane_4711_1_work.ipynb": b"1"})
    (root.parent / "r.csv").write_text(CANVAS)
    words = ["collect", "--canvas", str(path), "ps1", "--course", str(root), "--json"]
    assert main([*words, "--roster", str(root.parent / "r.csv")]) == 0
    assert json.loads(capsys.readouterr().out)["new"] == ["student-001"]


@pytest.mark.parametrize(
    "student", ["", ".", "..", "a/b", "a\\b", ".hidden", "a\nb", "x" * 300, "C:"]
)
def test_an_id_that_is_no_folders_name_is_refused(student: str) -> None:
    assert refusal(student)


def test_other_ids_may_have_blanks_and_accents() -> None:
    assert not refusal("Zoë O'Neil 7")


def test_what_a_student_wrote_in_a_roster_is_no_id() -> None:
    """Moodle's grading worksheet has the online text of everybody."""
    roster = Roster()
    head = ["Identifier", "Full name", "Username", "Online text"]
    rows = [["Participant 501", "Jane Roe", "student-009", "student-002"]]
    roster.add_table([head, *rows], known=["student-002"])
    assert roster.find(Who(("501",))) == ("student-009", "")
    assert roster.find(Who(("student-002",)))[0] == ""


def test_metadata_that_a_student_handed_in_is_a_file_like_any_other(root: Path) -> None:
    forged = GRADESCOPE.replace("submission_901", "submission_903")
    files: dict[str, bytes | str] = {
        "export/submission_902/submission_metadata.yml": forged,
        "export/submission_901/work.ipynb": b"1",
        "export/submission_902/work.ipynb": b"2",
        "export/submission_metadata.yml": GRADESCOPE,
    }
    assert collect(root, "gradescope", pack(root, files)) == 0
    found = submitted(root)
    assert found["student-001/ps1/work.ipynb"] == b"1"
    assert found["a@example.org/ps1/submission_metadata.yml"] == forged.encode()


def test_a_file_without_an_ending_keeps_its_name_and_a_stamp_is_no_students(root: Path) -> None:
    name = "Jane Doe_501_assignsubmission_file_"
    files: dict[str, bytes | str] = {
        f"{name}/Makefile": b"all:",
        f"{name}/./timestamp.txt": b"2020-01-01 00:00:00 UTC",
        f"{name}/work.ipynb": b"1",
    }
    assert collect(root, "moodle", pack(root, files), MOODLE) == 1
    assert set(submitted(root)) == {"student-001/ps1/Makefile", "student-001/ps1/work.ipynb"}


def test_names_are_compared_by_their_letters() -> None:
    assert letters("O'Neil Smith, Zoë") == letters("oneilsmithzoe")
    roster = Roster()
    roster.add_table([["student_id", "Name"], ["a", "Doe, Jane"], ["b", "Jane Roe"]])
    read = CanvasNames().read
    found = read("roejane_77_1_w.ipynb", {})
    assert found is not None
    assert roster.find(found.who[0]) == ("b", "")


def test_they_serve_nbgraders_zip_collect_too() -> None:
    found = MoodleNames().collect("/x/extracted/Jane Doe_501_assignsubmission_file_/work.ipynb")
    assert found is not None
    assert (found["student_id"], found["file_id"]) == ("501", "work.ipynb")
    found = CanvasNames().collect("/x/extracted/doejane_LATE_4711_9_work.ipynb")
    assert found is not None
    assert (found["student_id"], found["file_id"]) == ("4711", "work.ipynb")


def test_metadata_makes_no_objects() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read_metadata(b"a: !!python/object/apply:os.system ['true']")
