"""The arguments of the smallest instance on which a function fails, for the student."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Misshapen
from autograder.engine.findings import Outcome
from autograder.engine.locate.smallest import smallest
from autograder.engine.run import run
from autograder.engine.student import Cache, NotWritten, Parameters, Student
from autograder.networks import Array
from autograder.observe import StudentError


def arguments_of(exercise: Exercise, student: Student, seed: int) -> tuple[Any, ...] | None:
    """Return the arguments; None where the exercise has no trials.

    What is wrong on no instance fails nowhere: then those of the first one.
    """
    outcomes: list[Outcome] = []
    try:
        for trial in exercise.trials(student, np.random.default_rng(seed)):
            if not trial.diagnostic:
                outcomes.append(run(exercise, trial, student))
    except (NotWritten, StudentError, Misshapen):
        if not outcomes:
            raise
    if not outcomes:
        return None
    chosen = smallest(exercise, student, outcomes) or outcomes[0]
    return tuple(_copied(argument) for argument in chosen.trial.args)


def _copied(argument: Any) -> Any:
    """A plain copy; what the student's own functions made may be anything."""
    if isinstance(argument, Parameters):
        return {name: _copied(value) for name, value in argument.items()}
    if isinstance(argument, Cache):
        return tuple(_copied(value) for value in argument)
    if isinstance(argument, np.ndarray):
        made: Array = argument.copy()
        return made
    try:
        return deepcopy(argument)
    except Exception:  # of objects of the student's own, copying may fail in any way
        return argument
