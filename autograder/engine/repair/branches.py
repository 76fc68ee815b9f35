"""A mistake in each of several branches, as of one activation and of another."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.engine.exercise import Exercise
from autograder.engine.repair.found import Repair
from autograder.engine.repair.search import Search
from autograder.engine.repair.source import source_of
from autograder.engine.repair.trials import Tried
from autograder.engine.student import Student

#: On so many examples of a branch at least a change has to be right.
_LEAST = 2


def in_branches(
    exercise: Exercise, student: Student, trials: Sequence[Tried], seconds: float
) -> tuple[Repair, ...]:
    """Return the changes with which all is right where an argument is one word, or another.

    Each word has a search of its own, on the examples with that word.
    """
    found: list[Repair] = []
    for place, words in _words(trials):
        for word in words if len(words) > 1 else ():
            source = source_of(student.namespace.get(exercise.name))
            own = [one for one in trials if one.trial.args[place] == word]
            if source is None or len(own) < _LEAST:
                continue
            name = list(inspect.signature(source.function).parameters)[place]
            changes = tuple(Search(source, own, seconds / len(words), lambda made: True).found())
            if len(changes) == 1 and changes[0].whole:
                found.append(replace(changes[0], where=f"`{name}` is {word!r}"))
        if found:
            break
    return tuple(found)


def _words(trials: Sequence[Tried]) -> Iterator[tuple[int, list[str]]]:
    """Yield the places of arguments that are words, with the words that stood there."""
    for place in range(min(len(one.trial.args) for one in trials)):
        held = [one.trial.args[place] for one in trials]
        if all(isinstance(word, str) for word in held):
            yield place, list(dict.fromkeys(held))
