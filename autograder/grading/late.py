"""The penalty of a late submission: nbgrader's own step, with the course's own plug-in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from typing import Any

from nbformat.v4 import new_notebook
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import TraitError


class LatePluginFailed(Exception):
    """The course's plug-in for late submissions cannot be used; the message says why."""


class LatePenalties:
    """Sets penalties as ``nbgrader autograde`` does.

    nbgrader is started in the course folder, and finds a plug-in there; so does this, wherever
    it was started.

    Raises
    ------
    LatePluginFailed
        If the settings name a plug-in that cannot be loaded: before anybody is graded.
    """

    def __init__(self, course: Any) -> None:
        self._course = course
        named = course.config.get("AssignLatePenalties", {}).get("plugin_class", "")
        try:
            with _inside(course.root):
                self._step = AssignLatePenalties(parent=course)
                self._step.init_plugin()
        except Exception as error:  # whatever the plug-in's module raises when it is imported
            cause = error.__cause__ or error.__context__ if isinstance(error, TraitError) else None
            raise LatePluginFailed(
                f"the plug-in for late submissions, {named!r}, cannot be loaded from "
                f"{course.root}: {_words(cause or error)}"
            ) from error

    def set(self, student: str, assignment: str, notebook: str) -> None:
        """Set or clear the penalty of one notebook in the gradebook.

        Raises
        ------
        LatePluginFailed
            If the plug-in raises anything.
        """
        told = {"notebook": notebook, "assignment": assignment, "student": student}
        resources = {"nbgrader": told | {"db_url": self._course.db_url}}
        try:
            with _inside(self._course.root):
                self._step.preprocess(new_notebook(), resources)
        except Exception as error:
            raise LatePluginFailed(
                f"the plug-in for late submissions raised {_words(error)}"
            ) from error


@contextmanager
def _inside(folder: str) -> Iterator[None]:
    """Be in the course folder, and import from it, as nbgrader's commands are and do."""
    before = list(sys.path)
    sys.path.insert(0, folder)
    try:
        with chdir(folder):
            yield
    finally:
        sys.path[:] = before


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".partition("\n")[0]
