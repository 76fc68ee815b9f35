"""The trials of an exercise, on which a changed function is run: what came back, what is wrong."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import FunctionType
from typing import Any

import numpy as np

from autograder import time_limit
from autograder.engine.compare import compare
from autograder.engine.exercise import Exercise
from autograder.engine.findings import Outcome
from autograder.engine.student import NotWritten, Student
from autograder.engine.unpack import Misshapen
from autograder.networks import Array
from autograder.observe import StudentError
from autograder.stand_in import Given, installed

#: A call of a changed function may take no longer than so many seconds, or, if that is less, than
#: so many calls of the student's own: its loop may have become endless.
CALL_SECONDS, LEAST_SECONDS, CALLS = 0.5, 0.1, 50

#: The names of the arrays that are wrong; None if it raised.
Wrong = frozenset[str] | None


class Tried:
    """One trial: the call, what has to come back, and what came back of the student's function."""

    def __init__(self, exercise: Exercise, outcome: Outcome, given: Given):
        self.trial, self._given = outcome.trial, given
        self._unpack = outcome.trial.unpack or exercise.unpack
        self._wanted: Mapping[str, Array] | None = outcome.wanted or None
        self.raised_in = _line(outcome, exercise.name)
        self.seconds = 0.0
        self._limit = CALL_SECONDS

    @property
    def wanted(self) -> Mapping[str, Array]:
        """What is right."""
        if self._wanted is None:
            self._wanted = self.trial.wanted()
        return self._wanted

    def returned(self, function: FunctionType) -> Mapping[str, Any] | None:
        """Return what comes back, by name; None if it raises, or is nothing that can be read."""
        args = [_copied(arg) for arg in self.trial.args]
        began = time.perf_counter()
        try:
            with installed(function.__globals__, self._given):
                found = self._unpack(time_limit.call(function, args, self._limit))
        except KeyboardInterrupt:
            raise
        except BaseException:  # a changed function may do anything
            return None
        self.seconds = time.perf_counter() - began
        return found if self.wanted.keys() <= found.keys() else None

    def own(self, function: FunctionType) -> Wrong:
        """The same of the student's own function; its time bounds that of the changed ones."""
        found = self.wrong(function)
        if found is not None:
            self._limit = min(CALL_SECONDS, max(LEAST_SECONDS, CALLS * self.seconds))
        return found

    def wrong(self, function: FunctionType) -> Wrong:
        """Return which arrays a function returns wrong."""
        returned = self.returned(function)
        if returned is None:
            return None
        gaps = (compare(n, returned[n], a, self.trial.tolerance) for n, a in self.wanted.items())
        return frozenset(gap.name for gap in gaps if gap is not None and gap.wrong)


def unwritten(
    exercise: Exercise, student: Student, seed: int, outcomes: Sequence[Outcome]
) -> Sequence[Outcome]:
    """Return the outcomes with arguments that nothing was written into.

    A cache that the student's forward pass made is handed on as it is. Where it was written into,
    the trials are made once more; none is returned if that does not succeed.
    """
    if not any(outcome.changed for outcome in outcomes):
        return outcomes
    anew = exercise.trials(student.beside(student.given), np.random.default_rng(seed))
    try:
        trials = [trial for trial in anew if not trial.diagnostic]
    except (NotWritten, StudentError, Misshapen):
        return ()
    pairs = zip(outcomes, trials, strict=False)
    return [replace(outcome, trial=trial) for outcome, trial in pairs]


def _line(outcome: Outcome, function: str) -> int:
    """The line of the function at which it raised; 0 if it did not, or elsewhere."""
    where = outcome.error.where if outcome.error is not None else ""
    found = re.match(rf"line (\d+), in {re.escape(function)}\b", where)
    return int(found[1]) if found else 0


def _copied(value: Any) -> Any:
    """Copies of arrays, in whatever holds them."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_copied(item) for item in value]
    if isinstance(value, tuple):
        items = [_copied(item) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    return value


def weight(wrong: Wrong) -> int:
    """How much is wrong on a trial; that it raises is the most."""
    return 1000 if wrong is None else len(wrong)


def names(wrong: Sequence[Wrong]) -> set[str]:
    """All names that are wrong somewhere; where it raises, that is wrong as well."""
    found: set[str] = set()
    for one in wrong:
        found |= {""} if one is None else one
    return found
