"""A graded class, made once: every hostile and every faulty submission in one course."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import isolated
import pytest

from autograder.grading.sandbox.limits import Limits
from autograder.grading.sandbox.sandbox import Sandbox

from .course import make_course

QUICK = Limits(
    cell_seconds=3,
    call_seconds=2,
    test_seconds=4,
    submission_seconds=30,
    memory=256 << 20,
    total=1 << 30,
)


@pytest.fixture(scope="session", autouse=True)
def isolation() -> None:
    """Nothing here may run untrusted code without isolation."""
    isolated.require()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course with a released assignment and no submission; copy it, do not change it."""
    root = tmp_path_factory.mktemp("blank")
    make_course(root)
    return root


@pytest.fixture
def course(blank: Path, tmp_path: Path) -> Path:
    """Return a course of one's own."""
    root = tmp_path / "course"
    shutil.copytree(blank, root)
    return root


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Return one running sandbox."""
    made = Sandbox(QUICK)
    yield made
    made.close()
