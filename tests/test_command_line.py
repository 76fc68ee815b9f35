"""The command line: instant help, examples, exit codes, JSON; `check` on a student's notebook."""

import json
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.__main__ import main
from autograder.commands_and_options import parser

COMMANDS = ("check", "collect", "grade", "feedback", "report", "regrade", "export", "exam", "demo")
HEAVY = {"numpy", "matplotlib", "nbgrader", "nbconvert", "IPython", "sqlalchemy", "jinja2"}
SQUARE = "import numpy as np\n\ndef relu_backward(dA, Z):\n    return dA * (Z > 0)"
WRONG = SQUARE.replace("Z > 0", "dA > 0")


def run(*arguments):
    command = [sys.executable, "-m", "autograder", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def notebook(tmp_path):
    def write(*sources):
        path = tmp_path / "work.ipynb"
        nbformat.write(new_notebook(cells=[new_code_cell(source) for source in sources]), path)
        return path

    return write


def test_help_loads_nothing_heavy():
    code = (
        "import sys\nfrom autograder.commands_and_options import parser\nparser().format_help()\n"
        f"print({HEAVY} & set(sys.modules) or 'nothing')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "nothing\n"


def test_help_is_instant():
    def seconds():
        started = time.perf_counter()
        assert run("--help").returncode == 0
        return time.perf_counter() - started

    assert min(seconds() for _ in range(5)) < 0.3


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_that_can_be_parsed(command):
    done = run(command, "--help")
    assert done.returncode == 0
    told = " ".join(done.stdout.split())
    example = told.rpartition("example: autograder ")[2]
    assert example.startswith(command)
    assert parser().parse_args(example.split()).command == command


@pytest.mark.parametrize("arguments", [[], ["unknown"], ["grade"], ["export", "fax", "a"]])
def test_what_cannot_be_understood_is_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: autograder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["grade", "04"], "is no course folder"),
        (["report"], "is no course folder"),
        (["export", "csv", "04"], "is no course folder"),
        (["check", "missing.ipynb"], "there is no file missing.ipynb"),
    ],
)
def test_nothing_to_work_on_is_status_2_and_one_line(
    arguments, told, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_an_assignment_that_is_not_there_is_named(tmp_path, capsys):
    (tmp_path / "source").mkdir()
    for command in ("grade", "report", "regrade", "feedback"):
        assert main([command, "04_none", "--course", str(tmp_path)]) == 2
        assert "04_none" in capsys.readouterr().err


def test_a_right_notebook_is_status_0(notebook):
    done = run("check", notebook(SQUARE, "1 + 1"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert done.stdout.endswith("1 of 1 functions pass their visible checks\n")


def test_a_wrong_notebook_is_status_1_and_names_the_mistake_as_json(notebook):
    done = run("check", notebook(WRONG), "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert not found["passed"]
    (report,) = found["reports"]
    assert [words["id"] for words in report["diagnosis"]] == ["relu-mask-on-gradient"]


def test_a_cell_that_stops_is_told_and_the_other_functions_are_checked(notebook):
    done = run("check", notebook(SQUARE, "undefined_name"))
    assert done.returncode == 1
    assert "cell 2: NameError" in done.stdout
    assert "1 of 1 functions pass" in done.stdout


def test_an_empty_answer_cell_is_not_forgotten(notebook):
    path = notebook(SQUARE, "pass")
    content = nbformat.read(path, as_version=4)
    content.cells[1].metadata["nbgrader"] = {"grade_id": "sigmoid_backward", "solution": True}
    nbformat.write(content, path)
    done = run("check", path)
    assert done.returncode == 1
    assert "there is no function called `sigmoid_backward`" in done.stdout


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("x = 1", "defines no function of the course"),
        (SQUARE + "\nimport time\ntime.sleep(60)", "ran for more than 2 seconds"),
        (SQUARE + "\nimport os\nos._exit(1)", "the kernel ended"),
    ],
)
def test_a_notebook_that_cannot_be_run_is_status_2(notebook, source, told):
    done = run("check", notebook(source), "--cell-seconds", 2)
    assert done.returncode == 2
    assert told in done.stderr


def test_a_file_that_is_no_notebook_is_status_2(tmp_path, capsys):
    path = tmp_path / "work.ipynb"
    path.write_text("{")
    assert main(["check", str(path)]) == 2
    assert "is no notebook" in capsys.readouterr().err


def course(root, settings=""):
    """A course with one assignment and no gradebook."""
    (root / "source" / "ps1").mkdir(parents=True)
    (root / "source" / "ps1" / "work.ipynb").write_text('{"cells": []}')
    (root / "source" / "empty").mkdir()
    (root / "nbgrader_config.py").write_text(settings)
    return root


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["grade", "ps2"], ["there is no assignment 'ps2'", "/source/ps2", "did you mean ps1?"]),
        (["grade", "empty"], ["assignment 'empty' has no notebook", "/source/empty/*.ipynb"]),
        (["report"], ["there is no gradebook: looked for", "/gradebook.db"]),
        (["report", "ps1"], ["there is no gradebook: looked for"]),
        (["feedback", "ps1"], ["there is no gradebook: looked for"]),
        (["regrade", "ps1"], ["there is no gradebook: looked for"]),
        (["export", "csv", "ps1"], ["there is no gradebook: looked for"]),
        (["collect", "--canvas", "no.zip", "ps1"], ["there is no file no.zip"]),
    ],
)
def test_what_was_looked_for_and_where_is_told(arguments, told, tmp_path, capsys):
    root = course(tmp_path / "course")
    assert main([*arguments, "--course", str(root)]) == 2
    error = capsys.readouterr().err
    for words in told:
        assert words in error
    assert error.count("\n") == 1
    assert not list(root.glob("gradebook.db*"))  # looking makes none


def test_a_gradebook_that_is_none_is_told(tmp_path, capsys):
    root = course(tmp_path / "course")
    (root / "gradebook.db").write_bytes(b"no database at all, but some text" * 99)
    (root / "autograded").mkdir()
    for words in (["report"], ["feedback", "ps1"], ["export", "csv", "ps1"]):
        assert main([*words, "--course", str(root)]) == 2
        error = capsys.readouterr().err
        assert "the gradebook cannot be used: file is not a database" in error
        assert error.count("\n") == 1


@pytest.mark.parametrize("settings", ["c = (", "import no_such_module", "1 / 0"])
def test_settings_that_cannot_be_read_are_told(settings, tmp_path, capsys):
    root = course(tmp_path / "course", settings)
    assert main(["report", "--course", str(root)]) == 2
    error = capsys.readouterr().err
    assert "nbgrader_config.py cannot be used: " in error
    assert "Error" in error
    assert error.count("\n") == 1


def test_a_number_of_workers_is_above_0(capsys):
    for number in ("0", "-1", "many"):
        with pytest.raises(SystemExit) as stopped:
            main(["grade", "ps1", "--workers", number])
        assert stopped.value.code == 2
        assert f"'{number}' is no whole number above 0" in capsys.readouterr().err
