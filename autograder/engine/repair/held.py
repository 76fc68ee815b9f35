"""A property that a check asks by calls of its own, as a trial of a changed function."""

from __future__ import annotations

import time
from types import FunctionType
from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Property
from autograder.engine.findings import Findings
from autograder.engine.repair.trials import CALL_SECONDS, Wrong
from autograder.engine.repair.whole import in_place, with_function
from autograder.engine.student import Student


class Held:
    """One property that does not hold."""

    raised_in = 0

    def __init__(
        self, exercise: Exercise, asked: Property, student: Student, findings: Findings, seed: int
    ):
        self._name, self._property, self._student = exercise.name, asked, student
        self._trouble, self._seed, self.seconds = Findings(findings.outcomes).trouble, seed, 0.0

    def returned(self, function: FunctionType) -> dict[str, Any] | None:
        """Nothing is known of what its calls return."""
        return None

    def own(self, function: FunctionType) -> Wrong:
        """The same of the student's own function."""
        return self.wrong(function)

    def wrong(self, function: FunctionType) -> Wrong:
        """Return the property's name if it does not hold of a function."""
        if self._trouble:
            return frozenset([self._property.name])
        assert self._property.holds is not None
        other = with_function(self._student, self._name, function)
        other.hurry(CALL_SECONDS)  # a changed loop may have become endless
        rng, began = np.random.default_rng([self._seed, 1]), time.process_time()
        try:
            with in_place(self._name, function):
                self._property.holds(other, rng)
        except Exception:  # a changed function may do anything; what is said of it nobody reads
            return frozenset([self._property.name])
        finally:
            self.seconds = time.process_time() - began
        return frozenset()
