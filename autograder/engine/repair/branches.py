"""A mistake in each of several branches, as of one activation and of another."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.engine.exercise import Exercise
from autograder.engine.repair.found import Repair
from autograder.engine.repair.search import Search
from autograder.engine.repair.source import Source, source_of
from autograder.engine.repair.trials import Tried, Wrong
from autograder.engine.student import Student

#: On so many examples of a branch at least a change has to be right.
_LEAST = 2


def in_branches(
    exercise: Exercise, student: Student, trials: Sequence[Tried], seconds: float
) -> tuple[Repair, ...]:
    """Return the changes with which all is right where an argument is one word, or another.

    Each word has a search of its own, on the examples with that word; they share half of the time.
    All changes together may make nothing wrong elsewhere: else the lines are those of no branch.
    """
    source = source_of(student.namespace.get(exercise.name))
    if source is None:
        return ()
    before = [one.wrong(source.function) for one in trials]
    for place, words in _words(trials):
        found = list(_of_each(source, trials, place, words, seconds / 2 / len(words)))
        for repair in found:
            repair.change.apply()
        made = source.made() if found else None
        after = [one.wrong(made) for one in trials] if made is not None else []
        mended = {repair.word for repair in found}
        if after and all(
            now == frozenset() if one.trial.args[place] in mended else _no_worse(now, then)
            for one, now, then in zip(trials, after, before, strict=True)
        ):
            return tuple(found)
        if found:
            return ()
    return ()


def _of_each(
    source: Source, trials: Sequence[Tried], place: int, words: Sequence[str], seconds: float
) -> Iterator[Repair]:
    """Yield the change for each word, if there is one; the tree stays as it is."""
    name = list(inspect.signature(source.function).parameters)[place]
    for word in words if len(words) > 1 else ():
        own = [one for one in trials if one.trial.args[place] == word]
        if len(own) >= _LEAST:
            first = next(Search(source, own, seconds, lambda made: True).found(), None)
            if first is not None and first.whole:
                # what does as well for one word may stand in a line of all of them
                alone = replace(first.change, besides="")
                yield replace(first, change=alone, where=f"`{name}` is {word!r}", word=word)


def _no_worse(now: Wrong, then: Wrong) -> bool:
    return then is None or (now is not None and now <= then)


def _words(trials: Sequence[Tried]) -> Iterator[tuple[int, list[str]]]:
    """Yield the places of arguments that are words, with the words that stood there."""
    for place in range(min(len(one.trial.args) for one in trials)):
        held = [one.trial.args[place] for one in trials]
        if all(isinstance(word, str) for word in held):
            yield place, list(dict.fromkeys(held))
