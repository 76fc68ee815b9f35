"""What a loop through time is asked beside its gradients: how often it calls the cell, and who owns
the memory of its caches. Units 07, 07b and 09 ask the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.engine.compare import is_right
from autograder.engine.exercise import Misshapen, Wanting
from autograder.engine.problem import Problem
from autograder.engine.student import NotWritten, Student
from autograder.engine.unpack import Unpack


def counted(
    student: Student,
    names: tuple[str, str],
    runs: Mapping[int, tuple[tuple[Any, ...], Problem]],
    unpack: Unpack,
    told: str,
) -> None:
    """Raise `Wanting` where a backward pass calls the backward pass of the cell too often.

    Parameters
    ----------
    names : pair of str
        The function, and that of the cell.
    runs : mapping of int to pair
        By the number of steps: the arguments of a call, and its gradients.
    told : str
        A sentence with two places: the steps and the calls.
    """
    calls, came = dict[int, int](), []
    for T, (args, problem) in runs.items():
        reply = student.observe(names[0], *args, count=names[1:])
        calls[T] = reply.counts.get(names[1], 0)
        came.append((problem, _read(unpack, reply.value)))
    over = any(count > T for T, count in calls.items())
    costly(calls, over and all(_sums_rightly(*one) for one in came), told)


def _read(unpack: Unpack, value: object) -> Mapping[str, Any] | None:
    try:
        return unpack(value)
    except Misshapen:
        return None


def _sums_rightly(problem: Problem, found: Mapping[str, Any] | None) -> bool:
    """Are the arrays right? Only then it is their cost that has to be told."""
    return found is not None and all(
        is_right(found.get(name), array) for name, array in problem.truth().items()
    )


def owned(
    student: Student, name: str, upstream: Any, caches: Any, spoilt: Any, unpack: Unpack, what: str
) -> None:
    """Raise `Wanting` where a backward pass notices that something was overwritten.

    Parameters
    ----------
    upstream : array
        Its first argument.
    caches, spoilt : object
        The caches of a forward pass, and those of an equal one after which `what` was overwritten.
    what : str
        ``"x and a"``.
    """
    before, again, after = (
        unpack(student.call(name, upstream, kept)) for kept in (caches, caches, spoilt)
    )
    for key, array in before.items():
        if not is_right(again.get(key), np.asarray(array)):
            raise NotWritten(
                name, f"two calls with the same cache have to give the same {key} first"
            )
        if not is_right(after.get(key), np.asarray(array)):
            raise Wanting(
                f"after {what} were overwritten, {key} is another one: the cache shares its memory "
                f"with {what.replace(' and ', ' or ')}",
                "cache-view-aliasing",
            )


def costly(calls: Mapping[int, int], right: bool, told: str) -> None:
    """Raise `Wanting` where there are more calls than steps; named if the sums are `right`.

    `calls` holds their number by that of the steps. One step alone shows nothing: there the direct
    part is the whole.
    """
    over = {T: n for T, n in calls.items() if n > T}
    orders = {_order(n, T) for T, n in over.items()}
    for T, n in over.items():
        raise Wanting(told.format(T, n), orders.pop() if right and len(orders) == 1 else "")


def _order(calls: int, T: int) -> str:
    """Which order of the right sum takes so many calls."""
    if calls in (2 * T, 2 * T - 1):  # at the last step there may be nothing to add yet
        return "bptt-cell-called-twice"
    return "bptt-quadratic-cost" if calls == T * (T + 1) // 2 else ""
