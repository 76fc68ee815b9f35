"""Functions of the grader that stand in for a student's while another of theirs is called.

The student side says which one is called with what, and gets the answer; the function itself, and
whatever it is made of, stays here. A stand-in can be asked only during the call that it is given
for, and by nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.grading.student_side.wire import Opaque
from autograder.observe import Given

#: A call with more entries than this is not answered: no honest one is so large.
MOST_ENTRIES = 200_000

Ask = Callable[[dict[str, Any]], dict[str, Any]]


def answered(asked: Mapping[str, Any], given: Given, ask: Ask) -> dict[str, Any]:
    """The frame that answers a call of a stand-in; what it raises is told, not raised."""
    try:
        args, kwargs = list(asked["args"]), dict(asked["kwargs"])
        if sum(_entries([*args, *kwargs.values()])) > MOST_ENTRIES:
            raise ValueError("too many numbers")
        with np.errstate(all="ignore"):
            value = given[asked["asks"]](
                *(_callable(arg, ask) for arg in args),
                **{name: _callable(arg, ask) for name, arg in kwargs.items()},
            )
    except Exception as error:  # the arguments may be anything
        return {"op": "answer", "error": f"{type(error).__name__}: {error}"[:200]}
    return {"op": "answer", "value": value}


def _callable(value: Any, ask: Ask) -> Any:
    """A function of the student's, to be called from here; anything else as it is."""
    if not isinstance(value, Opaque):
        return value
    return lambda *args: ask({"op": "apply", "function": value, "args": args})["value"]


def _entries(values: Any, depth: int = 0) -> Iterator[int]:
    for value in values.values() if isinstance(values, dict) else values:
        if isinstance(value, np.ndarray):
            yield value.size
        elif isinstance(value, (list, tuple, dict)) and depth < 12:
            yield from _entries(value, depth + 1)
