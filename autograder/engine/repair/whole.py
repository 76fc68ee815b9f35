"""Whether all is right with a changed function: what it returns, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FunctionType

import numpy as np

from autograder.engine.exercise import Exercise, Property
from autograder.engine.finding import find
from autograder.engine.student import Student


def is_right(
    exercise: Exercise,
    student: Student,
    seed: int,
    asked: Sequence[Property] = (),
    may_write: bool = False,
) -> bool:
    """Whether all arrays are right in all trials, no argument is changed, and a second call agrees.

    Parameters
    ----------
    exercise : Exercise
    student : Student
        With the changed function among the names, or among what is given.
    seed : int
        Chooses the instances.
    asked : sequence of Property
        Which have to hold too.
    may_write : bool
        Whether an argument may be changed, and a second call differ by that.
    """
    try:
        found = find(exercise, student, seed, explained=False)
        if found.blocked or not (found.outcomes or asked):
            return False
        if any(o.wrong or o.trouble for o in found.outcomes):
            return False
        if not may_write and any(o.changed or not o.repeated for o in found.outcomes):
            return False
        rng = np.random.default_rng([seed, 1])
        judged = [wanted.judge(exercise.name, found, student, rng)[0] for wanted in asked]
    except Exception:  # a changed function may do anything
        return False
    return all(verdict.status == "passed" for verdict in judged)


@contextmanager
def in_place(name: str, made: FunctionType) -> Iterator[None]:
    """Have the other functions of the notebook call this one, as long as it is tried."""
    names = made.__globals__
    own = {name: names[name]} if name in names else {}
    names[name] = made
    try:
        yield
    finally:
        names.update(own) if own else names.pop(name, None)


def with_function(student: Student, name: str, made: FunctionType) -> Student:
    """Return the student with another function of that name."""
    other = student.beside(student.given)
    other.namespace = {**student.namespace, name: made}
    return other
