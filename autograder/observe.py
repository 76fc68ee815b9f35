"""One observed call of a student's function: what came back and what it did to its arguments.

Shared by the student's notebook, the trusted grader and the isolated worker, hence NumPy, the
standard library and `autograder.errors` only. The NumPy functions are bound when this module is
imported, so that a notebook which patches ``np.array_equal`` later changes nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from types import FunctionType
from typing import Any

from numpy import array_equal, ndarray

from autograder import time_limit
from autograder.errors.raised import StudentError as StudentError
from autograder.errors.raised import student_error
from autograder.held import shared
from autograder.stand_in import Given as Given
from autograder.stand_in import installed
from autograder.unset_memory import shown

_DEPTH = 12  # containers nested deeper than this are not looked into


@dataclass(frozen=True)
class Reply:
    """What one call returned, and what it did besides.

    Attributes
    ----------
    value : object
        What the function returned.
    changed : tuple of str
        Paths of the arguments that the call changed in place: ``"0"``, ``"1[0]"``, ``"1['W1']"``.
    shared : tuple of (str, str)
        Pairs (path in the result, path in the arguments) of arrays that share memory, and of a
        result that is one of the arguments, list or dict; the path of the result itself is
        ``""``, of its first item ``"[0]"``.
    counts : dict of str to int
        Calls of each counted function made during the call; a name without a function is absent.
    """

    value: Any
    changed: tuple[str, ...] = ()
    shared: tuple[tuple[str, str], ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


def reply(
    fn: Any,
    args: Sequence[Any],
    count: Sequence[str] = (),
    seconds: float | None = None,
    given: Given | None = None,
    calls: int = 1,
) -> Reply:
    """Call ``fn(*args)``, here or wherever ``fn`` lives, and observe it.

    Parameters
    ----------
    fn : callable
        A function, or a remote callable: its method is ``__reply__(args, count, given, calls)``.
    args : sequence
        Positional arguments; arrays in nested tuples, lists and dicts are watched too.
    count : sequence of str
        Names of functions beside ``fn`` whose calls are counted.
    seconds : float, optional
        The limit on a call that is made here; a remote callable has its own.
    given : mapping, optional
        Functions that stand in the places of those of these names during the call.
    calls : int
        So many calls with the very same arguments; the last one's value comes back.

    Raises
    ------
    StudentError
        If the function raised anything, ``SystemExit`` included, or took too long.
    KeyboardInterrupt
        If the student stopped a function that runs here.
    """
    remote = getattr(type(fn), "__reply__", None)
    if remote is not None:
        answer = remote(fn, args, count, given or {}, calls)
        assert isinstance(answer, Reply)
        return answer
    try:
        return observe(fn, args, count, seconds, given=given or {}, calls=calls)
    except StudentError as error:
        if isinstance(error.__cause__, KeyboardInterrupt):
            raise KeyboardInterrupt from None  # stop means stop
        raise


def observed(act: Callable[..., Any], *args: Any) -> Any:
    """Do something that counts as a student's call, from its beginning to its end."""
    return act(*args)


def observe(
    fn: Any,
    args: Sequence[Any],
    count: Sequence[str] = (),
    seconds: float | None = None,
    told: float | None = None,
    given: Given | None = None,
    calls: int = 1,
) -> Reply:
    """Do what `reply` does for a function of this process, but tell an interrupt as an error.

    `told` is the limit that the student reads, where a busy machine gives more time than that.
    A check hands over what is `given`, if nothing then an empty mapping; None is no check's call.
    """
    args = tuple(args)
    before = leaves(args)
    copies = {path: leaf.copy() for path, leaf in before.items() if isinstance(leaf, ndarray)}
    names, memory = _globals(fn), nullcontext() if given is None else shown()
    try:
        with installed(names, given or {}), _counting(names, count) as counters, memory:
            for _ in range(calls):
                value = time_limit.call(fn, args, seconds)
    except BaseException as error:  # a student's sys.exit() must not end the grader
        limit = seconds if told is None else told
        raise student_error(error, names, (fn, args), limit) from error
    after = leaves(args)
    moved = [path for path in {**before, **after} if differs(path, before, after, copies)]
    changed = tuple(dict.fromkeys(_gone(path, after) if path in before else path for path in moved))
    counts = {name: counter.calls for name, counter in counters.items()}
    return Reply(value, changed, _handed(value, args) + shared(value, before), counts)


class _Counter:
    """Stand in for one function and count its calls."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function, self.calls = function, 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.calls += 1
        return self.function(*args, **kwargs)


def unwrapped(fn: Any) -> Any:
    """Return the function itself behind decorators, `partial` and methods, or None."""
    for _ in range(_DEPTH):
        if isinstance(fn, FunctionType) and not hasattr(fn, "__wrapped__"):
            return fn
        inner = (getattr(fn, name, None) for name in ("__wrapped__", "__func__", "func"))
        fn = next((candidate for candidate in inner if candidate is not None), None)
    return None


def _globals(fn: Any) -> dict[str, Any]:
    """Return the namespace in which a function looks up its names; empty if it has none."""
    found: dict[str, Any] = getattr(unwrapped(fn), "__globals__", {})
    return found


@contextmanager
def _counting(names: dict[str, Any], count: Sequence[str]) -> Iterator[dict[str, _Counter]]:
    """Put counting stand-ins in the place of the named functions."""
    counters = {name: _Counter(names[name]) for name in count if callable(names.get(name))}
    names.update(counters)
    try:
        yield counters
    finally:
        for name, counter in counters.items():
            if names.get(name) is counter:
                names[name] = counter.function


def leaves(args: tuple[Any, ...]) -> dict[str, Any]:
    """Return everything in nested tuples, lists and dicts by its path, as in Python."""
    found: dict[str, Any] = {}
    for n, arg in enumerate(args):
        _enter(found, arg, f"{n}", 1)  # "1[0]" reads as argument 1, item 0
    return found


def _enter(found: dict[str, Any], value: Any, path: str, depth: int) -> None:
    if depth > _DEPTH or not isinstance(value, (tuple, list, dict)):
        found[path] = value
        return
    for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
        _enter(found, item, f"{path}[{key!r}]", depth + 1)


def differs(path: str, before: Any, after: Any, copies: dict[str, ndarray[Any, Any]]) -> bool:
    """Return whether the leaf at this path was changed, replaced, added or removed."""
    if path not in before or path not in after or before[path] is not after[path]:
        return True
    return path in copies and not _same(copies[path], after[path])


def _gone(path: str, after: Any) -> str:
    """Return the whole that is not there any more: the item that was popped, the emptied list."""
    while path not in after and "[" in path:
        around = path[: path.rindex("[")]
        if any(other == around or other.startswith(f"{around}[") for other in after):
            break
        path = around
    return path


def _same(a: ndarray[Any, Any], b: ndarray[Any, Any]) -> bool:
    """Compare two arrays entry by entry; nan equals nan, and no dtype raises."""
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    if a.tobytes() == b.tobytes():  # for objects: the very same objects
        return True
    return a.dtype.kind in "fc" and bool(array_equal(a, b, equal_nan=True))


def _handed(value: Any, args: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    """The argument, a list or a dict, that was handed back as the result."""
    same = (str(n) for n, arg in enumerate(args) if arg is value and isinstance(arg, (list, dict)))
    return tuple(("", place) for place in same)
