"""`make demo` ends with its table on every machine, and says where nothing isolates."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.demo import run as demo
from autograder.grading.sandbox.strength import OPTION

HERE = Path(__file__).resolve().parent
# The whole demonstration, of the two students alone that a class of two needs.
TWO = """\
import sys
from autograder.demo import run
run.CLASS[:] = [one for one in run.CLASS if one.student in ("student-001", "student-004")]
if __name__ == "__main__":  # worker processes import this file
    sys.exit(run.main([sys.argv[1]]))
"""
BLOCK = "NOT ISOLATED. This machine offers nothing to keep a student's program apart from yours:"


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "two.py"
    path.write_text(TWO)
    return path


def run_two(script, *before, **environment):
    environment = {"PYTHONPATH": str(HERE.parent), **environment}
    return subprocess.run(
        [*before, sys.executable, str(script), str(script.parent / "class")],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def shown(out):
    """The table's points, a student a line."""
    lines = [line.split() for line in out.splitlines() if line.startswith("student-")]
    return {words[0]: float(words[1]) for words in lines}


def test_without_any_isolation_it_says_so_in_one_block_and_ends_with_its_table(script):
    done = run_two(script, sys.executable, str(HERE / "forbid.py"))
    assert done.returncode == 0, done.stderr[-3000:]
    assert shown(done.stdout) == {"student-001": 100, "student-004": 94}
    block = done.stdout.partition("\n\n")[2].partition("\n\n")[0]
    assert block.strip().startswith(BLOCK)
    assert "bubblewrap does not work here" in " ".join(block.split())
    assert "graded without isolation" in block
    assert "refuse here until this is mended" in block
    assert done.stdout.count("NOT ISOLATED") == 1
    assert max(map(len, block.splitlines())) <= 200  # no line but a path is long


def test_the_work_of_students_is_refused_where_the_demo_runs(tmp_path):
    """What the demonstration allows itself holds for nothing else."""
    code = "from autograder.grading.run import grade_many; grade_many('.', 'any')"
    words = [sys.executable, str(HERE / "forbid.py"), sys.executable, "-c", code]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    done = subprocess.run(
        words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert "NoIsolation: bubblewrap does not work here" in done.stderr


def test_a_sandbox_that_starts_and_does_not_work_is_an_obstacle(monkeypatch, tmp_path):
    from autograder.grading.sandbox import selftest as trial
    from autograder.grading.sandbox import strength as isolation

    def broken(sandbox, secret):
        raise trial.BrokenSandbox("Nothing is graded, as NumPy cannot be imported.")

    monkeypatch.setattr(isolation, "strength", lambda: isolation.BUBBLEWRAP_USER)
    monkeypatch.setattr(trial, "try_sandbox", broken)
    assert "NumPy cannot be imported" in demo._obstacle(tmp_path)


def test_the_trust_ends_with_the_demonstration(monkeypatch):
    from autograder.grading.sandbox import strength as isolation

    monkeypatch.setenv(OPTION, "auto")
    with isolation.trust_the_sample_class():
        assert isolation.strength() == isolation.OWN_WORK
    assert os.environ[OPTION] == "auto"
    isolation.strength.cache_clear()
