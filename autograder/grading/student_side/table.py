"""Objects that both ends of a link know, by number, and what mutable ones hold at both ends."""

from __future__ import annotations

import sys
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from .wire import WireFault

MOST = 200_000
_DICTS = (dict, OrderedDict, Counter, defaultdict)
#: Exact types that are copied to the other end and kept equal there.
MIRRORED: dict[str, type] = {
    **{kind.__name__: kind for kind in (list, set, deque, bytearray)},
    **{kind.__name__: kind for kind in _DICTS},
    "ndarray": np.ndarray,
}
# references to an object that nobody but the table holds: the table's own, two of `getrefcount`
_ALONE = 3


class Table:
    """Numbers of objects: even for those of the grader's end, odd for those of the student's.

    A number stands for the same object as long as either end may name it, so that what was one
    object is one object again when it comes back.
    """

    def __init__(self, first: int) -> None:
        self._next = first
        self.objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}  # by id; `objects` keeps them alive
        self._held: dict[int, Any] = {}  # what mutable ones held when both ends were equal
        self._looked_at = 0

    def number(self, value: Any) -> int | None:
        """Return the number of an object, if it has one."""
        return self._numbers.get(id(value))

    def add(self, value: Any, number: int | None = None) -> int:
        """Give an object a number: the next of this end, or that which the other end gave it."""
        if len(self.objects) >= MOST:
            raise WireFault("holds too many objects")
        if number is None:
            number, self._next = self._next, self._next + 2
        elif number in self.objects or number % 2 == self._next % 2:
            raise WireFault("a number that is taken")
        self.objects[number] = value
        self._numbers[id(value)] = number
        return number

    def settle(self, number: int) -> None:
        """Note what a mutable object holds: the other end has the same."""
        self._held[number] = _held(self.objects[number])

    def changed(self) -> Iterator[tuple[int, Any]]:
        """Yield (number, object) of what has been changed here since both ends were equal."""
        for number, before in list(self._held.items()):
            value = self.objects[number]
            if _differs(value, before):
                yield number, value

    def unused(self) -> list[int]:
        """Drop what nobody at this end holds any more; return the numbers, for the other end."""
        if len(self.objects) < 2 * self._looked_at + 64:
            return []
        dropped = []
        # what was added last first: a container is dropped before what it holds
        for number in sorted(self.objects, reverse=True):
            value = self.objects[number]
            # what lives here and is only named at the other end goes when that end says so
            kept = number % 2 == self._next % 2 and number not in self._held
            if not kept and not isinstance(value, type) and sys.getrefcount(value) <= _ALONE:
                dropped.append(number)
                self.forget(number)
        self._looked_at = len(self.objects)
        return dropped

    def forget(self, number: int) -> None:
        """Take an object out."""
        if number in self.objects:
            self._numbers.pop(id(self.objects.pop(number)), None)
            self._held.pop(number, None)


def parts(value: Any) -> list[Any]:
    """Return what a mirrored container holds; of a mapping, keys and values in turn."""
    if isinstance(value, dict):
        return [part for item in value.items() for part in item]
    return list(value)


def made_with(value: Any) -> Any:
    """Return what a container was made with beside what it holds."""
    return getattr(value, "maxlen", None) or getattr(value, "default_factory", None)


def empty(kind: str, told: Any) -> Any:
    """Make an empty container of a kind; `told` is what `made_with` gave at the other end."""
    if kind == "deque":
        return deque(maxlen=told)
    return defaultdict(told) if kind == "defaultdict" else MIRRORED[kind]()


def fill(value: Any, content: list[Any]) -> None:
    """Let a mirrored container hold this, and nothing else."""
    if isinstance(value, dict):
        value.clear()
        for key, item in zip(content[::2], content[1::2], strict=True):
            value[key] = item
        return
    add: Callable[[Any], None] = value.update if isinstance(value, set) else value.extend
    value.clear()
    add(content)


def _held(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray | bytearray) else parts(value)


def _differs(value: Any, before: Any) -> bool:
    if isinstance(value, np.ndarray):
        same = value.shape == before.shape and value.dtype == before.dtype
        return not same or value.tobytes() != before.tobytes()
    if isinstance(value, bytearray):
        return bool(value != before)
    now = parts(value)
    return len(now) != len(before) or any(a is not b for a, b in zip(now, before, strict=True))
