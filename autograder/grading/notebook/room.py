"""The folder that hand-written hidden tests run in: with what the assignment hands out."""

from __future__ import annotations

import contextlib
import importlib
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def room(given: Mapping[str, bytes]) -> Iterator[Path]:
    """Be in a new folder that holds the instructor's files, and import modules from it.

    No file of a student's is ever put there: what lies there may be imported.

    Parameters
    ----------
    given : mapping of str to bytes
        The assignment's own files by their path in it.
    """
    before, modules = list(sys.path), set(sys.modules)
    with filled(given) as folder:
        try:
            sys.path.insert(0, str(folder))
            importlib.invalidate_caches()
            with contextlib.chdir(folder):
                yield folder
        finally:
            sys.path[:] = before
            # the next submission's tests get helper modules of their own
            for name in set(sys.modules) - modules:
                if _lies_in(sys.modules[name], folder):
                    del sys.modules[name]


@contextlib.contextmanager
def filled(given: Mapping[str, bytes]) -> Iterator[Path]:
    """Make a folder with these files, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="autograder-tests-") as made:
        folder = Path(made).resolve()
        for name, data in given.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield folder


def _lies_in(module: Any, folder: Path) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and Path(file).is_relative_to(folder)
