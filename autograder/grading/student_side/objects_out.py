"""A message into a frame of a link; see `objects_in`."""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np

from autograder.arrays import oddity

from . import values
from .encode import Encoder
from .genuine import is_plain, lineage, name_of
from .standin import SPECIALS
from .table import MIRRORED, Table, made_with, parts
from .wire import MAX_FRAME, MAX_HEAD, MAX_NAME, Unsendable, WireFault, join

_DOC = 4000  # characters of a docstring
_KINDS = {kind: name for name, kind in MIRRORED.items()}


class ObjectEncoder(Encoder):
    """Turn one message into a frame."""

    def __init__(self, table: Table, trusted: bool) -> None:
        super().__init__(remember=self._add)
        self._table, self._trusted = table, trusted
        self._settled: list[int] = []
        self._added: list[int] = []

    def message(self, message: tuple[Any, ...]) -> bytes:
        """Encode a message; raise `Unsendable` if it is too large or too deep."""
        try:
            frame = self._frame(message)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            self._take_back()
            raise Unsendable(f"cannot be sent: {error}") from error
        except WireFault as error:
            self._take_back()
            raise Unsendable(str(error)) from error
        for number in self._settled:
            self._table.settle(number)
        return frame

    def _frame(self, message: tuple[Any, ...]) -> bytes:
        changed = [[n, self._parts(value, 0)] for n, value in self._changed()]
        node = self._node(message, 0)
        head = json.dumps([changed, [], node]).encode("ascii")
        frame = join([head, *self._blobs])[4:]
        if len(head) > MAX_HEAD or len(frame) > MAX_FRAME:
            raise WireFault(f"is too large to be sent: {len(frame)} bytes")
        unused = self._table.unused()  # last: from here on the other end is told
        if unused:
            head = json.dumps([changed, unused, node]).encode("ascii")
            frame = join([head, *self._blobs])[4:]
        return frame

    def _take_back(self) -> None:
        """Forget what the other end will not be told."""
        for number in self._added:
            self._table.forget(number)

    def _add(self, value: Any) -> int:
        number = self._table.add(value)
        self._added.append(number)
        return number

    def _changed(self) -> list[tuple[int, Any]]:
        changed = list(self._table.changed())
        self._settled += [number for number, _ in changed]
        return changed

    def _node(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if value is None or kind in (bool, str, float, int, bytes, complex):
            return super()._node(value, depth)
        number = self._table.number(value)
        if number is not None:
            return ["r", number]
        if kind is np.ndarray and value.dtype.kind != "m" and not oddity(value):
            return self._mirrored(value, "ndarray", depth)
        if isinstance(value, np.ndarray | np.generic):
            return super()._node(value, depth)
        if kind in _KINDS:
            return self._mirrored(value, _KINDS[kind], depth)
        self._count(depth)
        whole = values.kind_of(value)
        if whole in values.HANDED and not self._trusted:
            whole = None
        if whole is not None:
            return ["v", whole, self._all(values.apart(whole, value), depth)]
        if kind is tuple:
            return ["t", None, self._all(value, depth)]
        return self._thing(value, kind, depth)

    def _thing(self, value: Any, kind: type, depth: int) -> Any:
        if isinstance(value, tuple) and hasattr(kind, "_fields"):
            described = self._class(getattr(kind, "_stands_for", kind))
            return ["N", described, list(map(str, kind._fields)), self._all(value, depth)]
        if isinstance(value, type):
            return self._class(value, as_value=True)
        if isinstance(value, Exception):
            # first its number: an exception may be its own context
            number, args = self._add(value), self._all(value.args, depth)
            return ["E", number, self._class(kind), args, self._node(value.__cause__, depth + 1)]
        if isinstance(value, bool | int | float | str | bytes):  # of a subclass
            return super()._node(value, depth)
        if self._trusted and (named := _named(value)):
            return ["n", *named]
        described = self._class(kind)
        return ["P", self._add(value), described]

    def _mirrored(self, value: Any, kind: str, depth: int) -> Any:
        self._count(depth)
        number = self._add(value)  # first: it may hold itself
        self._settled.append(number)
        told = self._node(made_with(value), depth + 1)
        return ["M", number, kind, told, self._parts(value, depth)]

    def _parts(self, value: Any, depth: int) -> Any:
        if isinstance(value, np.ndarray):
            return self._numpy(value)
        if isinstance(value, bytearray):
            return ["b", self._blob(bytes(value))]
        return self._all(parts(value), depth)

    def _all(self, items: Any, depth: int) -> list[Any]:
        return [self._node(item, depth + 1) for item in items]

    def _class(self, kind: type, as_value: bool = False) -> Any:
        number = self._table.number(kind)
        if number is not None:
            return ["r", number]
        named = name_of(kind)
        # a library's class that a student hands out as a value stays at the student's end
        if named and (self._trusted or is_plain(kind)) and (as_value or _is_error(kind)):
            return ["n", *named]
        bases = [self._class(base) for base in kind.__bases__ if name_of(base) is None]
        doc = None if named else str(kind.__doc__ or "")[:_DOC]
        told = [kind.__name__[:MAX_NAME], bases, list(lineage(kind)), _specials(kind), doc]
        return ["C", self._add(kind), *told]

    def _count(self, depth: int) -> None:
        Encoder._node(self, None, depth)


def _is_error(kind: type) -> bool:
    return issubclass(kind, BaseException)


def _specials(kind: type) -> list[str]:
    """Name the special methods that a class has beyond those of every object."""
    found: dict[str, Any] = {}
    for base in reversed(kind.__mro__[:-1]):
        found |= {name: vars(base)[name] for name in SPECIALS & vars(base).keys()}
    return sorted(name for name, method in found.items() if method is not None)


def _named(value: Any) -> tuple[str, str] | None:
    """Return (module, name) of a function or a module of a library that the student's end has."""
    name = getattr(value, "__name__", None)
    if isinstance(value, type(sys)):
        return value.__name__, ""
    module = getattr(value, "__module__", None) or ("numpy" if isinstance(value, np.ufunc) else "")
    found = getattr(sys.modules.get(module), str(name), None) if module != "__main__" else None
    return (module, str(name)) if found is value and value is not None else None
