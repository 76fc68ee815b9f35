"""The folder that hand-written hidden tests run in: with what the assignment hands out."""

from __future__ import annotations

import contextlib
import importlib
import sys
import tempfile
import types
from collections.abc import Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def room(given: Mapping[str, bytes]) -> Iterator[Path]:
    """Be in a new folder that holds the instructor's files, and import modules from it.

    Of a student's files only texts come there, and none in the place of one of these: what lies
    there may be imported.

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


class _Main(types.ModuleType):
    """Stands for the notebook's own module, as ``__main__`` and for ``unittest.mock.patch``."""

    def __getattr__(self, name: str) -> Any:
        try:
            return _NAMES[0][name]
        except (KeyError, IndexError):
            raise AttributeError(f"module '__main__' has no attribute {name!r}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        _NAMES[0][name] = value

    def __delattr__(self, name: str) -> None:
        del _NAMES[0][name]


_NAMES: list[MutableMapping[str, Any]] = []  # of the notebook whose tests run


@contextlib.contextmanager
def main_module(names: MutableMapping[str, Any]) -> Iterator[None]:
    """Let ``__main__`` be a notebook's names."""
    before = sys.modules["__main__"]
    _NAMES.insert(0, names)
    sys.modules["__main__"] = _Main("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = before
        del _NAMES[0]


def _lies_in(module: Any, folder: Path) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and Path(file).is_relative_to(folder)
