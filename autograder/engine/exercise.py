"""What an exercise is: a function to write, trials of it, and the named properties it must have.

Most exercises need no code beyond their trials: each returned array that claims to be a gradient
gets the property ``X_matches_numeric_gradient``, and every function gets those on shapes, inputs
and repetition.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.engine.properties import SHAPES as SHAPES
from autograder.engine.properties import TWICE as TWICE
from autograder.engine.properties import UNCHANGED as UNCHANGED
from autograder.engine.properties import Barrier as Barrier
from autograder.engine.properties import Extra as Extra
from autograder.engine.properties import Property as Property
from autograder.engine.properties import Wanting as Wanting
from autograder.engine.student import Student
from autograder.engine.trial import Relative as Relative
from autograder.engine.trial import Trial as Trial
from autograder.engine.unpack import Misshapen as Misshapen
from autograder.engine.unpack import Unpack
from autograder.engine.unpack import take as take
from autograder.engine.unpack import take_dict as take_dict

Trials = Callable[[Student, np.random.Generator], Iterable[Trial]]


@dataclass(frozen=True)
class Exercise:
    """A function that the student writes.

    Attributes
    ----------
    name : str
        The function's name.
    unit : str
    trials : function
        ``trials(student, rng)`` yields the trials.
    unpack : function
        Takes the returned object apart into named arrays; raises `Misshapen`.
    properties : tuple of Property
        In the order in which they are read.
    after : tuple of str
        Exercises that this one builds on: what is explained there is not a second mistake here.
    beside : str
        Where two units have a function of this name: a function of this unit alone, by whose
        presence in the notebook this exercise is told from the other.
    right : function, optional
        Makes a right function of this name, put in the place of a wrong one when functions that
        call it are judged. It holds no backward pass that could be copied: it differentiates
        numerically. From the student's forward functions it can learn what their caches look like.
    smaller : function or None
        ``smaller(student, rng)`` yields trials of few and whole numbers, the smallest first: of
        those on which the function fails, the first is shown with all its inputs.
    layouts : int
        In how many layouts it can make a cache, where the student's own forward makes none.
    works_out : tuple of str
        Where the function returns none of the arrays that are compared, so that no line of it makes
        them: how they follow from what it returns, and what to try where they are wrong.
    writes : tuple of int
        The places of the arguments that the contract lets it write into.
    unread : tuple of str
        Arguments whose entries a right answer need not read.
    """

    name: str
    unit: str
    trials: Trials
    unpack: Unpack
    properties: tuple[Property, ...]
    after: tuple[str, ...] = ()
    beside: str = ""
    right: Callable[[Student], Callable[..., Any]] | None = None
    smaller: Trials | None = None
    layouts: int = 1
    works_out: tuple[str, str] | None = None
    writes: tuple[int, ...] = ()
    unread: tuple[str, ...] = ()


#: By name; what has a name that was taken already stands under ``"name beside other"``.
EXERCISES: dict[str, Exercise] = {}
#: Those that stand beside another one, by the name that they share.
_BESIDE: dict[str, list[Exercise]] = {}


def register(exercise: Exercise) -> Exercise:
    """Enter an exercise into the register.

    Raises
    ------
    ValueError
        If the name is taken.
    """
    key = f"{exercise.name} beside {exercise.beside}" if exercise.beside else exercise.name
    if key in EXERCISES:
        raise ValueError(f"there is an exercise {key!r} already")
    EXERCISES[key] = exercise
    if exercise.beside:
        _BESIDE.setdefault(exercise.name, []).append(exercise)
    return exercise


def exercise_of(name: str, namespace: Container[str]) -> Exercise:
    """The exercise of the function `name` in a notebook that has the names of `namespace`.

    Raises
    ------
    KeyError
        If there is none.
    """
    for exercise in _BESIDE.get(name, ()):
        if exercise.beside in namespace:
            return exercise
    return EXERCISES[name]


def gradients(*names: str) -> tuple[Property, ...]:
    """One property a returned gradient: ``dW_matches_numeric_gradient``, ..."""
    return tuple(
        Property(f"{n}_matches_numeric_gradient", f"{n} matches the numeric gradient", (n,))
        for n in names
    )


def values(*names: str) -> tuple[Property, ...]:
    """One property a returned value: ``Z_is_right``, ..."""
    return tuple(Property(f"{n}_is_right", f"{n} has the right values", (n,)) for n in names)
