"""The namespace of a test cell: the student's names, reached over the wire."""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.calls import Reply

from .processes import Session


class RemoteFunction:
    """A student's function that runs on the student side."""

    def __init__(self, session: Session, name: str) -> None:
        self._session, self.__name__ = session, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._session.call(self.__name__, args, kwargs=kwargs).value

    def __reply__(self, args: Sequence[Any], count: Sequence[str] = ()) -> Reply:
        return self._session.call(self.__name__, args, count)

    def __repr__(self) -> str:
        return f"<the student's function {self.__name__}>"


class Moment:
    """Stands for the student's functions and data as long as they stay the same."""

    def __init__(self, mark: int | None = None) -> None:
        self.mark = mark


class Namespace(dict[str, Any]):
    """The globals of the test cells of one submission; the student's names are looked up lazily.

    A student's own ``sum`` or ``len`` does not reach the test: Python's come first.
    """

    def __init__(self) -> None:
        super().__init__(__name__="__main__", __builtins__=builtins, np=np)
        self._session: Session | None = None
        self._functions: dict[str, RemoteFunction] = {}
        self.moment = Moment()

    def connect(self, session: Session, mark: int) -> None:
        """Take the student's names from this session, which stands at this mark, from now on."""
        if (session, mark) != (self._session, self.moment.mark):
            self._session, self.moment = session, Moment(mark)
            self._functions.clear()

    def __missing__(self, name: str) -> Any:
        if name in self._functions:
            return self._functions[name]
        if self._session is None or name.startswith("_") or hasattr(builtins, name):
            raise KeyError(name)
        kind, value = self._session.get(name)
        if kind == "callable":
            return self._functions.setdefault(name, RemoteFunction(self._session, name))
        if kind == "data":
            return value
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        try:
            self[name]  # type: ignore[index]
        except KeyError:
            return False
        return True

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default
