"""What follows from its arguments alone is made once: instances and the graphs of equal numbers.

Every function of a submission is judged on the instances of one seed, several times over, and what
is known of a graph (its values, gradients, what edits do to it) is known for all of them. So an
instance is drawn once for each state of the random generator, and handed out as a copy; a graph is
made once of equal arrays, and shared.

A student's function that is being checked gets nothing from here: what the grader has found out
about a graph is no knowledge of the student's.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import wraps
from threading import Lock, local
from typing import Any, ParamSpec, TypeVar

import numpy as np

from autograder.networks.tap import Graph, under_observation

#: The latest instances and graphs that are kept of each function; a unit has about a hundred.
MOST = 256
#: Bytes of one array beyond which nothing is kept: such graphs are few, and fill the memory.
BYTES = 2**16

_here = local()
P = ParamSpec("P")
T = TypeVar("T")


class _Unkept(Exception):
    """An argument is too large, or of a kind that has no key."""


_all: list[_Latest] = []


class _Latest:
    """The latest results by key; the one that was asked for least recently goes first."""

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()
        _all.append(self)

    def clear(self) -> None:
        with self._lock:
            self._found.clear()

    def get(self, key: Hashable) -> Any:
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: Hashable, value: Any) -> None:
        with self._lock:
            self._found[key] = value
            while len(self._found) > MOST:
                self._found.popitem(last=False)


def forget() -> None:
    """Forget all that was made: a benchmark times nothing that is remembered."""
    for latest in _all:
        latest.clear()


def one_graph(make: Callable[P, Graph]) -> Callable[P, Graph]:
    """Let a function that makes a graph of arrays make it once of equal ones.

    The graph holds copies, which are read-only: it stays what it is when a caller's array changes.
    """
    latest = _Latest()

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> Graph:
        key = _key(args, kwargs)
        if key is None:
            return make(*args, **kwargs)
        graph: Graph | None = latest.get(key)
        if graph is None:
            held = _copied(args, frozen=True), _copied(kwargs, frozen=True)
            graph = make(*held[0], **held[1])
            latest.put(key, graph)
        return graph

    return made


def drawn_once(draw: Callable[P, T]) -> Callable[P, T]:
    """Let a function that draws an instance draw it once for each state of its generator.

    The generator is left as it would be after the drawing; the instance is a copy.
    """
    latest = _Latest()

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        key = _key(args, kwargs)
        if key is None:
            return draw(*args, **kwargs)
        rng: Any = args[0]
        found = latest.get(key)
        if found is None:
            with _drawing():
                made = draw(*args, **kwargs)
            latest.put(key, (_copied(made), rng.bit_generator.state))
            return made
        made, rng.bit_generator.state = found
        copy: T = _copied(made)
        return copy

    return drawn


@contextmanager
def _drawing() -> Iterator[None]:
    """Keep nothing of what is looked at while an instance is drawn: most of it is thrown away."""
    _here.drawing = True
    try:
        yield
    finally:
        _here.drawing = False


def _key(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Hashable | None:
    """What equal arguments have in common; None where nothing may be kept."""
    if getattr(_here, "drawing", False):
        return None
    try:
        parts = [_part(arg) for arg in args], [(n, _part(arg)) for n, arg in kwargs.items()]
    except _Unkept:
        return None
    return None if under_observation() else (tuple(parts[0]), tuple(parts[1]))


def _part(value: Any) -> Hashable:
    if isinstance(value, np.ndarray):
        if value.dtype.hasobject or value.nbytes > BYTES:
            raise _Unkept
        return value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, Mapping):
        return dict, tuple((name, _part(item)) for name, item in value.items())
    if isinstance(value, (list, tuple)):
        return type(value), tuple(map(_part, value))
    if isinstance(value, np.random.Generator):
        state: Any = value.bit_generator.state
        return _part(state)
    if value is None or isinstance(value, (str, int, float, np.generic)):
        return type(value), repr(value)  # -0.0 is not 0.0, nan is nan
    raise _Unkept


def _copied(value: Any, frozen: bool = False) -> Any:
    """The same containers with copies of their arrays."""
    if isinstance(value, np.ndarray):
        copy = value.copy(order="K")
        copy.setflags(write=not frozen)
        return copy
    if isinstance(value, Mapping):
        return {name: _copied(item, frozen) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)([_copied(item, frozen) for item in value])
    if is_dataclass(value) and not isinstance(value, type):
        kept = {field.name: getattr(value, field.name) for field in fields(value)}
        return type(value)(**{name: _copied(item, frozen) for name, item in kept.items()})
    return value
