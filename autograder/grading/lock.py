"""Runs side by side: one at a time over one assignment, any number over different ones."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def turn(folder: str) -> Iterator[None]:
    """Hold an assignment for oneself; a second run waits, and then finds the work done.

    The lock ends with the process, however that ends.

    Parameters
    ----------
    folder : path
        The assignment's folder under ``source``. Locked itself, it needs no file that could be
        left behind. Where there is none, or its file system has no locks, nothing is held.
    """
    try:
        held = os.open(folder, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            _wait(held, folder)
        yield
    finally:
        os.close(held)


def _wait(held: int, folder: str) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        name = os.path.basename(os.path.normpath(folder))
        print(f"another run grades {name}; this one goes on when that has ended", file=sys.stderr)
        fcntl.flock(held, fcntl.LOCK_EX)


def make_room(unfinished: Path) -> None:
    """Make the folder of a run's unfinished work; another run may remove its parent meanwhile."""
    while not unfinished.is_dir():
        with suppress(FileNotFoundError):
            unfinished.mkdir(parents=True, exist_ok=True)


def clear_room(unfinished: Path) -> None:
    """Remove it, and its parent unless another assignment is being graded."""
    shutil.rmtree(unfinished, ignore_errors=True)
    with suppress(OSError):
        unfinished.parent.rmdir()
