"""Many workers, a loaded machine, a Dask cluster: the same grades."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import dask_cluster as cluster_module
from autograder.grading.dask_cluster import NoCluster
from autograder.grading.gradebook import Record
from autograder.grading.pool import Lost, run_all
from autograder.grading.run import grade_many
from autograder.grading.sandbox import limits as limits_module
from autograder.grading.sandbox.limits import MAX_STRETCH, stretch
from autograder.grading.table import print_table

from .course import ASSIGNMENT
from .small_class import copy_class, state

SIZE = 12


@pytest.fixture(scope="module")
def class_(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_class(blank, tmp_path_factory.mktemp("class"), SIZE)


@pytest.fixture(scope="module")
def graded(class_: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What one worker leaves behind."""
    root = tmp_path_factory.mktemp("whole") / "course"
    shutil.copytree(class_, root)
    grade_many(root, ASSIGNMENT, workers=1, progress=False)
    return state(root)


@pytest.fixture
def copy(class_: Path, tmp_path: Path) -> Path:
    root = tmp_path / "course"
    shutil.copytree(class_, root)
    return root


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Three worker processes of one thread each."""
    distributed = pytest.importorskip("distributed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Dask's own
        options = {"n_workers": 3, "threads_per_worker": 1, "dashboard_address": None}
        with distributed.LocalCluster(processes=True, silence_logs=50, **options) as made:
            yield made


def test_a_crowd_of_workers_gives_the_same(copy: Path, graded: Any) -> None:
    grade_many(copy, ASSIGNMENT, workers=4 * (os.cpu_count() or 1), progress=False)
    assert state(copy) == graded


@pytest.mark.parametrize(("load", "factor"), [(0.0, 1), (1.2, 1), (4.0, 4), (99.0, MAX_STRETCH)])
def test_limits_stretch_where_the_machine_is_crowded(
    monkeypatch: pytest.MonkeyPatch, load: float, factor: int
) -> None:
    many = os.cpu_count() or 1
    monkeypatch.setattr(limits_module.os, "getloadavg", lambda: (load * many, 0.0, 0.0))
    monkeypatch.setattr(limits_module, "_others", [])
    assert stretch() == factor
    limits_module.note_others(load * many - 1, 1.0)  # what is left is the submission's own
    assert stretch() == factor
    for _ in range(100):
        limits_module.note_others(0.0, 1.0)
    assert stretch() == 1


def test_a_cluster_gives_the_same(cluster: Any, copy: Path, graded: Any) -> None:
    rows = grade_many(copy, ASSIGNMENT, progress=False, scheduler=cluster.scheduler_address)
    assert state(copy) == graded
    assert {row.isolation for row in rows if row.isolation} != set()


def test_a_worker_killed_in_the_middle_loses_nothing(
    cluster: Any, copy: Path, graded: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    killed = threading.Event()
    write = Record.write

    def counted(self: Record, outcome: Any, *rest: Any) -> Any:
        written.append(outcome.student)
        if len(written) == 3:
            os.kill(_busy_worker(cluster), signal.SIGKILL)
            killed.set()
        return write(self, outcome, *rest)

    monkeypatch.setattr(Record, "write", counted)
    rows = grade_many(copy, ASSIGNMENT, progress=False, scheduler=cluster.scheduler_address)
    assert killed.is_set()
    assert sorted(written) == sorted(row.student for row in rows)  # each of them once
    assert len(written) == SIZE
    assert state(copy) == graded


def _busy_worker(cluster: Any) -> int:
    """The process of a worker that is at work on something; its nanny starts another."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for seen in list(cluster.scheduler.workers.values()):
            if seen.processing:
                (worker,) = (
                    w for w in cluster.workers.values() if w.worker_address == seen.address
                )
                return int(worker.pid)
    raise AssertionError("no worker is at work")


def test_no_cluster_is_told(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster_module, "_CONNECT", 1)
    with pytest.raises(NoCluster, match="no Dask scheduler answers"):
        grade_many(copy, ASSIGNMENT, progress=False, scheduler="tcp://127.0.0.1:9")


def _fails(task: int) -> int:
    if task == 2:
        raise ValueError("not this one")
    return task * task


def test_a_task_that_fails_on_a_cluster_is_lost_alone(cluster: Any) -> None:
    done = dict(run_all(_fails, [1, 2, 3], 1, cluster.scheduler_address))
    assert done[1] == 1
    assert done[3] == 9
    assert isinstance(done[2], Lost)
    assert "not this one" in done[2].why


def test_a_scheduler_that_goes_away_ends_the_run(cluster: Any) -> None:
    tasks = list(range(3, 60))
    results = run_all(_fails, tasks, 1, cluster.scheduler_address)
    done = [next(results)]
    cluster.sync(cluster.scheduler.close)
    done += results
    assert sorted(task for task, _ in done) == tasks  # each of them once
    assert isinstance(done[-1][1], Lost)
    assert "connection to the cluster was lost" in done[-1][1].why


def test_the_table_counts(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = grade_many(copy, ASSIGNMENT, workers=1, feedback=False, progress=False)
    print_table(rows)
    told = capsys.readouterr().out
    assert f"{SIZE - 1} graded, 1 zero" in told
    assert "isolation: " in told


def test_the_progress_line_has_rate_and_time_left(
    copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    grade_many(copy, ASSIGNMENT, workers=1, feedback=False)
    told = capsys.readouterr().err
    assert f"{SIZE}/{SIZE}" in told
    assert "submission/s" in told or "s/submission" in told
    assert "<" in told  # elapsed < left
