"""``autograder exam``: chosen questions, sheets and keys to print, a master that nbgrader takes."""

from __future__ import annotations

import json
import re

import pytest

from autograder.__main__ import main
from autograder.authoring.release import generate
from autograder.concept_keys.named import PREFIX, asked_of, can_be_named
from autograder.concepts import QUESTIONS
from autograder.concepts.recall import one_question
from autograder.exam.choose import choose
from autograder.exam.failed import ExamFailed
from autograder.exam.make import items, make_exam, read_ids

STUDENTS = ["student-007", "Ada O'Neil", "ada o-neil", "../x"]


@pytest.fixture(scope="module")
def exams(tmp_path_factory):
    """One sheet for all, and one for each student."""
    folder = tmp_path_factory.mktemp("exams")
    make_exam(folder / "one", ["04", "07"], 8, "7")
    make_exam(folder / "each", ["00", "04", "09"], 9, "7", STUDENTS, title="Term <1> & more")
    for name in ("one", "each"):
        generate(folder / name, "exam", settings=folder / "none")
    return folder


def cells(folder, stage):
    notebook = json.loads((folder / stage / "exam/exam.ipynb").read_text("utf-8"))
    for cell in notebook["cells"]:
        yield cell, cell["metadata"].get("nbgrader", {}), "".join(cell["source"])


def run(folder, change=lambda source: source):
    """Run the master; return what each hidden test raised."""
    names, raised = {}, {}
    for cell, meta, source in cells(folder, "source"):
        if cell["cell_type"] == "code":
            try:
                exec(change(source) if meta.get("solution") else source, names)
            except AssertionError as error:
                raised[meta["grade_id"]] = str(error)
    return raised


def test_questions_come_from_all_units_and_none_comes_twice():
    for count in range(1, 10):
        names = choose(["07", "04"], count, "7")
        assert len(set(names)) == len(names) == count
        units = [QUESTIONS[name.removeprefix(PREFIX)].unit for name in names]
        assert units == sorted(units)
        assert abs(units.count("04") - units.count("07")) <= 2
    assert choose(["04", "07"], 8, "7") != choose(["04", "07"], 8, "8")


def test_every_unit_can_ask_for_a_mistake_and_its_key_is_the_one_that_gives_it():
    named = [name for name, question in QUESTIONS.items() if can_be_named(question)]
    assert {QUESTIONS[name].unit for name in named} == {q.unit for q in QUESTIONS.values()}
    for name in named:
        for seed in map(str, range(40)):
            _, asked, key = asked_of(f"{PREFIX}{name}", seed)
            ids = [id for id, _ in asked.choices]
            assert len(set(ids)) == len(ids) >= 3
            assert ids.count(key.right) == 1
            shown = re.search(r"Somebody answers \*\*(.*?)\*\*", asked.text)[1]
            _, _, plain = asked_of(name, seed)
            values = [value for id, value in plain.mistakes() if id == key.right]
            told = [v if isinstance(v, tuple) else (v,) for v in values]
            assert tuple(map(float, shown.strip("()").split(", "))) in [
                tuple(round(x, 4) for x in value) for value in told
            ]


@pytest.mark.parametrize("name", ["one", "each"])
def test_the_solutions_pass_and_wrong_answers_fail(exams, name):
    assert run(exams / name) == {}
    wrong = run(exams / name, lambda s: re.sub(r"^(answer_\d+) = .*", r"\1 = 98765", s, flags=re.M))
    count = sum(1 for _, meta, _ in cells(exams / name, "source") if meta.get("grade"))
    assert len(wrong) == count


def test_another_id_has_other_answers_and_no_id_is_told(exams):
    other = run(exams / "each", lambda s: s.replace("'student-007'", "'student-008'"))
    assert len(other) >= 4
    with pytest.raises(ValueError, match="`student` is ''; expected your id as text"):
        run(exams / "each", lambda s: s.replace("'student-007'", "''"))


@pytest.mark.parametrize("name", ["one", "each"])
def test_the_release_holds_no_key(exams, name):
    for cell, meta, source in cells(exams / name, "release"):
        assert "hold(" not in source
        assert "concept_keys" not in source
        if meta.get("solution"):
            assert source.endswith("raise NotImplementedError()")
        if cell["cell_type"] == "markdown":
            assert not re.search(r"\b(mistake|key) is\b", source)


def test_the_sheet_and_the_notebook_ask_a_student_the_same():
    names = choose(["00", "04", "09"], 9, "7")
    for who in ("student-007", " Ada O'Neil"):
        for item, name in zip(items(names, "7", who), names, strict=True):
            if not name.startswith(PREFIX):
                shown = one_question(name, f"7/{item.number}", item.number, who)
                assert item.asked.text in repr(shown)


def test_the_pages_stand_alone_and_the_sheet_has_no_key(exams):
    for path in exams.rglob("*.html"):
        page = path.read_text("utf-8")
        assert not re.search(r"<script|https?://(?!www\.w3\.org)|\bsrc=", page)
        assert not re.search(r"\$|\\begin|\\frac", page.partition("</style>")[2])
        if "sheet" in path.as_posix():
            assert "<math" in page
            assert "one-over-m-" not in page
    assert "Term &lt;1&gt; &amp; more" in (exams / "each/key.html").read_text("utf-8")
    files = sorted(path.name for path in (exams / "each/sheets").iterdir())
    assert files == ["2-Ada-O-Neil.html", "3-ada-o-neil.html", "student-007.html", "x.html"]


def test_the_same_seed_gives_the_same_bytes(exams, tmp_path):
    make_exam(tmp_path / "again", ["07", "04"], 8, "7")
    for path in (p for p in (tmp_path / "again").rglob("*") if p.is_file()):
        other = exams / "one" / path.relative_to(tmp_path / "again")
        assert path.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--units", "99"], "there are no questions on unit '99'; there are: 00 01 02"),
        (["--units", "04", "--questions", "40"], "40 questions were asked for; the bank has 1 to"),
        (["--units", "04", "--students", "nobody.txt"], "nobody.txt cannot be read: No such file"),
        (["--units", "04", "--students", "empty.txt"], "empty.txt holds no id; expected one a"),
        (["--units", "04", "--students", "twice.txt"], "twice.txt holds 'A' twice"),
        (["--units", "04", "--students", "odd.txt"], "it is no text in UTF-8"),
    ],
)
def test_bad_input_is_status_2_and_one_line(options, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, data in (("empty", b"\n \n"), ("twice", b"a\nA\n"), ("odd", b"\xff\xfe\x00")):
        (tmp_path / f"{name}.txt").write_bytes(data)
    assert main(["exam", "made", "--questions", "4", *options]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1
    assert not (tmp_path / "made").exists()


def test_the_command_says_what_was_made_and_leaves_alone_what_is_there(tmp_path, capsys):
    arguments = ["exam", str(tmp_path / "made"), "--units", "02", "--questions", "2"]
    assert main(arguments) == 0
    assert re.search(r"2 questions for all; the same again: --seed \d+", capsys.readouterr().out)
    assert main(arguments) == 2
    assert "is there already, and nothing in it was touched" in capsys.readouterr().err


def test_ids_are_read_line_by_line(tmp_path):
    (tmp_path / "ids.txt").write_bytes("\ufeffstudent-001\r\n\r\n Zoë \r\n".encode())
    assert read_ids(tmp_path / "ids.txt") == ["student-001", "Zoë"]
    with pytest.raises(ExamFailed):
        read_ids(tmp_path)
