"""Memory that nobody has set shows itself while a check calls a student's function.

``np.empty`` gives what the memory held before, which is often zeros: a function that leaves an
entry unset would be right in one call and wrong in the next. During a check such an entry is nan
(of an integer array, the smallest integer), so that the same function gets the same report every
time. A hand-written test of another course is left alone: it sees what an ordinary kernel shows.

Shared like `autograder.observe`, hence NumPy alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy
from numpy import iinfo, ndarray

_MAKERS = ("empty", "empty_like")


@contextmanager
def shown() -> Iterator[None]:
    """Let ``np.empty`` and ``np.empty_like`` give arrays that hold nan, for a while."""
    before = {name: getattr(numpy, name, None) for name in _MAKERS}
    placed = {name: _filled(make) for name, make in before.items() if callable(make)}
    for name, make in placed.items():
        setattr(numpy, name, make)
    try:
        yield
    finally:
        for name, make in placed.items():
            if getattr(numpy, name, None) is make:  # else the student has put another one there
                setattr(numpy, name, before[name])


def _filled(make: Callable[..., Any]) -> Callable[..., Any]:
    def empty(*args: Any, **kwargs: Any) -> Any:
        array = make(*args, **kwargs)
        if type(array) is ndarray and array.dtype.kind in "fc":
            array.fill(float("nan"))
        elif type(array) is ndarray and array.dtype.kind in "iu":
            array.fill(iinfo(array.dtype).min)
        return array

    return empty
