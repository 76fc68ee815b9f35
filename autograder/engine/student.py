"""The student's functions, called with copies and observed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder import time_limit
from autograder.engine.absent import missing
from autograder.engine.check_session import session_of
from autograder.errors.words import describe
from autograder.observe import Given, Reply, StudentError, reply

#: After these nothing more is called.
_ENDING = ("TimeLimit", "SystemExit")


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
    are counted where a gradient is asked for. After a call that took too long, or that ended the
    program, nothing more is called: that is `stopped`. What calls raised is kept in `errors`.
    Functions in `given` stand in the places of the student's own; the names of functions that are
    not written yet are kept in `unwritten`, and in `stands` which functions were found right;
    `tried` holds what was found of functions without an explanation; `session` is where they are
    judged; `layout` is the number of the layout of caches that is tried; `latest` is what each
    returned.
    """

    def __init__(
        self,
        namespace: Mapping[str, Any],
        watched: tuple[str, ...] = (),
        given: Given | None = None,
    ):
        self.namespace, self.watched, self.given = namespace, watched, dict(given or {})
        self.session = session_of(namespace)
        self.called = ""
        self.unwritten: set[str] = set()
        self.stands: dict[Any, bool] = {}
        self.tried: dict[Any, Any] = {}
        self.layout = 0
        self.latest: dict[str, Any] = {}
        self.errors: list[StudentError] = []
        self.stopped: StudentError | None = None
        self._latest = time.monotonic() + time_limit.TEST_SECONDS

    def observe(self, name: str, *args: Any, count: tuple[str, ...] = (), calls: int = 1) -> Reply:
        """Call the function `name`, several times on request, and tell what it returned and did.

        Raises
        ------
        NotWritten
            If there is no such function, or it (or one that it calls) is not written yet.
        StudentError
            If it raised anything else.
        """
        if self.stopped is not None:
            raise self.stopped
        self.called = name
        function = self.namespace.get(name)
        if name in self.given:
            return Reply(self.given[name](*(_fresh(arg) for arg in args)))
        if function is None:
            self.unwritten.add(name)
            raise NotWritten(name, missing(name, self.session))
        if not callable(function):
            what = describe(function)
            raise NotWritten(name, f"`{name}` is {what}, expected a function: was it overwritten?")
        try:
            # a wrong function may overflow on our inputs: that shows in the values it returns
            with np.errstate(all="ignore"):
                replied = self._reply(function, tuple(map(_fresh, args)), count, calls)
                self.latest[name] = replied.value
                return replied
        except StudentError as error:
            if error.kind == "NotImplementedError":
                unwritten = error.function if error.function in self.namespace else name
                self.unwritten.add(unwritten)
                raise NotWritten(unwritten, f"`{unwritten}` is not written yet") from error
            error.called = name
            self.errors.append(error)
            if error.kind in _ENDING:
                self.stopped = error
            raise

    def _reply(
        self, function: Any, args: tuple[Any, ...], count: tuple[str, ...], calls: int
    ) -> Reply:
        """Call within the time that is left for all calls together."""
        left = self._latest - time.monotonic()
        if left <= 0:
            told = f"all calls together took longer than {time_limit.TEST_SECONDS:g} seconds"
            raise StudentError(_ENDING[0], told)
        seconds = min(time_limit.CALL_SECONDS, left)
        return reply(function, args, count, seconds, self.given, calls)

    def hurry(self, seconds: float) -> None:
        """Let all calls from now on take no longer together."""
        self._latest = min(self._latest, time.monotonic() + seconds)

    def beside(self, given: Given | None = None) -> Student:
        """The same namespace and the same time, with nothing raised yet and these stand-ins."""
        other = Student(self.namespace, self.watched, given)
        other._latest, other.stands, other.tried = self._latest, self.stands, self.tried
        other.unwritten, other.layout, other.latest = self.unwritten, self.layout, self.latest
        return other

    def call(self, name: str, *args: Any) -> Any:
        """Like `observe`, for those who want the returned value only."""
        return self.observe(name, *args).value


def _fresh(value: Any) -> Any:
    """Copies of the arrays that the grader hands out; dicts of arrays (parameters) too."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, Parameters):
        return {key: _fresh(item) for key, item in value.items()}
    if isinstance(value, Cache):
        return tuple(_fresh(item) for item in value)
    return value


class Parameters(dict[str, Any]):
    """A dict of arrays made by the grader; `Student` hands out a plain dict of copies."""


class Cache(tuple[Any, ...]):
    """A tuple of arrays made by the grader; `Student` hands out a plain tuple of copies."""
