"""Where submissions lie: nbgrader's ``directory_structure`` may name any order of folders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.grading.submission.folder import is_junk

_STUDENT = "\0"


def root_of(course: Any, step: str) -> Path:
    """Return the folder that holds everybody's folders of one step; no student can name it.

    Parameters
    ----------
    course : nbgrader.coursedir.CourseDirectory
    step : str
        ``submitted``, ``autograded``, or what the course calls them.
    """
    parts = Path(course.format_path(step, _STUDENT, _STUDENT)).parts
    return Path(*parts[: next(n for n, part in enumerate(parts) if _STUDENT in part)])


def folder_of(course: Any, step: str, student: str, assignment: str) -> Path:
    """Return the folder of one student's submission at one step."""
    return Path(os.path.normpath(course.format_path(step, student, assignment)))


def students_of(course: Any, step: str, assignment: str) -> Iterator[tuple[str, Path]]:
    """Yield (student, folder) for every submission of an assignment that is there at a step."""
    parts = Path(course.format_path(step, _STUDENT, assignment)).parts
    place = next(n for n, part in enumerate(parts) if _STUDENT in part)
    head, _, tail = parts[place].partition(_STUDENT)
    above = Path(*parts[:place])
    for entry in sorted(above.iterdir()) if above.is_dir() else []:
        fits = entry.name.startswith(head) and entry.name.endswith(tail)
        student = entry.name[len(head) : len(entry.name) - len(tail)] if fits else ""
        if not student or student.startswith(".") or is_junk(entry.name):
            continue
        folder = folder_of(course, step, student, assignment)
        if folder.exists() or folder.is_symlink():
            yield student, folder


def given_files(course: Any, assignment: str) -> dict[str, bytes]:
    """Read the assignment's own data files, which replace the student's, by their path in it.

    Those that the setting ``Autograde.exclude_overwriting`` names are left to the student.
    """
    from nbgrader.utils import find_all_files  # students, who run `autograder check`, have none

    folder = folder_of(course, course.source_directory, ".", assignment)
    paths = find_all_files(str(folder), [*course.ignore, "*.ipynb"])
    files = {str(Path(p).relative_to(folder)): Path(p) for p in paths}
    excluded = course.config.get("Autograde", {}).get("exclude_overwriting", {})
    kept = files.keys() - {os.path.normpath(name) for name in excluded.get(assignment, ())}
    return {name: path.read_bytes() for name, path in files.items() if name in kept}
