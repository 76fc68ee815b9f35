"""The grader's end of a link: hand-written hidden tests use a student's objects through it.

Whatever comes over is data, or stands for an object that stays in the student's process. What is
decided here is who may compare: an object of a student's own class that a function returned could
call itself equal to whatever it is compared with, so it is equal to nothing but itself.
"""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import RLock
from typing import Any
from weakref import WeakValueDictionary

import numpy as np

from autograder.errors.words import article
from autograder.grading.notebook import cells
from autograder.grading.notebook.around import Around
from autograder.grading.notebook.processes import Session
from autograder.grading.student_side.link import OPERATIONS, Link, Message
from autograder.grading.student_side.standin import (
    ARITHMETIC,
    COMPARISONS,
    RemoteObject,
    RemoteType,
)
from autograder.grading.student_side.wire import Unsendable, WireFault
from autograder.observe import StudentError

_LONGEST = 10_000_000  # what an object of a student's may say to be its length
# a test's own objects, whose public attributes and operations it hands over with them
_TOLD = ("__name__", "__qualname__", "__doc__", "__module__")
_NEXT = ("__iter__", "__next__")
_OWN = ("__main__", "unittest.mock", "_io")


class GraderEnd:
    """Asks the student's process on behalf of the test cells.

    Parameters
    ----------
    session : Session
    names : dict
        The names of the test cells, for the classes that they import.
    see : callable
        Told (function, value) for what a call of a function gave.
    folder : Path, optional
        The folder that the tests run in, if they have one of their own: what they write there is
        there for the student's functions too.
    """

    def __init__(
        self,
        session: Session,
        names: dict[str, Any],
        see: Callable[[Any, Any], None] = lambda function, value: None,
        folder: Path | None = None,
    ) -> None:
        self.session, self._names, self._see = session, names, see
        self._named: set[type] = set()  # classes of which a test has made an object
        # these objects, by number; the objects, as a number may be forgotten and given again
        self._made: WeakValueDictionary[int, Any] = WeakValueDictionary()
        self._around, self._turn = Around(folder), RLock()
        self._link = Link(True, session.exchange, self._answer, self._taken, self._imported)
        self._link.ask = self.ask
        self.start()

    def start(self) -> None:
        """Begin a test cell: what it does to seeds, from now on, is done over there too."""
        cells.forget()
        self._around.start()

    def ask(self, what: str, target: Any, *args: Any, **kwargs: Any) -> Any:
        """Let the student's process do something; see `OPERATIONS`."""
        if what == "special" and not isinstance(target, RemoteType):
            name = args[0]
            data = any(not isinstance(arg, RemoteObject | RemoteType) for arg in args[1:])
            if data and name in COMPARISONS | ARITHMETIC and not self._trusts(target, name):
                return _has(target, args[1]) if name == "__contains__" else NotImplemented
        words = tuple(kwargs.items())
        try:
            with self._turn:  # a test may have threads
                told = self._around.told()
                value = self._link.send("do", what, target, args, words, told)
                if what == "get" and args == ("co_filename",):
                    return cells.remember(self._link.send("do", "lines", None, (target,), (), ()))
        except Unsendable as error:
            raise TypeError(f"what the test hands to the student's code {error}") from error
        except WireFault as error:
            raise self.session.end("sent nonsense") from error
        if what == "special" and args[0] == "__call__":
            self._see(target, value)
            if type(target).__name__ == "function":  # a method may return its own object
                self._made.pop(self._link.table.number(value) or 0, None)
        if what == "call" and isinstance(target, RemoteType) and isinstance(value, RemoteObject):
            self._named.add(target)
            self._made[self._link.table.number(value) or 0] = value
        if what == "special" and args[0] == "__len__" and not _is_length(value):
            raise StudentError("ValueError", "its length is no number up to ten millions")
        return value

    def _trusts(self, target: Any, name: str) -> bool:
        made = self._made.get(self._link.table.number(target) or 0) is target
        return made or (name in ARITHMETIC and not self._named.isdisjoint(type(target).__mro__))

    def _answer(self, question: Message) -> Message:
        try:
            return _answer(question)
        except BaseException:  # pytest.fail in a callback: the other end would wait for its answer
            self.session.end("was left in the middle of a call")
            raise

    def _taken(self, answer: Message) -> Any:
        """Print and warn here what was printed and warned of there; return or raise."""
        *_, files, texts, warned = answer
        self._around.write(files)
        for stream, text in texts:
            print(text, end="", file=sys.stderr if stream == "stderr" else sys.stdout)
        for category, text in warned:
            if isinstance(category, type) and issubclass(category, Warning):
                warnings.warn(str(text), category, stacklevel=2)
        if answer[0] == "value":
            return answer[1]
        error = answer[1]
        if isinstance(error, Exception) and not answer[2]:  # a result that cannot be sent
            raise error
        told = [list(part) if isinstance(part, tuple) else part for part in answer[2]]
        student = StudentError.of(told)
        if not isinstance(error, Exception):  # an exit, a time limit
            raise student
        object.__setattr__(error, "student_error", student)
        raise error

    def _imported(self, module: Any, name: Any) -> type | None:
        """Find a class that the test itself has imported."""
        for value in list(dict.values(self._names)):
            # not by isinstance, which asks what stands for an object for its class
            if (
                issubclass(type(value), type)
                and type(value) is not RemoteType
                and (value.__module__, value.__qualname__) == (module, name)
            ):
                return value  # type: ignore[no-any-return]
        return None


def _answer(question: Message) -> Message:
    """Do what the student's process asks of what a test has handed over, and nothing more."""
    _, what, target, args, kwargs, _ = question
    try:
        with np.errstate(all="ignore"):
            act = _allowed(what, target, args)
            return ("value", act(target, *args, **dict(kwargs)), (), (), ())
    except Exception as error:
        error.__traceback__ = None
        return ("raised", error, (), (), (), ())


def _allowed(what: str, target: Any, args: Any) -> Callable[..., Any]:
    """Return an operation if the student may do it; functions of a test can be called only."""
    own = type(target).__module__ in _OWN and not isinstance(target, io.FileIO)
    calls = what == "call" or (what == "special" and args[:1] == ("__call__",))
    if calls and callable(target):
        return OPERATIONS[what]
    if what == "get" and (own or (callable(target) and args[0] in _TOLD)):
        return _public
    if what == "signature" and callable(target):
        return OPERATIONS[what]
    if what == "special" and (own or (isinstance(target, Iterator) and args[0] in _NEXT)):
        return OPERATIONS[what]
    raise AttributeError(f"{article(type(target).__name__)} of the test cannot be used in this way")


def _public(target: Any, name: str) -> Any:
    if name.startswith("_") and name not in _TOLD:
        raise AttributeError(f"{type(target).__name__!r} object has no attribute {name!r}")
    return getattr(target, name)


def _has(target: Any, value: Any) -> bool:
    return any(item is value or item == value for item in target)


def _is_length(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _LONGEST
