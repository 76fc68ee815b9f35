"""What a test sets in its own process and the student's functions are to find in theirs.

Seeds, answers to ``input``, replaced functions of Python's own, files that the test writes. In
return it reads what they have written: texts alone, for what lies in its folder may be imported.
"""

from __future__ import annotations

import builtins
import io
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np

from autograder.grading.student_side.answers import PATCHED, READ_BACK
from autograder.grading.student_side.wire import WireFault

_FILE = 16 << 20  # bytes
_REAL = {name: getattr(builtins, name) for name in PATCHED}


class Around:
    """What has changed in this process since the student's was told.

    A student's functions never change the seeds of the test: they would choose what it draws.

    Parameters
    ----------
    folder : Path or None
        The folder that the tests run in, if they have one of their own.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._given = frozenset(_files(folder))  # not for a student to change
        self.start()

    def start(self) -> None:
        """Begin a test cell: as it finds this process, so it is."""
        self._random, self._numpy = random.getstate(), _numpy_state()
        self._files = _files(self._folder)

    def told(self) -> tuple[tuple[str, Any], ...]:
        """Return what the test has set since the last question."""
        found: list[tuple[str, Any]] = []
        if (state := random.getstate()) != self._random:
            self._random = state
            found.append(("random", state))
        if not _same(numpy := _numpy_state(), self._numpy):
            self._numpy = numpy
            found.append(("numpy", numpy))
        for name, real in _REAL.items():
            if (now := getattr(builtins, name)) is not real:
                found.append((name, now))
            elif name == "input" and isinstance(sys.stdin, io.StringIO):
                found.append((name, _line))
        files = _files(self._folder)
        if new := [name for name, told in files.items() if self._files.get(name) != told]:
            self._files = files
            found.append(("files", tuple((name, self._path(name).read_bytes()) for name in new)))
        return tuple(found)

    def write(self, files: Any) -> None:
        """Put the texts that a student's function has written where the test finds them."""
        if not isinstance(files, tuple) or any(
            not isinstance(file, tuple) or len(file) != 2 for file in files
        ):
            raise WireFault("no files")
        for name, data in files if self._folder is not None else ():
            if not (
                isinstance(name, str) and READ_BACK.fullmatch(name) and isinstance(data, bytes)
            ):
                raise WireFault("not a text file")
            if name not in self._given:
                self._path(name).write_bytes(data)
        if files:
            self._files = _files(self._folder)

    def _path(self, name: str) -> Path:
        return Path(self._folder or ".", name)


def _numpy_state() -> tuple[Any, ...]:
    return tuple(np.random.get_state())  # noqa: NPY002


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return one[2:] == other[2:] and bool((one[1] == other[1]).all())


def _files(folder: Path | None) -> dict[str, tuple[int, int]]:
    """The files of a folder, with what changes when they are written."""
    entries = folder.iterdir() if folder is not None else ()
    found = {entry.name: entry.stat() for entry in entries if entry.is_file()}
    return {n: (s.st_mtime_ns, s.st_size) for n, s in found.items() if s.st_size <= _FILE}


def _line(prompt: str = "") -> str:
    """Read what a test has put into ``sys.stdin``."""
    line = sys.stdin.readline()
    if not line:
        raise EOFError("EOF when reading a line")
    return line.rstrip("\n")
