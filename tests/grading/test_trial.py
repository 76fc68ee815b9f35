"""A broken installation, or a machine that breaks meanwhile, never becomes zeros."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from autograder.grading import worker as tried
from autograder.grading.nbgrader import plugins
from autograder.grading.notebook.exchange import Died
from autograder.grading.notebook.processes import Notebook
from autograder.grading.run import grade_many
from autograder.grading.sandbox import bubblewrap, sandbox
from autograder.grading.sandbox import selftest as trial
from autograder.grading.sandbox.sandbox import Sandbox
from autograder.grading.sandbox.selftest import BrokenSandbox, try_sandbox
from autograder.grading.sandbox.strength import strength

from .conftest import QUICK
from .course import ASSIGNMENT, FULL, hand_in, scores, submission
from .test_end_to_end import quick_api

ROOT = Path(__file__).resolve().parents[2]


def _append(name: str, source: str) -> Callable[[Path], object]:
    """Return damage to the folder that the sandbox sees: more text in one of its modules."""

    def damage(side: Path) -> None:
        path = side / name
        path.parent.mkdir(exist_ok=True)
        before = path.read_text() if path.exists() else ""
        path.write_text(f"{before}\n{source}\n")

    return damage


def _remove(name: str) -> Callable[[Path], object]:
    return lambda side: (side / name).unlink()


_NO = "raise ImportError('not here')"
_OBSERVE = "_kept = observe\ndef observe(*args, **named):\n    "
DAMAGES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "NumPy": (_append("numpy.py", _NO), "start a process", "not here"),
    "a part of the package": (
        _remove("autograder/oracle.py"),
        "import what notebooks import",
        "autograder.oracle",
    ),
    "an import of the package's": (
        _append("autograder/datasets.py", "import no_such_package"),
        "import what notebooks import",
        "no_such_package",
    ),
    "the shell": (_append("student_side/shell.py", _NO), "start a process", "not here"),
    "pictures": (
        _append("student_side/zygote.py", "import PIL.PngImagePlugin as p\np.Image.SAVE.clear()"),
        "draw a picture",
        "KeyError: 'PNG'",
    ),
    "calls": (
        _append("autograder/observe.py", f"{_OBSERVE}import os; os._exit(1)"),
        "call the functions from a test",
        "process ended",
    ),
    "values": (
        _append(
            "autograder/observe.py",
            f"{_OBSERVE}seen = _kept(*args, **named)\n    Z, cache = seen.value\n"
            "    return Reply((Z + 1, cache))",
        ),
        "call the functions from a test",
        "a product came back as array",
    ),
    "objects": (
        _append("student_side/answers.py", "StudentEnd._answer = None"),
        "use the functions in a hand-written test",
        "process ended",
    ),
    "home": (
        _append("student_side/zygote.py", "os.environ['HOME'] = '/usr'"),
        "read and write files",
        "Read-only file system",
    ),
}


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Forget the sandboxes that are running and tried, now and afterwards."""
    made: list[Sandbox] = []

    def shared(limits: Any) -> Sandbox:
        found = [one for one in made if one.limits == limits]
        made.extend([] if found else [Sandbox(limits)])
        return (found or made)[-1]

    for module in (trial, sys.modules["autograder.grading.task"]):
        monkeypatch.setattr(module, "shared", shared)
    trial.ready.cache_clear()
    yield monkeypatch
    trial.ready.cache_clear()
    for one in made:
        one.close()


@pytest.fixture
def two(course: Path) -> Path:
    for name in ("first", "second"):
        hand_in(course, name, submission(course))
    return course


def damage_side(patch: pytest.MonkeyPatch, damage: Callable[[Path], object]) -> None:
    build = sandbox.build_side

    def built(folder: Path) -> Path:
        damage(build(folder))
        return folder

    patch.setattr(sandbox, "build_side", built)


def recorded(root: Path) -> list[str]:
    """List the students who have a submission in the gradebook."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        return [one.student_id for one in book.assignment_submissions(ASSIGNMENT)]


def _grade(root: Path, **options: Any) -> dict[str, Any]:
    options = {"progress": False, "limits": QUICK, "workers": 1} | options
    return {row.student: row for row in grade_many(root, ASSIGNMENT, **options)}


def test_a_sound_sandbox_passes(fresh: pytest.MonkeyPatch, two: Path) -> None:
    assert {row.status for row in _grade(two).values()} == {"graded"}


@pytest.mark.parametrize("broken", DAMAGES)
def test_a_broken_sandbox_grades_nothing(fresh: pytest.MonkeyPatch, two: Path, broken: str) -> None:
    damage, tried_, came = DAMAGES[broken]
    damage_side(fresh, damage)
    with pytest.raises(BrokenSandbox) as caught:
        _grade(two)
    told = str(caught.value)
    assert told.startswith("Nothing is graded")
    assert f"Tried: {tried_}." in told
    assert came in told
    assert "What to do: " in told
    assert recorded(two) == []
    assert not list((two / "autograded").rglob("*.ipynb"))
    assert not (two / "autograded" / ".unfinished").exists()


def test_a_mended_sandbox_grades(fresh: pytest.MonkeyPatch, two: Path) -> None:
    with fresh.context() as patch:
        damage_side(patch, DAMAGES["values"][0])
        with pytest.raises(BrokenSandbox):
            _grade(two)
    limits = replace(QUICK, cell_seconds=4)  # another sandbox, as after another start
    assert {row.status for row in _grade(two, limits=limits).values()} == {"graded"}
    assert scores(two, "first") == FULL | {"words": 0.0}


def test_a_hole_is_found(fresh: pytest.MonkeyPatch, two: Path) -> None:
    """A course folder that lies where the sandbox sees it."""
    if not strength().namespaces:
        pytest.skip("the folders are bubblewrap's")
    two.chmod(0o755)
    prefixes = bubblewrap.prefixes
    fresh.setattr(bubblewrap, "prefixes", lambda: [*prefixes(), two.resolve()])
    with pytest.raises(BrokenSandbox, match="Tried: reach what is the grader's") as caught:
        _grade(two)
    assert f"Came back: '{two.resolve()}/submitted'" in str(caught.value)


def test_an_open_network_is_found(fresh: pytest.MonkeyPatch, two: Path) -> None:
    if not strength().namespaces:
        pytest.skip("the namespace is bubblewrap's")
    namespaces = bubblewrap._namespaces
    fresh.setattr(
        bubblewrap, "_namespaces", lambda: (w for w in namespaces() if w != "--unshare-net")
    )
    with pytest.raises(BrokenSandbox, match="Came back: 'the network'"):
        _grade(two)


def test_limits_that_leave_no_room_are_told(fresh: pytest.MonkeyPatch, two: Path) -> None:
    with pytest.raises(BrokenSandbox, match="What to do"):
        _grade(two, limits=replace(QUICK, file=1))
    assert recorded(two) == []


def test_what_was_graded_before_is_kept(fresh: pytest.MonkeyPatch, two: Path) -> None:
    _grade(two, students=["first"])
    damage_side(fresh, DAMAGES["calls"][0])
    with pytest.raises(BrokenSandbox):
        _grade(two, force=True, limits=replace(QUICK, cell_seconds=4))
    assert scores(two, "first") == FULL | {"words": 0.0}
    assert recorded(two) == ["first"]


@pytest.mark.parametrize("how", ["no start", "no process"])
def test_a_machine_that_breaks_meanwhile(fresh: pytest.MonkeyPatch, two: Path, how: str) -> None:
    """What was graded stays; the rest has no grade, and the next run takes it up."""

    def die(*_: Any, **__: Any) -> Any:
        raise Died("the notebook's process ended")

    grade = tried.task.grade_submission
    with fresh.context() as patch:

        def graded_then_broken(job: Any) -> Any:
            if job.student == "second":
                patch.setattr(
                    *(Sandbox, "_fork", die) if how == "no start" else (Notebook, "run", die)
                )
            return grade(job)

        patch.setattr(tried.task, "grade_submission", graded_then_broken)
        rows = _grade(two)
    assert [rows[name].status for name in ("first", "second")] == ["graded", "not graded"]
    assert "sandbox" in rows["second"].notes[0]
    assert rows["second"].score is None
    assert recorded(two) == ["first"]
    assert [row.status for row in _grade(two).values()] == ["graded before", "graded"]


def test_a_submission_that_cannot_be_opened_stops_nobody(
    fresh: pytest.MonkeyPatch, two: Path
) -> None:
    """Although it is the first: the trial is repeated, and finds the sandbox sound."""
    (two / "submitted" / "first" / ASSIGNMENT / "poison.txt").write_text("x")
    opened = Sandbox.open

    def poisoned(self: Sandbox, files: Any, pictures: Any = ()) -> Any:
        if "poison.txt" in files:
            raise Died("the notebook's process ended")
        return opened(self, files, pictures)

    fresh.setattr(Sandbox, "open", poisoned)
    rows = _grade(two)
    assert [rows[name].status for name in ("first", "second")] == ["not graded", "graded"]
    assert recorded(two) == ["second"]


def _break_worker() -> None:
    """On a worker of the cluster."""
    damage, build = DAMAGES["values"][0], sandbox.build_side

    def built(folder: Path) -> Path:
        damage(build(folder))
        return folder

    sandbox.build_side = built


def test_a_cluster_with_one_broken_worker_grades_nothing(two: Path) -> None:
    """Otherwise it would depend on chance who is graded."""
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Dask's own
        with distributed.LocalCluster(silence_logs=50, **options) as cluster:
            at = cluster.scheduler_address
            with distributed.Client(at, set_as_default=False) as client:
                broken = sorted(client.nthreads())[0]
                client.run(_break_worker, workers=[broken])
            with pytest.raises(BrokenSandbox, match="1 of 2 workers") as caught:
                _grade(two, scheduler=at)
            assert f"{broken} says: Nothing is graded" in str(caught.value)
            assert recorded(two) == []


def test_plain_nbgrader_refuses(fresh: pytest.MonkeyPatch, two: Path) -> None:
    damage_side(fresh, DAMAGES["values"][0])
    done = quick_api(two).autograde(ASSIGNMENT, "*")
    assert not done["success"]
    assert "Nothing is graded, as the sandbox does not work" in done["log"]
    assert recorded(two) == []
    assert not (two / "autograded").exists()


def test_plain_nbgrader_on_a_machine_that_breaks_meanwhile(
    fresh: pytest.MonkeyPatch, two: Path
) -> None:
    def die(*_: Any, **__: Any) -> Any:
        raise Died("the notebook's process ended")

    grade = plugins.grade_notebook
    with fresh.context() as patch:

        def graded_then_broken(*args: Any) -> Any:
            if recorded(two) == ["first", "second"]:
                patch.setattr(Notebook, "run", die)
            return grade(*args)

        patch.setattr(plugins, "grade_notebook", graded_then_broken)
        done = quick_api(two).autograde(ASSIGNMENT, "*")
    assert not done["success"]
    assert "second is not graded: Nothing is graded" in done["log"]
    assert recorded(two) == ["first"]
    assert scores(two, "first") == FULL | {"words": 0.0}


BREAK = """
import sys
from autograder.grading.sandbox import sandbox
build = sandbox.build_side
def built(folder):
    build(folder)
    (folder / "autograder" / "oracle.py").unlink()
    return folder
sandbox.build_side = built
"""
OURS = (
    "from autograder.__main__ import main\n"
    "sys.exit(main(['grade', {assignment!r}, '--workers', '1']))"
)
PLAIN = (
    "from nbgrader.apps.nbgraderapp import main\n"
    "sys.argv = ['nbgrader', 'autograde', {assignment!r}]\nmain()"
)


@pytest.mark.parametrize("command", [OURS, PLAIN])
def test_a_refusal_is_no_success(two: Path, command: str) -> None:
    """The exit code, and one message on the terminal, without a traceback."""
    (two / "nbgrader_config.py").write_text(
        "from autograder.grading.nbgrader.configure import configure\nc = get_config()\n"
        f"c.CourseDirectory.root = {str(two)!r}\nconfigure(c)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", BREAK + command.format(assignment=ASSIGNMENT)],
        cwd=two,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode not in (0, -9)
    assert "Tried: import what notebooks import." in done.stderr
    assert "Traceback" not in done.stderr
    assert recorded(two) == []


def test_a_trial_is_quick(sandbox: Sandbox, tmp_path: Path) -> None:
    """It must not weigh on a class of one."""
    try_sandbox(sandbox, tmp_path)
    started = time.perf_counter()
    try_sandbox(sandbox, tmp_path)
    assert time.perf_counter() - started < 3  # 0.1 s on a quiet machine
