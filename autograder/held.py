"""All arrays that something holds on to: in containers, in objects, in closures, behind views.

A cache that keeps an argument for later may keep it anywhere. Shared by the student's notebook,
the trusted grader and the isolated worker, hence NumPy and the standard library only.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator, Mapping
from itertools import islice
from types import FunctionType, GeneratorType, ModuleType
from typing import Any

from numpy import may_share_memory, ndarray, shares_memory
from numpy.exceptions import TooHardError

_MOST = 20_000  # things looked at; a cache of a layer has a few
_WORK = 10_000  # bound on the exact search for shared memory
_BARE = (str, bytes, int, float, complex, type(None), type, ModuleType)
_PLAIN = ("builtins", "functools", "itertools", "operator")


def held(value: Any, path: str = "") -> Iterator[tuple[str, ndarray[Any, Any]]]:
    """Yield (path, array) for every array that can be reached from a value.

    Paths are written as in Python, ``"[1]['x']"``, ``"[1].x"``; behind a closure or an iterator
    they name the function.
    """
    waiting, met, left = deque([(path, value)]), set(), _MOST
    kept = []  # so that no id is used again while we look
    while waiting and left:
        left -= 1
        place, thing = waiting.popleft()
        if isinstance(thing, ndarray):
            yield place, thing
            if thing.dtype != object:
                continue
            thing = thing.ravel().tolist()
        if isinstance(thing, _BARE) or id(thing) in met:
            continue
        met.add(id(thing))
        kept.append(thing)
        try:
            waiting.extend((place + step, part) for step, part in islice(_parts(thing), _MOST))
        except Exception:  # a student's own class may raise wherever it is asked
            continue


def _parts(thing: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a thing is made of, with the step of the path that leads there."""
    if isinstance(thing, Mapping):
        for key, item in list(thing.items()):
            yield f"[{key!r}]", item
    elif isinstance(thing, tuple | list | deque | set | frozenset):
        for n, item in enumerate(list(thing)):
            yield f"[{n}]", item
    elif isinstance(thing, FunctionType):
        for part in (thing.__closure__, thing.__defaults__, thing.__kwdefaults__, vars(thing)):
            yield f" in {thing.__name__}", part
    elif isinstance(thing, GeneratorType):
        yield "", dict(thing.gi_frame.f_locals) if thing.gi_frame else None
    elif isinstance(thing, memoryview):
        yield "", thing.obj
    elif type(thing).__module__ in _PLAIN:  # a cell, an iterator, a bound method, a partial
        for part in gc.get_referents(thing):
            yield "", part
    else:
        yield from _attributes(thing)


def _attributes(thing: Any) -> Iterator[tuple[str, Any]]:
    """Yield what an object keeps: its attributes, its slots, and a view's own base."""
    try:
        own = dict(vars(thing))
    except TypeError:
        own = {}
    for name, item in own.items():
        yield f".{name}", item
    for kind in type(thing).__mro__:
        slots = vars(kind).get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in own:
                yield from _tried(thing, name, f".{name}")


def _tried(thing: Any, name: str, step: str) -> Iterator[tuple[str, Any]]:
    try:
        yield step, getattr(thing, name)
    except (AttributeError, ValueError):  # an empty slot, an empty cell
        return


def shared(value: Any, given: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Pair the arrays that a result holds with the arguments' arrays whose memory they share."""
    arrays = [
        (path, leaf, _owner(leaf)) for path, leaf in given.items() if isinstance(leaf, ndarray)
    ]
    found = []
    for result, x in held(value) if arrays else ():
        mine = _owner(x)
        near = ((path, y) for path, y, other in arrays if mine == other or None in (mine, other))
        found += [(result, path) for path, y in near if _overlap(x, y)]
    return tuple(found)


def _owner(array: ndarray[Any, Any]) -> int | None:
    """The array whose own memory this one looks at; None where that cannot be told.

    Memory that two arrays own is never the same, which spares most comparisons.
    """
    looked: Any = array
    while type(looked) is ndarray:  # a student's own class may say anything of its base
        if looked.base is None:
            return id(looked) if looked.flags.owndata else None
        looked = looked.base
    return None


def _overlap(x: ndarray[Any, Any], y: ndarray[Any, Any]) -> bool:
    try:
        return may_share_memory(x, y) and shares_memory(x, y, max_work=_WORK)  # type: ignore[arg-type]
    except TooHardError:
        return True  # their ranges overlap and nothing cheaper can be known
