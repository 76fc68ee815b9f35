"""Frames of a link: beside plain data, objects by number; see `wire` for the rest.

==================================  =============================================================
``["r", n]``                        the object with number ``n``
``["M", n, kind, told, parts]``     a container or array, equal at both ends; see `table`
``["v", kind, parts]``              a value that crosses whole; see `values`
``["N", class, names, parts]``      a named tuple of a class of the sender's
``["n", module, name]``             a class, towards the student any function, of a library
``["C", n, name, ...]``             a class of the sender's: bases, library classes, methods, doc
``["P", n, class]``                 another object of the sender's
``["E", n, class, parts, cause]``   an exception, its arguments, what it was raised from
==================================  =============================================================

A message is ``[[[n, parts] ...], [n ...], message]``: what mirrored objects hold now, what need not
be known any more, and what is asked or answered.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.arrays import OddArray

from . import values
from .decode import Decoder
from .genuine import LIBRARIES, find, is_plain
from .standin import Ask, RemoteType, stand_in_class
from .table import MIRRORED, Table, empty, fill
from .wire import WireFault

_KINDS = frozenset(MIRRORED.values())


Imported = Callable[[str, str], type | None]


class ObjectDecoder(Decoder):
    """Turn the body of one frame into a message; from a student's end, trusting nothing in it."""

    def __init__(self, table: Table, ask: Ask, trusted: bool, imported: Imported) -> None:
        super().__init__(found=self._found_odd, refer=self._known, writable=True)
        self._table, self._ask, self._trusted = table, ask, trusted
        self._imported = imported
        self._settled: list[int] = []
        self._own: dict[Any, Callable[..., Any]] = {
            "M": self._mirrored,
            "v": self._whole,
            "N": self._named_tuple,
            "n": self._named,
            "C": self._class,
            "P": self._object,
            "E": self._error,
        }

    def message(self, body: bytes) -> tuple[Any, ...]:
        """Decode, and let mirrored objects hold what they hold at the other end."""
        found = self.value(body)
        for number in self._settled:
            self._table.settle(number)
        if not isinstance(found, tuple) or not found or not isinstance(found[0], str):
            raise WireFault("no message")
        return found

    def _node(self, node: Any, depth: int) -> Any:
        if depth == 0 and isinstance(node, list):
            changed, unused, message = node
            for number, content in changed:
                self._change(number, content)
            for number in unused:
                self._table.forget(number)
            return self._node(message, 1)
        if isinstance(node, list) and node and node[0] in self._own:
            super()._node(None, depth)  # counts it
            return self._own[node[0]](depth, *node[1:])
        return super()._node(node, depth)

    def _found_odd(self, value: Any, number: int) -> None:
        self._table.add(value, number)

    def _known(self, number: int) -> Any:
        if number not in self._table.objects:
            raise WireFault("an object that is not known")
        return self._table.objects[number]

    def _change(self, number: Any, content: Any) -> None:
        value = self._known(number)
        if type(value) not in _KINDS:
            raise WireFault("an object that does not change")
        self._settled.append(number)
        if not isinstance(value, np.ndarray):
            fill(value, self._parts(value, content, 1))
            return
        new = self._node(content, 1)
        if isinstance(new, OddArray) or not isinstance(new, np.ndarray):
            raise WireFault("not an array of plain data")
        if value.flags.writeable and (value.shape, value.dtype) == (new.shape, new.dtype):
            value[...] = new

    def _parts(self, value: Any, content: Any, depth: int) -> list[Any]:
        if isinstance(value, bytearray):
            return list(self._node(content, depth))
        return [self._node(item, depth + 1) for item in content]

    def _mirrored(self, depth: int, number: Any, kind: Any, told: Any, content: Any) -> Any:
        self._settled.append(number)
        if kind == "ndarray":
            value = self._node(content, depth + 1)
            if not isinstance(value, np.ndarray):
                raise WireFault("not an array")
            self._table.add(value, number)
            return value
        value = empty(kind, self._node(told, depth + 1))
        self._table.add(value, number)
        fill(value, self._parts(value, content, depth))
        return value

    def _whole(self, depth: int, kind: Any, content: Any) -> Any:
        items = [self._node(item, depth + 1) for item in content]
        return values.together(kind, items, trusted=not self._trusted)

    def _named_tuple(self, depth: int, described: Any, names: Any, content: Any) -> Any:
        kind = self._node(described, depth + 1)
        items = [self._node(item, depth + 1) for item in content]
        if not isinstance(kind, RemoteType):  # one of this end's own, on its way back
            if not (
                isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")
            ):
                raise WireFault("not a named tuple")
            return kind(*items)
        own = type.__getattribute__(kind, "_own")
        if not own:
            made = namedtuple(kind.__name__, names)  # type: ignore[misc]
            made._stands_for = kind  # type: ignore[attr-defined]
            own.append(made)
        return own[0](*items)

    def _named(self, depth: int, module: Any, name: Any) -> Any:
        if not self._trusted:
            return _imported(module, name)
        found = find(module, name)
        if found is None or not is_plain(found):
            raise WireFault("a class that is not known here")
        return found

    def _class(self, depth: int, number: Any, name: Any, *told: Any) -> Any:
        bases, lines, specials, doc = told
        if not isinstance(name, str) or "\0" in name:
            raise WireFault("not a name")
        parents = [self._node(base, depth + 1) for base in bases]
        named = [(str(module), str(kind)) for module, kind in lines]

        def genuine() -> type | None:
            known = (find(*line) or self._imported(*line) for line in named)
            return next((one for one in known if one is not None), None)

        if not named or named[0][0].partition(".")[0] not in LIBRARIES:
            specials = [special for special in specials if special != "__array__"]
        doc = doc if isinstance(doc, str) else None
        made = stand_in_class(self._ask, name, parents, genuine, specials, doc)
        self._table.add(made, number)
        return made

    def _object(self, depth: int, number: Any, described: Any) -> Any:
        kind = self._node(described, depth + 1)
        if not isinstance(kind, RemoteType) or issubclass(kind, BaseException):
            raise WireFault("an object of no class")
        made = object.__new__(kind)
        self._table.add(made, number)
        return made

    def _error(self, depth: int, number: Any, described: Any, content: Any, cause: Any) -> Any:
        kind = self._node(described, depth + 1)
        args = [self._node(item, depth + 1) for item in content]
        if not isinstance(kind, type) or not issubclass(kind, BaseException):
            raise WireFault("no exception")
        made: Any = None
        if not isinstance(kind, RemoteType):
            try:
                made = kind(*args)
            except Exception:  # it wants other arguments than it keeps
                made = None
        if made is None:
            made = kind.__new__(kind, *args)
            made.args = tuple(args)
        self._table.add(made, number)
        reason = self._node(cause, depth + 1)
        made.__cause__ = reason if isinstance(reason, Exception) else None
        return made


def _imported(module: Any, name: Any) -> Any:
    import importlib

    found: Any = importlib.import_module(module)
    for part in name.split(".") if name else ():
        found = getattr(found, part)
    return found
