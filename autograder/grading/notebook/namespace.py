"""The namespace of a test cell: the student's names, reached over the wire."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence, ValuesView
from pathlib import Path
from typing import Any

import numpy as np

from autograder.arrays import ODD, OddArray
from autograder.grading.master_code import MasterCode
from autograder.grading.notebook.graded_session import GradedSession
from autograder.grading.notebook.link import GraderEnd
from autograder.grading.notebook.moments import Moment
from autograder.grading.notebook.processes import Session
from autograder.grading.student_side.standin import RemoteObject, RemoteType
from autograder.grading.student_side.wire import Opaque
from autograder.observe import Given, Reply

_OTHER_DATA = {"U": "text", "S": "bytes", "M": "dates", "m": "time spans"}


class RemoteFunction:
    """A student's function that runs on the student side."""

    def __init__(self, session: Session, name: str, seen: Callable[[str], None]) -> None:
        self._session, self.__name__, self._seen = session, name, seen

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        value = self._session.call(self.__name__, args, kwargs=kwargs).value
        self._seen(odd_answer(f"`{self.__name__}` returned", value))
        return value

    def __reply__(
        self, args: Sequence[Any], count: Sequence[str], given: Given, calls: int
    ) -> Reply:
        return self._session.call(self.__name__, args, count, given=given, calls=calls)

    def __repr__(self) -> str:
        return f"<the student's function {self.__name__}>"


class Namespace(dict[str, Any]):
    """The globals of the test cells of one submission; the student's names are looked up lazily.

    A student's own ``sum`` or ``len`` does not reach the test: Python's come first.

    Attributes
    ----------
    check_session : GradedSession
        What checks know of this submission beside its names.
    odd : str
        A sentence on the last answer with which nothing can be compared; empty if there is none.
    end : GraderEnd or None
        Where a hand-written test is run: the student's objects are used through it.
    code : MasterCode
        A name that the master imports is imported here, whatever a student's notebook has under
        it; one that it defines is set for the student's functions when a test sets it.
    folder : Path or None
        The folder that the tests run in.
    """

    def __init__(
        self, key: bytes = b"", code: MasterCode | None = None, folder: Path | None = None
    ) -> None:
        super().__init__(__name__="__main__", __builtins__=builtins, np=np)
        self._functions: dict[str, RemoteFunction] = {}
        self.moment: Moment | None = None
        self.check_session = GradedSession(self, key)
        self.odd = ""
        self.end: GraderEnd | None = None
        self._last: GraderEnd | None = None  # of a session, which has one
        self._linked: dict[str, Any] = {}
        self.code, self.folder = code or MasterCode(), folder

    def connect(self, moment: Moment, linked: bool = False) -> None:
        """Take the student's names as they are at this moment, from now on.

        Parameters
        ----------
        linked : bool
            Whether a hand-written test comes next, which uses objects in any way there is.
        """
        if moment is not self.moment:
            self.moment = moment
            self._functions.clear()
            self._linked.clear()
        if linked and (self._last is None or self._last.session is not moment.session):
            self._linked.clear()
            self._last = GraderEnd(moment.session, self, self._see_answer, self.folder)
        elif linked and self._last is not None:
            self._last.start()
        self.end = self._last if linked else None

    def __missing__(self, name: str) -> Any:
        if self.end is None and name in self._functions:
            return self._functions[name]
        if self.moment is None or name.startswith("_") or hasattr(builtins, name):
            raise KeyError(name)
        if self.end is not None:
            return self._look_up(self.end, name)
        session = self.moment.session
        kind, value = session.get(name)
        if kind == "callable":
            return self._functions.setdefault(name, RemoteFunction(session, name, self._see))
        if kind == "data":
            self._see(odd_answer(f"`{name}` is", value))
            return value
        raise KeyError(name)

    def _look_up(self, end: GraderEnd, name: str) -> Any:
        """Find a name as a hand-written test sees it."""
        if name in self._linked:
            return self._linked[name]
        if self._import(name):
            return dict.__getitem__(self, name)
        kind, value = end.ask("name", None, name)
        if kind != "value":
            raise KeyError(name)
        if isinstance(value, RemoteObject | RemoteType):
            self._linked[name] = value
        else:
            self._see(odd_answer(f"`{name}` is", value))
        return value

    def _import(self, name: str) -> bool:
        """Import a name as the master does; tell whether it imports it."""
        words = self.code.imports.get(name, self.code.imports.get("*", ""))
        found: dict[str, Any] = {}
        exec(words, found)  # the instructor's own, from the master
        if name in found:
            dict.__setitem__(self, name, found[name])
        return name in found

    def __setitem__(self, name: str, value: Any) -> None:
        if self.end is not None and name in self.code.shared and not dict.__contains__(self, name):
            self._linked.pop(name, None)
            self.end.ask("assign", None, name, value)
        else:
            super().__setitem__(name, value)

    def __delitem__(self, name: str) -> None:
        if self.end is None or dict.__contains__(self, name):
            super().__delitem__(name)
        else:
            self._linked.pop(name, None)
            self.end.ask("remove", None, name)

    def _see_answer(self, function: Any, value: Any) -> None:
        """Note what a call of a student's function gave, if nothing can be compared with it."""
        name = next((n for n, known in self._linked.items() if known is function), "")
        if name:
            self._see(odd_answer(f"`{name}` returned", value))

    def _see(self, odd: str) -> None:
        self.odd = odd or self.odd

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


def odd_answer(start: str, value: Any) -> str:
    """Say what an answer is that no comparison can be made with; empty if one can.

    Parameters
    ----------
    start : str
        The beginning of the sentence: "`f` returned".
    """
    if isinstance(value, RemoteObject):
        return f"{start} an object of type {value.type_name}, which is no number, text or array"
    if isinstance(value, Opaque):
        return f"{start} an object of type {value.type_name}, which no test can look into"
    items = value.values() if isinstance(value, dict) else value
    for item in items if isinstance(items, tuple | list | ValuesView) else [value]:
        if isinstance(item, OddArray) and item.word:
            what, why = ODD[item.word]
            return f"{start} an array that {what}; {why}"
        if isinstance(item, np.ndarray | np.generic) and item.dtype.kind in _OTHER_DATA:
            return f"{start} an array of {_OTHER_DATA[item.dtype.kind]}"
    return ""
