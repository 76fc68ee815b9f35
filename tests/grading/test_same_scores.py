"""Isolated or in an ordinary kernel: the same points, check by check.

    AUTOGRADER_ALL=1 python -m pytest tests/grading/test_same_scores.py -n 2

takes every variant of the bank; without it every sixteenth, in CI another sixteenth at each run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.demo.run import make_course
from autograder.demo.sample_class import ASSIGNMENT, CLASS, NOTEBOOK
from autograder.grading.notebook.grade import grade_notebook
from autograder.grading.run import grade_many
from autograder.grading.sandbox.sandbox import Sandbox
from autograder.grading.sandbox.strength import strength
from autograder.grading.task import _sheet

from .bank_notebooks import notebook, ordinary, run_here, variants

ROOT = Path(__file__).resolve().parents[2]
ALL = os.environ.get("AUTOGRADER_ALL") == "1"
EVERY = 1 if ALL else 16
TURN = int(os.environ.get("GITHUB_RUN_NUMBER", "0")) % EVERY
CHOSEN = [(n, *one) for n, one in enumerate(variants()) if n % EVERY == TURN]
#: In a real kernel: all right, a slip, a syntax error, and hardly begun.
KERNEL = ("student-001", "student-005", "student-013", "student-014")
#: Stock nbgrader stops the class at a cell that was pasted twice.
STOPS = "student-015"


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("number", "family", "variant"), CHOSEN, ids=[f"{f}:{v.name}" for _, f, v in CHOSEN]
)
def test_a_variant_gets_the_same_points(
    box: Sandbox, number: int, family: str, variant: Any
) -> None:
    nb, master = notebook(family, variant, seed=number)
    grade_notebook(nb, master, {}, box, strength())
    assert [output.get("evalue") for output in nb.cells[0].outputs] == []
    anew = ALL or _remembers(variant) or number // EVERY % 6 == 0
    found, expected = _sheet(nb).points, ordinary(family, variant, number, anew)
    if _remembers(variant):
        # it answers each call in another way, and the grader, which runs a function's trials once
        # for all of its properties, calls less often than a kernel does: refused it is by both
        assert min(found.values()) == min(expected.values()) == 0
    else:
        # in a kernel of the bank a caller cannot be given right callees: it may earn more here
        assert found.keys() == expected.keys()
        assert all(found[name] >= expected[name] for name in expected)
        assert min(found.values()) == min(expected.values())


def _remembers(variant: Any) -> bool:
    """Whether a variant keeps something from one call to the next."""
    parts = (variant, getattr(variant, "first", None), getattr(variant, "second", None))
    return any(getattr(part, "state", None) for part in parts)


@pytest.fixture(scope="module")
def blank_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample class, not graded."""
    root = tmp_path_factory.mktemp("sample") / "course"
    make_course(root)
    return root


def points(root: Path) -> dict[str, dict[str, float]]:
    """Read every student's automatic points, test by test."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        return {
            one.student_id: {g.name: g.auto_score for nb in one.notebooks for g in nb.grades}
            for one in book.assignment_submissions(ASSIGNMENT)
        }


@pytest.fixture(scope="module")
def isolated(blank_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    root = _copy(blank_sample, tmp_path_factory.mktemp("isolated"), [s.student for s in CLASS])
    grade_many(root, ASSIGNMENT, workers=2, feedback=False, progress=False)
    return points(root)


def _copy(blank: Path, folder: Path, students: list[str]) -> Path:
    root = folder / "course"
    shutil.copytree(blank, root, ignore=shutil.ignore_patterns("submitted"))
    for student in students:
        shutil.copytree(blank / "submitted" / student, root / "submitted" / student)
    return root


@pytest.mark.parametrize("student", [sample.student for sample in CLASS])
def test_a_sample_gets_the_same_points(blank_sample: Path, isolated: Any, student: str) -> None:
    """All cells of the notebook one after the other, in this process."""
    found, names = {}, {"__name__": "__main__"}
    master = _cells(blank_sample / "source" / ASSIGNMENT)
    tests = {c.metadata.nbgrader.grade_id: c for c in master if _is_test(c)}
    for cell in _cells(blank_sample / "submitted" / student / ASSIGNMENT):
        if _is_test(cell):
            test = tests[cell.metadata.nbgrader.grade_id]
            name, worth = test.metadata.nbgrader.grade_id, test.metadata.nbgrader.points
            found[name] = worth * run_here(test.source, names)
        elif cell.cell_type == "code" and not _shows_a_picture(cell):
            run_here(cell.source, names)
    assert found
    assert {name: isolated[student][name] for name in found} == found


def test_a_real_kernel_gives_the_same_points(
    blank_sample: Path, isolated: Any, tmp_path: Path
) -> None:
    """Stock ``nbgrader autograde``, which runs hidden tests in the student's own kernel."""
    everyone = [sample.student for sample in CLASS if sample.student != STOPS]
    chosen = everyone if ALL else list(KERNEL)
    root = _copy(blank_sample, tmp_path, chosen)
    (root / "nbgrader_config.py").unlink()  # it would put the trusted grader to work
    done = subprocess.run(
        [
            *(sys.executable, "-W", "ignore", "-m", "nbgrader", "autograde", ASSIGNMENT),
            f"--CourseDirectory.root={root}",
        ],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Isolation" not in done.stderr
    assert points(root) == {student: isolated[student] for student in chosen}


def _cells(folder: Path) -> list[Any]:
    # not by nbformat: a pasted cell has the id of the cell that it was copied from
    cells = json.loads((folder / NOTEBOOK).read_text("utf-8"))["cells"]
    return [nbformat.from_dict(cell | {"source": "".join(cell["source"])}) for cell in cells]


def _is_test(cell: Any) -> bool:
    meta = cell.metadata.get("nbgrader", {})
    return bool(cell.cell_type == "code" and meta.get("grade") and not meta.get("solution"))


def _shows_a_picture(cell: Any) -> bool:
    """Pictures define nothing; drawn here they would cost most of the time."""
    return "figures." in cell.source and "import" not in cell.source
