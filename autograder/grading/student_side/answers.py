"""The student's end of a link: does what a hidden test asks of the student's objects."""

from __future__ import annotations

import builtins
import linecache
import os
import random
import re
import sys
import types
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from autograder import time_limit
from autograder.errors.raised import student_error

from .link import OPERATIONS, Link, Message
from .outputs import Outputs, Stream

_MOST_WARNINGS = 50
#: Functions of Python's own that a test may replace for the student's functions too.
PATCHED = ("input", "print", "open")
#: Files that a student's function may have written for the test to read; none can be imported.
READ_BACK = re.compile(r"[\w][\w .-]{0,80}\.(txt|csv|tsv|json|md|dat|log)")
_FILE, _MOST_FILES = 1 << 20, 20  # bytes; files


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
        self._files: dict[str, tuple[int, int]] | None = None
        self._written()
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
        kept_names = {name: getattr(builtins, name) for name in PATCHED}
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
                vars(builtins).update(kept_names)
        texts = tuple((o["name"], o["text"]) for o in printed.items if "text" in o)
        told_warnings = tuple((w.category, str(w.message)) for w in warned[:_MOST_WARNINGS])
        files = self._written() if self._depth == 0 else ()
        return (*answer, files, texts, told_warnings)

    def _written(self) -> tuple[tuple[str, bytes], ...]:
        """The texts in the working folder that have changed since they were last told."""
        found = {}
        with suppress(OSError):
            for entry in os.scandir():
                if READ_BACK.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    told = entry.stat()
                    found[entry.name] = (told.st_mtime_ns, told.st_size)
        before, self._files = self._files, found
        if before is None:  # what lay there at first is the test's too, or none of its business
            return ()
        new = [n for n, told in found.items() if before.get(n) != told and told[1] <= _FILE]
        with suppress(OSError):
            return tuple((name, Path(name).read_bytes()) for name in new[:_MOST_FILES])
        return ()

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

    def _lines(self, code: types.CodeType) -> str:
        """The text of the cell that a function was defined in."""
        return "".join(linecache.getlines(code.co_filename))

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
    vars(builtins).update({name: around[name] for name in PATCHED if name in around})
    for name, data in around.get("files", ()):
        Path(name).write_bytes(data)


def _frozen(plain: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(part) if isinstance(part, list) else part for part in plain)
