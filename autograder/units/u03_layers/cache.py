"""Unit 03: a cache holds what it needs, in memory of its own, and is that of its own batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.engine.exercise import Extra, Property, Wanting, take
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array


def owns_its_data(
    name: str, words: Mapping[str, str], args: tuple[Array, ...], *more: tuple[Array, ...]
) -> Extra:
    """The property that the cache shares no memory with the arguments in `words`.

    Whatever holds them: containers, an object, a closure, a view. It counts only beside an `out`
    that depends on the arguments.
    """

    def holds(student: Student, rng: np.random.Generator) -> None:
        shared = [pair for each in (args, *more) for pair in student.observe(name, *each).shared]
        found = {a.partition("[")[0] for r, a in shared if r.startswith("[1]")}
        told = [word for place, word in words.items() if place in found]
        if told:
            raise Wanting(
                f"the cache shares memory with {' and '.join(told)}: whoever overwrites it "
                "before the way back changes what your backward returns; keep a copy",
                "cache-borrowed",
            )
        one, other = (
            take("out", "_cache")(student.call(name, *moved))["out"]
            for moved in (args, [arg + 1.0 for arg in args])
        )
        if not _depends(one, other):
            raise NotWritten(name, "`out` has to be computed from what is given first")

    return holds


def _depends(one: Any, other: Any) -> bool:
    """Whether two values for two different inputs are arrays that differ."""
    arrays = isinstance(one, np.ndarray) and isinstance(other, np.ndarray)
    return arrays and one.shape == other.shape and not np.array_equal(one, other)


def owning(name: str, words: Mapping[str, str], *args: tuple[Array, ...]) -> Property:
    sentence = f"the cache shares no memory with {' and '.join(words.values())}"
    return Property(
        "cache_owns_its_data", sentence, holds=owns_its_data(name, words, *args), alone=False
    )


def forward(student: Student, name: str, *args: Array) -> tuple[Any, Any]:
    """What the student's own forward returns; another batch goes through before the way back."""
    out, cache = take("out", "cache")(student.call(name, *args)).values()
    student.call(name, *(arg + 1.0 for arg in args))
    return out, cache
