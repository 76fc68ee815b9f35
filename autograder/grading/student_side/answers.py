"""The student's end of a link: does what a hidden test asks of the student's objects."""

from __future__ import annotations

import builtins
import random
import sys
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from autograder import time_limit
from autograder.errors.raised import student_error

from .link import OPERATIONS, Link, Message
from .outputs import Outputs, Stream

_MOST_WARNINGS = 50


class StudentEnd:
    """Answers for the names of the student's notebook.

    Parameters
    ----------
    names : dict
        The notebook's namespace.
    exchange : callable
        Hands a frame to the grader and waits for the next.
    """

    def __init__(self, names: dict[str, Any], exchange: Callable[[bytes], bytes]) -> None:
        self._names = names
        self._limit = (10.0, 10.0)
        self._depth = 0
        self.link = Link(False, exchange, self._answer, _taken)

    def serve(self, body: bytes, seconds: float, told: float) -> bytes | None:
        """Answer one frame; None if it came too late to be a question."""
        self._limit, self._depth = (seconds, told), 0
        message = self.link.read(body)
        return self.link.reply(message) if message[0] == "do" else None

    def _answer(self, question: Message) -> Message:
        _, what, target, args, kwargs, around = question
        printed = Outputs()
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Stream(printed, "stdout"), Stream(printed, "stderr")
        real_input = builtins.input
        self._depth += 1
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            try:
                _surround(dict(around))
                answer: Message = ("value", self._do(what, target, args, dict(kwargs)))
            except BaseException as error:  # a student's sys.exit() must not end this process
                told = student_error(error, self._names, (target, args), self._limit[1])
                kept = error if isinstance(error, Exception) else None
                answer = ("raised", kept, _frozen(told.plain()))
            finally:
                self._depth -= 1
                sys.stdout, sys.stderr = streams
                builtins.input = real_input
        texts = tuple((o["name"], o["text"]) for o in printed.items if "text" in o)
        told_warnings = tuple((w.category, str(w.message)) for w in warned[:_MOST_WARNINGS])
        return (*answer, texts, told_warnings)

    def _do(self, what: str, target: Any, args: Any, kwargs: Any) -> Any:
        operation = OPERATIONS[what] if what in OPERATIONS else getattr(self, f"_{what}")
        if target is not None or what in OPERATIONS:
            args = (target, *args)
        seconds = self._limit[0] if self._depth == 1 else None  # one clock for all within a call
        return time_limit.call(lambda: operation(*args, **kwargs), (), seconds)

    def _name(self, name: str) -> tuple[str, Any]:
        """Say what a name stands for; a module stays where it is, and is told by its own name."""
        if name.startswith("_") or name not in self._names:
            return "missing", None
        value = self._names[name]
        if isinstance(value, types.ModuleType):
            return "module", str(value.__name__)
        return "value", value

    def _assign(self, name: str, value: Any) -> None:
        self._names[name] = value

    def _remove(self, name: str) -> None:
        if name not in self._names:
            raise NameError(f"name {name!r} is not defined")
        del self._names[name]


def _taken(answer: Message) -> Any:
    """What comes of a question of the student's to the grader."""
    if answer[0] == "raised":
        raise answer[1]
    return answer[1]


def _surround(around: dict[str, Any]) -> None:
    """Set what a test has set in its own process: seeds, input, files."""
    if "random" in around:
        random.setstate(around["random"])
    if "numpy" in around:
        np.random.set_state(around["numpy"])  # noqa: NPY002
    if "input" in around:
        builtins.input = around["input"]
    for name, data in around.get("files", ()):
        Path(name).write_bytes(data)


def _frozen(plain: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(part) if isinstance(part, list) else part for part in plain)
