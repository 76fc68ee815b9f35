"""The assignments that ask again what earlier units taught: a dict of answers, a property each.

The right answers are computed in `autograder.concept_keys`. What students install holds no such
part: there a check looks at the form of an answer alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any

import numpy as np

from autograder.concepts import RECALLS, NoStudent
from autograder.concepts.answers import NoAnswer, read
from autograder.concepts.clinic import CLINIC
from autograder.concepts.recall import drawn, student_of
from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import NotWritten, Student

#: After which unit each one comes: its assignment is called ``04r_recall``.
UNITS = {"recall_1": "04r", "recall_2": "08r", "recall_3": "11r"}
#: What has its questions judged one at a time.
ONE_BY_ONE = (*RECALLS, CLINIC)


@dataclass(frozen=True)
class Answered:
    """Test the answer to one question of a recall."""

    recall: str
    number: int

    def __call__(self, student: Student, rng: np.random.Generator) -> None:
        found = student.namespace.get(self.recall)
        if found is None:
            raise NotWritten(self.recall, f"`{self.recall}` is not written yet")
        try:
            who = student_of(self.recall, found)
        except NoStudent as error:
            raise Wanting(str(error)) from None
        question, asked = drawn(self.recall, who)[self.number - 1]
        written = self._written(found)
        told = f"question {self.number} (unit {question.unit})"
        try:
            answer = read(asked, written)
        except NoAnswer as error:
            raise Wanting(f"{told}: {error}") from None
        if find_spec("autograder.concept_keys") is None:
            form = f"the answer to {told} has the right form; whether it is right is told when"
            raise NotWritten(self.recall, f"{form} graded")
        from autograder.concept_keys import judged

        right, id = judged(question, asked, answer)
        if not right:
            other = f"is not the answer; lesson {question.unit} has it"
            what = "is the answer to another question" if id else other
            raise Wanting(f"{told}: {written!r} {what}", id)

    def _written(self, answers: Mapping[Any, Any]) -> Any:
        for key, written in answers.items():
            if str(key).strip().casefold() in (str(self.number), f"question {self.number}"):
                if written is None or written is Ellipsis:
                    break
                return written
        raise Wanting(f"`{self.recall}` has no answer to question {self.number}")


def alone(exercise: Exercise, wanted: str) -> Exercise:
    """A recall with one question: what the answer to one shows says nothing of the others."""
    return replace(exercise, properties=tuple(p for p in exercise.properties if p.name == wanted))


for _recall, _units in RECALLS.items():
    register(
        Exercise(
            _recall,
            UNITS[_recall],
            no_trials,
            nothing,
            tuple(
                Property(
                    f"answers_question_{number}",
                    f"answers question {number}, on unit {unit}",
                    holds=Answered(_recall, number),
                )
                for number, unit in enumerate(_units, 1)
            ),
        )
    )
