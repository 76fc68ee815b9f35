"""What a notebook's names stand for at its test cells, to be put back when the tests run."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType
from typing import Any

import numpy as np

#: Objects and bytes that one mark may save; beyond that, data stay as the last cell left them.
_MAX_OBJECTS, _MAX_BYTES = 20_000, 32 << 20

Saved = tuple[Callable[[], None], ...]


class Marks:
    """States of a notebook's namespace.

    Tests run after the last cell, but each has to see what an ordinary kernel would show at its
    place. Saved are the names, and the contents of what they reach and a later cell may change in
    place: containers, arrays, and the notebook's own classes, objects and functions. Everything
    stays the same object, so that two functions which share a dictionary still share it.
    """

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names
        self._marks: list[tuple[dict[str, Any], Saved]] = []

    def add(self) -> int:
        """Save the present state; return its number."""
        names = dict(self.names)
        own = [v for n, v in names.items() if n[:1] != "_" and n not in ("In", "Out")]
        saved: list[Callable[[], None]] = []
        with contextlib.suppress(RuntimeError):  # a thread of the student's changes what we read
            saved.extend(_save(own))
        self._marks.append((names, tuple(saved)))
        return len(self._marks) - 1

    def restore(self, number: int) -> dict[str, int]:
        """Put a saved state back; return the functions and classes in it, as numbers by name."""
        names, saved = self._marks[number]
        for back in saved:
            back()
        self.names.clear()
        self.names.update(names)
        kinds = (FunctionType, type)
        # every mark keeps its objects alive, so that no two of them have one id
        return {n: id(v) for n, v in names.items() if n[:1] != "_" and isinstance(v, kinds)}


def _save(values: Iterable[Any]) -> Iterator[Callable[[], None]]:
    """Walk through everything that the values reach; runs no code of the student's."""
    waiting, seen, room = list(values), set[int](), _MAX_BYTES
    while waiting and len(seen) < _MAX_OBJECTS:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))  # each is kept alive by the names or by what was saved
        kind = type(value)
        if kind is np.ndarray:
            room -= value.nbytes
            if room > 0 and value.flags.writeable:
                yield _array(value, value.copy())
        elif kind is dict:
            yield _container(value, dict(value))
            waiting += value.values()
        elif kind in (list, set):
            yield _container(value, kind(value))
            waiting += value
        elif kind is tuple:
            waiting += value
        elif kind is FunctionType:
            waiting += _behind(value)
        elif isinstance(value, type):
            if _own(value):
                inside = dict(vars(value))
                yield _class(value, inside)
                waiting += inside.values()
        elif _own(kind):
            waiting += _attributes(value)


def _own(kind: type) -> bool:
    return kind.__dict__.get("__module__") == "__main__"


def _behind(function: FunctionType) -> Iterator[Any]:
    """What a function keeps from call to call."""
    yield from (function.__defaults__, function.__kwdefaults__, function.__dict__)
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:  # empty
            continue


def _attributes(value: Any) -> Iterator[Any]:
    try:
        yield object.__getattribute__(value, "__dict__")
    except AttributeError:  # it has slots
        return


def _array(value: Any, saved: Any) -> Callable[[], None]:
    def back() -> None:
        if value.shape == saved.shape and value.flags.writeable:
            value[...] = saved

    return back


def _container(value: Any, saved: Any) -> Callable[[], None]:
    def back() -> None:
        value.clear()
        value.extend(saved) if type(value) is list else value.update(saved)

    return back


def _class(value: type, saved: dict[str, Any]) -> Callable[[], None]:
    def back() -> None:
        for name in vars(value).keys() - saved.keys():
            type.__delattr__(value, name)
        for name, member in saved.items():
            if vars(value).get(name) is not member:
                type.__setattr__(value, name, member)

    return back
