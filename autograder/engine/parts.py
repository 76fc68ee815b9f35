"""Small parts of checks: relatives from arrays, no trials, an integer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np

from autograder.engine.exercise import Barrier, Relative, Trial
from autograder.engine.student import Student
from autograder.errors.words import article


def relatives(*known: tuple[str, str, Mapping[str, Any]]) -> tuple[Relative, ...]:
    """Triples (id, detail, values by name) as the relatives of a trial."""
    return tuple(
        Relative(id, {name: np.asarray(array, dtype=float) for name, array in values.items()}, told)
        for id, told, values in known
    )


class Later(Sequence[Relative]):
    """Relatives that are made when somebody asks for one: of a right answer nobody does."""

    def __init__(self, make: Callable[[], Sequence[Relative]]):
        self._make = make

    @cached_property
    def _made(self) -> Sequence[Relative]:
        return self._make()

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return len(self._made)

    def __iter__(self) -> Iterator[Relative]:
        return iter(self._made)

    @overload
    def __getitem__(self, at: int) -> Relative: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Relative]: ...

    def __getitem__(self, at: int | slice) -> Relative | Sequence[Relative]:
        return self._made[at]


def no_trials(student: Student, rng: np.random.Generator) -> tuple[Trial, ...]:
    """For exercises whose properties make their own calls."""
    return ()


def nothing(value: Any) -> dict[str, Any]:
    """For exercises without trials."""
    return {}


def integer(name: str, value: Any) -> int:
    """An integer, also where NumPy made it.

    Raises
    ------
    Barrier
        If it is something else; the message says what.
    """
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise Barrier(f"{name} is {value!r}, {article(type(value).__name__)}; expected an integer")
    return int(value)
