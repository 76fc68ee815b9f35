"""Bug hunts: cases to name with ids from a list; one property a case, and no key in the package.

Students can read the package and every locked cell, so neither of them holds an answer. A hunt is
registered with its cases and its ids alone. The key stands in the hidden tests of the assignment,
one cell a case, and nowhere else outside the solution::

    # %% grade="answers_NN__names_case_A" points=2.5
    # answers_NN: names case A (2.5 points)
    ### BEGIN HIDDEN TESTS
    from autograder import grade
    grade("answers_NN__names_case_A", globals(), key="the-right-id")
    ### END HIDDEN TESTS
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import NotWritten, Student
from autograder.errors.words import article


def hunt(name: str, unit: str, cases: Sequence[str], ids: Sequence[str]) -> Exercise:
    """Register the exercise to name cases: a dict from their letters to ids, called `name`.

    Parameters
    ----------
    cases : sequence of str
        The keys of the dict, such as ``"ABCD"``.
    ids : sequence of str
        All ids that the assignment lists, in its order; guilty and innocent ones alike.
    """
    properties = tuple(
        Property(
            f"names_case_{letter}",
            f"names case {letter}",
            holds=Case(name, letter, tuple(cases), tuple(ids)),
        )
        for letter in cases
    )
    return register(Exercise(name, unit, no_trials, nothing, properties))


def keyed(exercise: Exercise, wanted: str, key: str) -> Exercise:
    """The exercise with one property alone, such as ``"names_case_A"``, compared with the key.

    Raises
    ------
    ValueError
        If the property is not one of a hunt, or the key is none of its ids.
    """
    for known in exercise.properties:
        if known.name == wanted and isinstance(known.holds, Case):
            case = known.holds
            if key not in case.ids:
                has = ", ".join(case.ids)
                raise ValueError(f"{key!r} is no id of {exercise.name}, which has {has}")
            return replace(exercise, properties=(replace(known, holds=replace(case, key=key)),))
    raise ValueError(f"{exercise.name}__{wanted} is no case of a bug hunt: it takes no key")


@dataclass(frozen=True)
class Case:
    """Test one answer of the dict `name`; without a key only whether it is an id of the list."""

    name: str
    letter: str
    letters: tuple[str, ...]
    ids: tuple[str, ...]
    key: str | None = None

    def __call__(self, student: Student, rng: np.random.Generator) -> None:
        named = self._named(student)
        if self.key is None:
            told = "this is an id of the list; whether it is the right one is told when graded"
            raise NotWritten(self.name, told)
        if named != self.key:
            raise Wanting(f"`{self.name}` says {named} at {self.letter}; it is something else")

    def _named(self, student: Student) -> str:
        """The id at this letter, if it is in the list and stands at no other letter."""
        found = student.namespace.get(self.name)
        if found is None:
            raise NotWritten(self.name, f"`{self.name}` is not written yet")
        if not isinstance(found, Mapping):
            kind, letters = article(type(found).__name__), _row(self.letters)
            raise Wanting(f"`{self.name}` is {kind}, expected a dict with {letters}")
        answers = {str(letter).strip(): id for letter, id in found.items()}
        if self.letter not in answers:
            raise Wanting(f"`{self.name}` has no entry for {self.letter}")
        named = _plain(answers[self.letter])
        known = {_plain(id): id for id in self.ids}  # an id may hold a capital letter: divide-by-T
        if named not in known:
            raise Wanting(self._unknown(answers[self.letter]))
        same = [x for x in self.letters if x in answers and _plain(answers[x]) == named]
        if len(same) > 1:
            raise Wanting(f"{_row(same)} have the same id, {named}; no two cases have the same")
        return known[named]

    def _unknown(self, written: Any) -> str:
        near = get_close_matches(_plain(written), self.ids, n=3, cutoff=0.5)
        told = f"nearest to it: {', '.join(near)}" if near else f"it has {', '.join(self.ids)}"
        return f"{written!r} is no id of the list; {told}"


def _plain(id: Any) -> str:
    """An id as the list writes it, also from ``Sign_Flip``."""
    return str(id).strip().strip("`").casefold().replace("_", "-").replace(" ", "-")


def _row(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
