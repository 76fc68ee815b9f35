"""The course folder: nbgrader's own settings, read as nbgrader reads them."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from pathlib import Path
from typing import Any

SETTINGS = "nbgrader_config.py"


class NoCourse(Exception):
    """The folder is no nbgrader course."""


def open_course(folder: str | Path) -> tuple[Any, Any]:
    """Return (CourseDirectory, Config) of the nbgrader course in a folder.

    Raises
    ------
    NoCourse
        If there is neither a settings file nor a folder ``source``, or the settings cannot be used.
    """
    from nbgrader.coursedir import CourseDirectory
    from traitlets import TraitError
    from traitlets.config import Config

    from autograder.grading.nbgrader.configure import configure
    from autograder.grading.nbgrader.site_address import site_of

    root = Path(folder).resolve()
    if not (root / SETTINGS).is_file() and not (root / "source").is_dir():
        raise NoCourse(
            f"{folder} is no course folder: looked in {root} for {SETTINGS} and source/, and there "
            "is neither; start in the course folder, or name it with --course"
        )
    config = Config()
    configure(config)
    config.merge(_read(root))
    config.CourseDirectory.root = str(root)
    try:
        site_of(config)
    except TraitError as error:
        raise NoCourse(f"{root / SETTINGS}: {error}") from None
    _find_alembic()
    return CourseDirectory(config=config), config


def require_assignment(course: Any, assignment: str) -> None:
    """Make sure that there is a master of this name.

    Raises
    ------
    NoCourse
        If there is none; the message names the folder, and the assignments that there are.
    """
    from autograder.grading.folders import folder_of, root_of

    step = course.source_directory
    folder = folder_of(course, step, ".", assignment)
    if assignment and folder.is_dir():
        if any(folder.glob("*.ipynb")):
            return
        raise NoCourse(f"assignment {assignment!r} has no notebook: looked for {folder}/*.ipynb")
    root = root_of(course, step)
    entries = sorted(root.iterdir()) if root.is_dir() else []
    names = [entry.name for entry in entries if entry.is_dir() and entry.name[0] != "."]
    near = get_close_matches(assignment, names, 1, 0.3)
    there = f"there are {', '.join(names[:12])}" if names else f"{root} holds none"
    meant = f"; did you mean {near[0]}?" if near else ""
    raise NoCourse(f"there is no assignment {assignment!r}: looked for {folder}; {there}{meant}")


def update_assignment(folder: str | Path, assignment: str) -> None:
    """Take an edited master over into the gradebook: ``nbgrader generate_assignment``.

    Raises
    ------
    NoCourse
        If nbgrader refuses: with submissions in the gradebook, cells cannot come or go.
    """
    from nbgrader.apps import NbGraderAPI

    course, config = open_course(folder)
    outcome = NbGraderAPI(course, config=config).generate_assignment(assignment, force=True)
    if not outcome["success"]:
        said = outcome.get("error") or outcome.get("log") or ""
        raise NoCourse(f"nbgrader could not take over source/{assignment}:\n{said}")


def _read(root: Path) -> Any:
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    if not (root / SETTINGS).is_file():
        return Config()
    before = list(sys.path)
    try:
        return PyFileConfigLoader(SETTINGS, path=str(root)).load_config()
    except Exception as error:  # whatever the course's own program raises
        told = f"{type(error).__name__}: {error}".partition("\n")[0]
        raise NoCourse(f"{root / SETTINGS} cannot be used: {told}") from error
    finally:
        sys.path[:] = before  # a settings file may put a course folder in front


def _find_alembic() -> None:
    """nbgrader starts a bare ``alembic``, which lies beside this interpreter."""
    beside = str(Path(sys.executable).parent)
    if beside not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = beside + os.pathsep + os.environ.get("PATH", "")
