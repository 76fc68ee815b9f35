"""Checks that name a misconception themselves, and answers to a bug hunt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.engine.diagnosis.catalogue import CATALOGUE
from autograder.engine.exercise import Exercise, Property, Relative, Trial, Wanting, register
from autograder.engine.student import NotWritten, Student
from autograder.errors.words import article


class Mistaken(Wanting):
    """A property does not hold because of a misconception of the catalogue.

    `found` says what was seen; without it the catalogue says what was computed instead.
    """

    def __init__(self, id: str, found: str = ""):
        super().__init__(found or f"it returns {CATALOGUE[id].computed}", id)


def relatives(*known: tuple[str, str, Mapping[str, Any]]) -> tuple[Relative, ...]:
    """Triples (id, detail, values by name) as the relatives of a trial."""
    return tuple(
        Relative(id, {name: np.asarray(array, dtype=float) for name, array in values.items()}, told)
        for id, told, values in known
    )


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
    Wanting
        If it is something else; the message says what.
    """
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise Wanting(f"{name} is {value!r}, {article(type(value).__name__)}; expected an integer")
    return int(value)


def bug_hunt(name: str, unit: str, right: Mapping[str, str]) -> Exercise:
    """Register the exercise to name bugs: a dict from letters to ids, called `name`.

    Parameters
    ----------
    right : mapping of str to str
        Letter to id.
    """

    def names_each(student: Student, rng: np.random.Generator) -> None:
        """Each bug is named"""
        found = student.namespace.get(name)
        if found is None:
            raise NotWritten(name, f"`{name}` is not written yet")
        if not isinstance(found, dict):
            letters = ", ".join(right)
            raise Wanting(
                f"`{name}` is {article(type(found).__name__)}, expected a dict with {letters}"
            )
        missing = [letter for letter in right if letter not in found]
        if missing:
            raise Wanting(f"`{name}` has no entry for {', '.join(missing)}")
        off = [letter for letter in right if str(found[letter]).strip() != right[letter]]
        if off:
            raise Wanting(f"not the bug that made these numbers: {', '.join(off)}")

    held = Property("names_each_bug", "names the bug behind each set of numbers", holds=names_each)
    return register(Exercise(name, unit, no_trials, nothing, (held,)))
