"""The exercise of unit 10: a dict of names, a property for each case.

Which name is right is told by `autograder.concept_keys.clinic`. What students install holds no such
part: there a check looks at the form of an answer alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from autograder.concepts import NoStudent
from autograder.concepts.clinic import CLINIC, numbers, patient_of
from autograder.engine.bug_hunt import listed, nearest
from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import NotWritten, Student


@dataclass(frozen=True)
class Named:
    """Test the name that a student gives to one case."""

    number: int

    def __call__(self, student: Student, rng: np.random.Generator) -> None:
        found = student.namespace.get(CLINIC)
        if found is None:
            raise NotWritten(CLINIC, f"`{CLINIC}` is not written yet")
        try:
            patient = patient_of(self.number, found)
        except NoStudent as error:
            raise Wanting(str(error)) from None
        named = self._named(found, patient.ids)
        if find_spec("autograder.concept_keys") is None:
            form = f"{named} is an id of case {self.number}; whether it is the right one is told"
            raise NotWritten(CLINIC, f"{form} when graded")
        from autograder.concept_keys.clinic import judged

        right, words = judged(self.number, patient.place, named)
        if not right:
            raise Wanting(f"case {self.number} is something else: {words}")

    def _named(self, answers: Mapping[Any, Any], ids: list[str]) -> str:
        """The id that stands at this case."""
        for key, written in answers.items():
            if str(key).strip().casefold() not in (str(self.number), f"case {self.number}"):
                continue
            if written is None or written is Ellipsis:
                break
            named = listed(written, ids)
            if named is None:
                told = nearest(written, ids)
                raise Wanting(f"{written!r} is no id of case {self.number}; {told}")
            return named
        raise Wanting(f"`{CLINIC}` has no answer to case {self.number}")


register(
    Exercise(
        CLINIC,
        "10",
        no_trials,
        nothing,
        tuple(
            Property(f"names_case_{number}", f"names case {number}", holds=Named(number))
            for number in numbers()
        ),
    )
)
