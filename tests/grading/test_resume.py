"""A run that is killed at any moment is taken up by the next: one grade for everyone, the same.

    AUTOGRADER_KILLS=40 python -m pytest tests/grading/test_resume.py

kills as many runs as that; without it eight are killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy.exc import OperationalError

from autograder.grading import run as run_module
from autograder.grading.first_rows import FirstRows
from autograder.grading.gradebook import Record
from autograder.grading.run import grade_many

from .course import ASSIGNMENT
from .small_class import copy_class, state

KILLS = int(os.environ.get("AUTOGRADER_KILLS", "8"))
SIZE = 8
RUN = """
from autograder.grading.run import grade_many
if __name__ == "__main__":
    grade_many({root!r}, {assignment!r}, workers={workers}, progress=False)
"""


@pytest.fixture(scope="module")
def class_(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_class(blank, tmp_path_factory.mktemp("class"), SIZE)


@pytest.fixture(scope="module")
def uninterrupted(class_: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, float]:
    """What a run leaves that nobody kills, and how long it takes."""
    root = tmp_path_factory.mktemp("whole") / "course"
    shutil.copytree(class_, root)
    started = time.monotonic()
    process = start(root, 2)
    assert process.wait() == 0
    seconds = time.monotonic() - started
    assert len(state(root)) == SIZE
    return state(root), seconds


def start(root: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start a run in a session of its own, so that all of it can be killed."""
    script = root / "run.py"
    script.write_text(RUN.format(root=str(root), assignment=ASSIGNMENT, workers=workers))
    return subprocess.Popen([sys.executable, str(script)], start_new_session=True, cwd=root)


def alone(session: int) -> bool:
    """Whether nothing of a killed run is left running."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                return False
    return True


def test_killed_at_random_moments(
    class_: Path, uninterrupted: tuple[Any, float], tmp_path: Path
) -> None:
    wanted, seconds = uninterrupted
    rng = np.random.default_rng(6)
    root, left, hit = tmp_path / "course", KILLS, 0
    while left:
        shutil.copytree(class_, root)
        # a class is killed several times before it may finish
        for _ in range(min(left, 4)):
            process = start(root, workers=int(rng.integers(1, 4)))
            time.sleep(float(rng.uniform(0.15, 0.75)) * seconds)
            hit += process.poll() is None
            os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
            process.wait()
            left -= 1
        rows = grade_many(root, ASSIGNMENT, workers=1, progress=False)
        assert len(rows) == SIZE
        assert all(row.status != "not graded" for row in rows)
        assert state(root) == wanted
        assert not (root / "autograded" / ".unfinished").exists()
        shutil.rmtree(root)
    assert hit >= KILLS // 2, "most runs were over before they could be killed"


def test_workers_end_with_the_run(class_: Path, tmp_path: Path) -> None:
    """Also where only the first process is killed, as by an out-of-memory killer."""
    root = tmp_path / "course"
    shutil.copytree(class_, root)
    process = start(root, workers=2)
    deadline = time.monotonic() + 120
    while not list((root / "autograded").glob("student-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert process.poll() is None
    process.kill()
    process.wait()
    while not alone(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert alone(process.pid)


@pytest.mark.parametrize("step", ["_move", "_protect", "page", "before"])
def test_stopped_between_two_steps(
    class_: Path,
    uninterrupted: tuple[Any, float],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    """The moments that a random kill would seldom hit."""
    root = tmp_path / "course"
    shutil.copytree(class_, root)

    class Stop(BaseException):
        pass

    def stop(*_: Any, **__: Any) -> None:
        raise Stop

    def run(**options: Any) -> Any:
        return grade_many(root, ASSIGNMENT, workers=1, progress=False, **options)

    with monkeypatch.context() as patch:
        if step == "_move":  # the grades are stored, the notebooks not in place
            patch.setattr(Record, "_move", stop)
        elif step == "_protect":
            patch.setattr("autograder.grading.gradebook._protect", stop)
        elif step == "page":  # all is graded, and there is no feedback
            patch.setattr(run_module, "make_feedback", stop)
        else:  # graded once; the second time the old notebooks are away, the new not there
            run()
            patch.setattr("autograder.grading.gradebook.shutil.rmtree", lambda *_, **__: None)
            rename = Path.rename

            def half(self: Path, target: Path) -> Path:
                return stop() if self.name == "done" else rename(self, target)  # type: ignore

            patch.setattr(Path, "rename", half)
        with pytest.raises(Stop):
            run(force=step == "before")
    run()
    assert state(root) == uninterrupted[0]


def test_a_gradebook_that_refuses_costs_one_submission_its_turn(
    class_: Path, uninterrupted: tuple[Any, float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where another program holds the gradebook locked; the next run takes it up."""
    root = tmp_path / "course"
    shutil.copytree(class_, root)
    write, seen = FirstRows.write, []

    def refuse(self: FirstRows, db: Any, outcome: Any, moment: Any) -> Any:
        seen.append(write(self, db, outcome, moment))
        if len(seen) == 2:  # its rows are there, and not committed
            raise OperationalError("INSERT INTO grade", {}, Exception("database is locked"))
        return seen[-1]

    with monkeypatch.context() as patch:
        patch.setattr(FirstRows, "write", refuse)
        rows = grade_many(root, ASSIGNMENT, workers=1, progress=False)
    assert [row.status for row in rows].count("not graded") == 1
    assert "database is locked" in rows[1].notes[0]
    grade_many(root, ASSIGNMENT, workers=1, progress=False)
    assert state(root) == uninterrupted[0]
