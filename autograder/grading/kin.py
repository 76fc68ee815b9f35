"""The other assignments of a course, by which one that was handed in by mistake is known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.grading.folders import folder_of, root_of
from autograder.grading.submission.find import Kin

_MAX_NOTEBOOKS = 200


def kin_of(course: Any, assignment: str) -> Kin:
    """Return the notebooks of the course's other assignments in words, and their ``grade_id``.

    Parameters
    ----------
    course : nbgrader.coursedir.CourseDirectory
    assignment : str
        The one that is graded.
    """
    return {
        f"the notebook of assignment '{name}'": cells
        for name, path in _masters(course, assignment)
        if (cells := frozenset(_grade_ids(path)))
    }


def _masters(course: Any, assignment: str) -> Iterator[tuple[str, Path]]:
    step, count = course.source_directory, 0
    root = root_of(course, step)
    for entry in sorted(root.iterdir()) if root.is_dir() else []:
        if entry.name == assignment or not entry.is_dir() or entry.name.startswith("."):
            continue
        for path in sorted(folder_of(course, step, ".", entry.name).glob("*.ipynb")):
            count += 1
            if count <= _MAX_NOTEBOOKS:
                yield entry.name, path


def _grade_ids(path: Path) -> Iterator[str]:
    """Yield the names of a master's cells; a file that is no notebook has none."""
    with suppress(OSError, ValueError, AttributeError, TypeError, KeyError):
        for cell in json.loads(path.read_bytes())["cells"]:
            name = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id")
            if isinstance(name, str):
                yield name
