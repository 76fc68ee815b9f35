"""Plain nbgrader with our settings, and our own run: the same grades, the same pages."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from autograder.grading import run as run_module
from autograder.grading.run import grade_many, print_table

from .conftest import QUICK
from .course import ASSIGNMENT, FULL, NOTEBOOK, api, config, graded, hand_in, scores, submission
from .faults import CELLS, FAULTS, FILES, FOLDERS
from .test_faults import fill, student
from .test_hostile import WRONG

# nbgrader's own, while it builds a submission's rows
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")


def quick_api(root: Path) -> NbGraderAPI:
    made = config(root)
    made.TrustedExecute.cell_seconds = QUICK.cell_seconds
    made.TrustedExecute.call_seconds = QUICK.call_seconds
    made.TrustedExecute.memory = QUICK.memory
    return NbGraderAPI(CourseDirectory(config=made), config=made)


@pytest.fixture(scope="module")
def both(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Grade the same faulty class with ``nbgrader autograde`` and with `grade_many`."""
    roots = (
        tmp_path_factory.mktemp("plain") / "course",
        tmp_path_factory.mktemp("ours") / "course",
    )
    for root in roots:
        shutil.copytree(blank, root)
        for fault in [*FILES, *FOLDERS, *CELLS]:
            fill(root, student(fault.name), fault)
    result = quick_api(roots[0]).autograde(ASSIGNMENT, "*")
    assert result["success"], result.get("error")
    assert quick_api(roots[0]).generate_feedback(ASSIGNMENT)["success"]
    grade_many(roots[1], ASSIGNMENT, workers=2, progress=False, limits=QUICK)
    return roots


@pytest.mark.parametrize("name", [fault.name for fault in [*FILES, *FOLDERS, *CELLS]])
def test_plain_nbgrader_gives_the_same(both: tuple[Path, Path], name: str) -> None:
    plain, ours = (scores(root, student(name)) for root in both)
    assert plain == ours
    assert {k: v for k, v in plain.items() if k in FULL} == FULL | FAULTS[name].points


def _page(root: Path, name: str) -> str:
    path = root / "feedback" / student(name) / ASSIGNMENT / f"{NOTEBOOK}.html"
    return path.read_text(encoding="utf-8").replace(str(root), "")


@pytest.mark.parametrize("name", ["checkpoints", "answer cell twice", "truncated"])
def test_plain_nbgrader_writes_the_same_page(both: tuple[Path, Path], name: str) -> None:
    assert _page(both[0], name) == _page(both[1], name)


@pytest.fixture
def small(course: Path) -> Path:
    """A class of three."""
    hand_in(course, "right", submission(course))
    hand_in(course, "wrong", submission(course, WRONG))
    hand_in(course, "it's Zoë & co", submission(course))
    return course


def _grade(root: Path, **options: Any) -> dict[str, Any]:
    options = {"progress": False, "limits": QUICK, "workers": 1} | options
    return {row.student: row for row in grade_many(root, ASSIGNMENT, **options)}


def test_isolation_is_recorded_with_each_grade(small: Path) -> None:
    _grade(small)
    nb = graded(small, "right")
    tests = [cell for cell in nb.cells if "autograder" in cell.metadata]
    assert len(tests) == len(FULL)
    assert all(cell.metadata.autograder.isolation.startswith("bubblewrap") for cell in tests)
    assert all(cell.metadata.autograder.status == "passed" for cell in tests)
    assert nb.metadata.autograder.isolation["words"]


def test_a_second_run_repeats_nothing(small: Path) -> None:
    assert {row.status for row in _grade(small).values()} == {"graded"}
    before = (small / "autograded" / "right" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").stat().st_mtime_ns
    assert {row.status for row in _grade(small).values()} == {"graded before"}
    after = (small / "autograded" / "right" / ASSIGNMENT / f"{NOTEBOOK}.ipynb").stat().st_mtime_ns
    assert before == after
    assert {row.status for row in _grade(small, force=True).values()} == {"graded"}


def test_a_newer_submission_is_graded_again(small: Path) -> None:
    stamp = small / "submitted" / "wrong" / ASSIGNMENT / "timestamp.txt"
    stamp.write_text("2026-01-01 00:00:00 UTC")
    _grade(small)
    hand_in(small, "wrong", submission(small))
    stamp.write_text("2026-01-02 00:00:00 UTC")
    rows = _grade(small)
    assert rows["wrong"].status == "graded"
    assert scores(small, "wrong") == FULL | {"words": 0.0}


def test_manual_grades_survive_and_ask_for_review(small: Path) -> None:
    _grade(small)
    with Gradebook(f"sqlite:///{small / 'gradebook.db'}") as book:
        grade = book.find_grade("square__value", NOTEBOOK, ASSIGNMENT, "wrong")
        grade.manual_score = 2.5
        book.db.commit()
    _grade(small, force=True)
    with Gradebook(f"sqlite:///{small / 'gradebook.db'}") as book:
        grade = book.find_grade("square__value", NOTEBOOK, ASSIGNMENT, "wrong")
        assert (grade.score, grade.auto_score, grade.needs_manual_grade) == (2.5, 0.0, True)


def test_written_answers_wait_for_a_person(small: Path) -> None:
    data = submission(small)
    data["cells"][-1]["source"] = "My own words"
    hand_in(small, "right", data)
    _grade(small)
    assert scores(small, "right")["words"] is None
    assert scores(small, "wrong")["words"] == 0.0


def test_late_submissions_get_the_courses_penalty(small: Path) -> None:
    with Gradebook(f"sqlite:///{small / 'gradebook.db'}") as book:
        book.update_or_create_assignment(ASSIGNMENT, duedate="2026-01-01 00:00:00")
    stamp = small / "submitted" / "right" / ASSIGNMENT / "timestamp.txt"
    stamp.write_text("2026-01-02 00:00:00 UTC")
    made = config(small)
    made.LateSubmissionPlugin.penalty_method = "zero"
    _grade(small, config=made)
    with Gradebook(f"sqlite:///{small / 'gradebook.db'}") as book:
        late = book.find_submission_notebook(NOTEBOOK, ASSIGNMENT, "right")
        assert late.late_submission_penalty == late.score == sum(FULL.values())
        other = book.find_submission_notebook(NOTEBOOK, ASSIGNMENT, "wrong")
        assert other.late_submission_penalty is None


def test_a_worker_that_dies_loses_nothing(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "grade_submission", _die_once)
    rows = _grade(small, workers=2, feedback=False)
    assert {row.status for row in rows.values()} == {"graded"}


def _die_once(job: Any) -> Any:
    """Grade, but end the worker process the first time that it sees one submission."""
    import os

    from autograder.grading.task import grade_submission

    mark = job.root / f"seen-{job.student.encode().hex()}"
    if job.student == "right" and not mark.exists():
        mark.touch()
        os._exit(1)
    return grade_submission(job)


def test_the_table_says_what_happened(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hand_in(small, "torn", "{")
    rows = _grade(small)
    print_table(list(rows.values()))
    told = capsys.readouterr().out
    assert "right" in told
    assert "11 / 13" in told
    assert "zero" in told
    assert "- the notebook could not be graded: it is not JSON" in told
    assert "isolation: bubblewrap" in told


def test_one_student_at_a_time(small: Path) -> None:
    assert set(_grade(small, students=["right"])) == {"right"}
    assert api(small).get_autograded_students(ASSIGNMENT) == {"right"}
