"""Whether a submission was replaced after it was graded, whatever its time stamp says."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.grading.folders import folder_of, root_of
from autograder.grading.notebook.grade import METADATA
from autograder.grading.submission.folder import fingerprint
from autograder.grading.submission.read import Unreadable, read_bytes

CHANGED = "its files have changed since it was graded, without a new time stamp: graded again"


def has_changed(graded: Path, folder: Path, root: Path) -> bool:
    """Tell whether a folder that was handed in is no longer what was graded.

    Parameters
    ----------
    graded, folder : Path
        The submission under ``autograded`` and under ``submitted``.
    root : Path
        The folder of all submissions.
    """
    before = {found for path in graded.glob("*.ipynb") if (found := _fingerprint_in(path))}
    # what was graded before fingerprints were kept has none
    return bool(before) and fingerprint(folder, root) not in before


def _fingerprint_in(path: Path) -> str:
    with suppress(OSError, ValueError, KeyError, TypeError, Unreadable, RecursionError):
        about = json.loads(read_bytes(path))["metadata"][METADATA]["handed_in"]
        return about if isinstance(about, str) else ""
    return ""


def grade_again_what_has_changed(converter: Any) -> None:
    """Let ``nbgrader autograde`` grade again what was replaced; alone it looks at time stamps.

    Parameters
    ----------
    converter : nbgrader.converters.Autograde
    """
    course, before = converter.coursedir, converter.init_destination
    root = root_of(course, course.submitted_directory)

    def init_destination(assignment: str, student: str) -> bool:
        graded, folder = (
            folder_of(course, step, student, assignment)
            for step in (course.autograded_directory, course.submitted_directory)
        )
        forced = converter.force
        try:
            if not forced and has_changed(graded, folder, root):
                converter.log.warning("%s: %s", student, CHANGED)
                converter.force = True
            return bool(before(assignment, student))
        finally:
            converter.force = forced

    converter.init_destination = init_destination
