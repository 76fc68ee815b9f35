"""On a console without Unicode everything prints, nothing is lost, and nothing crashes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.console import PLAIN

ROOT = Path(__file__).resolve().parents[1]
RIGHT = "def relu_backward(dA, Z):\n    return dA * (Z > 0)"
PRINTING = "from autograder.console import print_anywhere as p\np()\nprint({!a})"


def run(console, *arguments, locale=None, **options):
    own = {"PYTHONIOENCODING": console, "PYTHONPATH": str(ROOT)}
    if locale:
        own |= {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=os.environ | own,
        capture_output=True,
        check=False,
        **options,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")[-2000:]
    return done.returncode, done.stdout.decode(console), done.stderr.decode(console)


@pytest.fixture
def notebook(tmp_path):
    path = tmp_path / "Übung – José.ipynb"
    cells = [new_code_cell(RIGHT), new_code_cell("print('✓ José 日本')")]
    nbformat.write(new_notebook(cells=cells), path)
    return path


@pytest.mark.parametrize("console", ["ascii", "cp1252"])
def test_check_prints_its_marks_without_unicode(console, notebook):
    status, out, _ = run(console, "-m", "autograder", "check", notebook)
    assert status == 0
    assert out.endswith("1 of 1 functions pass their visible checks\n")
    assert "+ dZ" in out


def test_a_locale_without_unicode_serves_too(notebook):
    status, out, _ = run("ascii", "-m", "autograder", "check", notebook, locale="C")
    assert status == 0
    assert "1 of 1 functions pass" in out


def test_json_has_the_same_values_without_unicode(notebook):
    _, out, _ = run("ascii", "-m", "autograder", "check", notebook, "--json")
    _, wanted, _ = run("utf-8", "-m", "autograder", "check", notebook, "--json")
    assert json.loads(out) == json.loads(wanted)


@pytest.mark.parametrize("console", ["ascii", "cp1252"])
def test_errors_with_names_are_told(console, tmp_path):
    for words in (["check", "日本 ✓.ipynb"], ["grade", "04–José ✓"], ["report"], ["feedback", "ŷ"]):
        status, _, err = run(console, "-m", "autograder", *words, cwd=tmp_path)
        assert status == 2
        assert err.startswith("autograder ")
    status, _, err = run(console, "-m", "autograder.authoring", "check", "日本 ✓", cwd=ROOT)
    assert status == 1
    assert "no text is called" in err


@pytest.mark.parametrize("console", ["ascii", "cp1252"])
@pytest.mark.parametrize("act", ["print(check(relu_backward))", "grade(NAME, globals(), 1)"])
def test_a_script_prints_a_verdict(console, act):
    name = "relu_backward__dZ_matches_numeric_gradient"
    code = f"from autograder import check, grade\nNAME = {name!r}\n{RIGHT}\n{act}"
    status, out, _ = run(console, "-c", code)
    assert status == 0
    assert "+ dZ" in out


@pytest.mark.parametrize("console", ["ascii", "cp1252", "latin-1", "cp437"])
def test_every_sign_has_a_stand_in_and_every_name_can_be_read_back(console):
    text = "".join(PLAIN) + "José 日本 \udcff"
    status, out, _ = run(console, "-c", PRINTING.format(text))
    assert status == 0
    lost = {sign for sign in PLAIN if sign not in out and PLAIN[sign] not in out}
    assert lost == set()
    assert " \\u65e5\\u672c \\udcff\n" in out
    assert ("Jos\\xe9" if console == "ascii" else "José") in out


def test_who_asked_for_another_way_keeps_it():
    environment = os.environ | {"PYTHONIOENCODING": "ascii:ignore", "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", PRINTING.format("✓ done")]
    assert subprocess.check_output(words, env=environment) == b" done\n"
