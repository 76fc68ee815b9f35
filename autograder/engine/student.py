"""The student's functions, called with copies and observed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.observe import Reply, StudentError, reply


class NotWritten(Exception):
    """A function is missing or still raises NotImplementedError.

    Attributes
    ----------
    name : str
        The function to write first.
    """

    def __init__(self, name: str, message: str):
        super().__init__(message)
        self.name = name


class Student:
    """A namespace of the student's functions.

    Every call gets copies of arrays, so that no function can change what another one receives;
    everything else, such as a cache, is handed on as the very object that the student made.
    `called` is the name of the function that was called last; calls of those that are `watched`
    are counted where a gradient is asked for.
    """

    def __init__(self, namespace: Mapping[str, Any], watched: tuple[str, ...] = ()):
        self.namespace, self.watched = namespace, watched
        self.called = ""

    def observe(self, name: str, *args: Any, count: tuple[str, ...] = ()) -> Reply:
        """Call the function `name` and tell what it returned and did.

        Raises
        ------
        NotWritten
            If there is no such function, or it (or one that it calls) is not written yet.
        StudentError
            If it raised anything else.
        """
        self.called = name
        function = self.namespace.get(name)
        if function is None:
            raise NotWritten(name, f"there is no function called `{name}`: run its cell first")
        if not callable(function):
            kind = type(function).__name__
            raise NotWritten(
                name, f"`{name}` is a {kind}, expected a function: was it overwritten?"
            )
        try:
            # a wrong function may overflow on our inputs: that shows in the values it returns
            with np.errstate(all="ignore"):
                return reply(function, tuple(_fresh(arg) for arg in args), count)
        except StudentError as error:
            if error.kind == "NotImplementedError":
                missing = self._raiser(error.where) or name
                raise NotWritten(missing, f"`{missing}` is not written yet") from error
            raise

    def _raiser(self, where: str) -> str:
        """The student's function that raised, if it is one of those called from outside."""
        found = re.match(r"line \d+, in (\w+)", where)
        return found[1] if found and found[1] in self.namespace else ""

    def call(self, name: str, *args: Any) -> Any:
        """Like `observe`, for those who want the returned value only."""
        return self.observe(name, *args).value


def _fresh(value: Any) -> Any:
    """Copies of the arrays that the grader hands out; dicts of arrays (parameters) too."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, Parameters):
        return {key: _fresh(item) for key, item in value.items()}
    return value


class Parameters(dict[str, Any]):
    """A dict of arrays made by the grader; `Student` hands out a plain dict of copies."""
