"""The set-up of a fresh machine: one line of progress, a log, and words where something is missing.

Nothing is downloaded here; `.ci/run` begins with a real set-up.
"""

import re
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COLLECTING = (
    "Collecting numpy==2.4.6 (from -r requirements.txt (line 6))\n  Downloading numpy.whl\n"
)
INSTALLING = "Installing collected packages: pure-eval, wcwidth, numpy\n"


@pytest.fixture
def tool():
    spec = spec_from_file_location("set_up", ROOT / "tools" / "set_up.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "setup.log"
    path.write_text("")
    return path


@pytest.fixture
def program(tmp_path):
    """Write a program that notes how it was called, prints a text and ends with a status."""

    def write(name, text="", status=0):
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        said = path.with_suffix(".text")
        said.write_text(text)
        path.write_text(f'#!/bin/sh\necho "$@" >> {path}.calls\ncat {said}\nexit {status}\n')
        path.chmod(0o755)
        return path

    return write


def calls(path):
    return Path(f"{path}.calls").read_text().splitlines()


def test_four_hundred_lines_become_two(tool, log, program, capsys):
    pip = program("pip", COLLECTING * 200 + INSTALLING)
    tool.run("setting up", iter([[str(pip)]]), log)
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "setting up: a minute or two"
    assert re.fullmatch(r"setting up: done in \d+ s", out.splitlines()[1])
    assert (len(out.splitlines()), err) == (2, "")
    assert log.read_text().count("Collecting") == 200


def test_a_terminal_has_one_line_that_is_rewritten(tool, log, program, monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    pip = program("pip", COLLECTING * 3 + INSTALLING)
    tool.run("setting up", iter([[str(pip)]]), log)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "3 packages found, numpy" in out
    assert "Installing 3 packages" in out
    assert out.rstrip().rpartition("\r")[2].startswith("setting up: done in")


def test_what_failed_is_told_with_its_last_lines_and_the_log(tool, log, program, capsys):
    pip = program("pip", "quiet\n" * 100 + "ERROR: No matching distribution\n", 1)
    with pytest.raises(tool.Failed) as failed:
        tool.run("setting up", iter([[str(pip)], ["never"]]), log)
    told = str(failed.value).splitlines()
    assert told[-2:] == ["ERROR: No matching distribution", f"The whole log: {log}"]
    assert len(told) <= 15
    assert "failed after" in capsys.readouterr().out


def test_uv_is_used_where_it_is_there(tool, tmp_path, program, monkeypatch, capsys):
    uv = program("uv", "Resolved 155 packages in 2.1s\n")
    monkeypatch.setenv("PATH", str(uv.parent), prepend=":")
    tool.set_up(tmp_path / "venv")
    made, requirements, this = calls(uv)
    assert made.startswith("venv ")
    assert made.endswith(str(tmp_path / "venv"))
    assert "requirements.txt" in requirements
    assert f"--editable {ROOT}" in this
    assert "with uv: done in" in capsys.readouterr().out


def test_pip_goes_on_where_uv_fails(tool, tmp_path, program, monkeypatch, capsys):
    uv = program("uv", "error: Failed to fetch\n", 2)
    pip = program("pip", INSTALLING)
    monkeypatch.setenv("PATH", str(uv.parent), prepend=":")
    monkeypatch.setattr(tool, "with_pip", lambda folder: iter([[str(pip)]]))
    tool.set_up(tmp_path / "venv")
    assert len(calls(pip)) == 1
    told = capsys.readouterr().out
    assert f"uv could not do it (see {tmp_path / 'venv' / 'setup.log'}); now with pip" in told


def without(monkeypatch, tool, *modules):
    monkeypatch.setattr(tool, "find_spec", lambda m: None if m in modules else m)


def test_pip_of_the_system_serves_where_the_module_ensurepip_is_missing(tool, monkeypatch):
    without(monkeypatch, tool, "ensurepip")
    made, bootstrap, *_ = tool.with_pip(Path("venv"))
    assert made[1:] == ["-m", "venv", "--without-pip", "venv"]
    assert bootstrap[:4] == [sys.executable, "-m", "pip", "--python"]


@pytest.mark.parametrize("missing", [["venv"], ["ensurepip", "pip"]])
def test_a_missing_module_is_explained_with_what_to_install(tool, monkeypatch, missing):
    without(monkeypatch, tool, *missing)
    with pytest.raises(tool.Failed) as failed:
        list(tool.with_pip(Path("venv")))
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"its module {missing[0]} is missing" in str(failed.value)
    assert f"apt install python{version}-venv" in str(failed.value)


def test_a_set_up_that_was_stopped_does_not_build_upon_itself(tool):
    assert tool.base(Path("elsewhere")) == sys.executable
    assert tool.base(Path(sys.prefix)) == sys._base_executable


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("python", ["no-such-python", "false"])
def test_a_python_that_does_not_serve_is_named(python, tmp_path):
    target = tmp_path / "venv"
    words = ["make", f"PYTHON={python}", f"VENV={target}", f"{target}/ready"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"Python 3.11 or newer is needed; {python} is" in done.stderr
    assert not target.exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_newer_python_is_found_where_python3_is_too_old(tmp_path):
    (tmp_path / "python3").symlink_to(shutil.which("false"))
    (tmp_path / "python3.12").symlink_to(sys.executable)
    text = (ROOT / "Makefile").read_text() + "\nwhich:\n\t@echo $(PYTHON)\n"
    (tmp_path / "Makefile").write_text(text)
    done = subprocess.run(
        ["make", "which"],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{tmp_path / 'python3.12'}\n"
