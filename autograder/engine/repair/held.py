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
        self._findings, self._seed, self.seconds = findings, seed, 0.0

    def returned(self, function: FunctionType) -> dict[str, Any] | None:
        """Nothing is known of what its calls return."""
        return None

    def own(self, function: FunctionType) -> Wrong:
        """The same of the student's own function."""
        return self.wrong(function)

    def wrong(self, function: FunctionType) -> Wrong:
        """Return the property's name if it does not hold of a function."""
        other = with_function(self._student, self._name, function)
        other.hurry(CALL_SECONDS)  # a changed loop may have become endless
        findings = Findings(self._findings.outcomes)
        rng, began = np.random.default_rng([self._seed, 1]), time.process_time()
        try:
            with in_place(self._name, function):
                verdict, _ = self._property.judge(self._name, findings, other, rng)
        except Exception:  # a changed function may do anything
            return None
        self.seconds = time.process_time() - began
        return frozenset() if verdict.status == "passed" else frozenset([self._property.name])
