"""A graded class, made once: every hostile and every faulty submission in one course."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import isolated
import pytest

from autograder.grading.sandbox.sandbox import Sandbox

from .both import Course, Make
from .course import QUICK as QUICK
from .course import make_course


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


@pytest.fixture(scope="session")
def blanks(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str | None], Path]:
    """Courses that nobody has handed anything in to, one for each order of folders."""

    @cache
    def blank(structure: str | None) -> Path:
        course = Course(tmp_path_factory.mktemp("blank") / "course", structure)
        course.begin()
        return course.root

    return blank


@pytest.fixture
def make(tmp_path: Path, blanks: Callable[[str | None], Path]) -> Make:
    def course(structure: str | None = None, **more: Any) -> Course:
        shutil.copytree(blanks(structure), tmp_path / "course")
        return Course(tmp_path / "course", structure, **more)

    return course
