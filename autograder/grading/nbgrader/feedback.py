"""One feedback page, made by a worker process from a graded notebook and its grades."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.grading.nbgrader.configure import configure
from autograder.grading.nbgrader.page import StudentPage
from autograder.grading.nbgrader.plugins import HideTests
from autograder.grading.nbgrader.site_address import site_of
from autograder.grading.submission.read import Unreadable, read_bytes


@dataclass(frozen=True)
class Page:
    """What a page is made from; everything that nbgrader's GetGrades reads from the gradebook.

    `site` is where the course's website begins; empty if it has none.
    """

    student: str
    notebook: str
    source: Path
    target: Path
    grades: dict[str, tuple[float, float]]
    comments: dict[str, str | None]
    score: float
    max_score: float
    penalty: float
    site: str = ""

    def is_due(self) -> bool:
        """Whether there is no page yet, or one from before the notebook was graded."""
        made = self.target.stat().st_mtime if self.target.exists() else 0.0
        return made < self.source.stat().st_mtime


def page_of(entry: Any, course: Any, assignment: str, student: str) -> Page:
    """Read one notebook's grades from the gradebook.

    Parameters
    ----------
    entry : nbgrader.api.SubmittedNotebook
    course : nbgrader.coursedir.CourseDirectory
    """
    penalty = float(entry.late_submission_penalty or 0)
    graded = course.format_path(course.autograded_directory, student, assignment)
    shown = course.format_path(course.feedback_directory, student, assignment)
    return Page(
        student,
        entry.name,
        Path(graded, f"{entry.name}.ipynb"),
        Path(shown, f"{entry.name}.html"),
        {grade.name: (grade.score, grade.max_score) for grade in entry.grades},
        {comment.name: comment.comment for comment in entry.comments},
        float(entry.score) - penalty,
        float(entry.max_score),
        penalty,
        site_of(course.config),
    )


def make_feedback(page: Page) -> Path:
    """Write a page; the same as ``nbgrader generate_feedback`` writes.

    Raises
    ------
    Unreadable
        If something else has taken the graded notebook's place.
    """
    nb: Any = nbformat.reads(_text(page.source), as_version=4)
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if name in page.grades:
            cell.metadata.nbgrader["score"], cell.metadata.nbgrader["points"] = page.grades[name]
        if name in page.comments:
            cell.metadata.nbgrader["comment"] = page.comments[name]
    told = {"notebook": page.notebook, "score": page.score, "max_score": page.max_score}
    resources = {
        "unique_key": page.notebook,
        "output_files_dir": f"{page.notebook}_files",
        "metadata": {"name": page.notebook, "path": str(page.source.parent)},
        "nbgrader": told | {"late_penalty": page.penalty, "student": page.student},
    }
    html, _ = _exporter(page.site).from_notebook_node(nb, resources)
    page.target.parent.mkdir(parents=True, exist_ok=True)
    half = page.target.with_name(f".{page.target.name}.{os.getpid()}")
    half.write_text(html, encoding="utf-8")
    half.replace(page.target)  # a page that stands is whole, whenever the run was killed
    return page.target


def _text(path: Path) -> str:
    try:
        return read_bytes(path).decode("utf-8")
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from error


@cache
def _exporter(site: str) -> Any:
    """The exporter with nbgrader's own template; made once a process."""
    config = Config()
    configure(config)
    config.StudentPage.site = site
    converter = GenerateFeedback(CourseDirectory(config=config), config=config)
    exporter: Any = StudentPage(config=converter.config)
    exporter.register_preprocessor(HideTests, enabled=True)
    return exporter
