"""What students call when they are stuck: `hint`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from autograder.console import print_anywhere
from autograder.engine.absent import no_exercise
from autograder.engine.exercise import EXERCISES, Exercise, exercise_of
from autograder.engine.hints import STEPS
from autograder.errors.words import describe
from autograder.suite import NoExercise, asked_for
from autograder.units.hints import hints_for, key_of

#: How many hints were given for a function since the kernel was started.
_GIVEN: dict[tuple[str, str], int] = {}


@dataclass(frozen=True)
class Hint:
    """One hint, shown as the last line of a cell, or printed.

    Attributes
    ----------
    function : str
    step : int
        1, 2 or 3.
    text : str
    call : str
        How it was asked for: ``hint(f)``.
    """

    function: str
    step: int
    text: str
    call: str

    @property
    def _head(self) -> tuple[str, str]:
        return self.function, f"hint {self.step} of {len(STEPS)}, {STEPS[self.step - 1]}"

    @property
    def _foot(self) -> str:
        if self.step < len(STEPS):
            return f"The same call again gives {STEPS[self.step]}."
        return f"That was the last one. {self.call[:-1]}, 1) begins anew."

    def __repr__(self) -> str:
        return f"{': '.join(self._head)}\n\n{self.text}\n\n{self._foot}"

    def _repr_html_(self) -> str:
        name, step = map(escape, self._head)
        frame = "border-left:4px solid #0072B2;padding-left:.8em;max-width:46em"
        text = "<br>".join(escape(line) for line in self.text.split("\n"))
        return (
            f'<div style="{frame}"><p><b><code>{name}</code></b>: {step}</p>'
            f'<p>{text}</p><p style="opacity:.75">{escape(self._foot)}</p></div>'
        )


def hint(function: Callable[..., Any] | str, step: int | None = None) -> Hint:
    """Give the next hint for a function that you write: a question, a formula, a worked case.

    Parameters
    ----------
    function : callable or str
        The function, ``hint(linear_backward)``, or its name: what is no function, such as the
        answers of a bug hunt, has no other way to be named. It need not be written yet.
    step : int, optional
        1, 2 or 3, for one of the three. Without it each call gives the next one, and after the
        last it is the last.

    Returns
    -------
    Hint

    Raises
    ------
    NoExercise
        A ValueError, if no exercise has this name, there are no hints for it, or no such step.
    """
    exercise = _meant(function, sys._getframe(1).f_globals)
    print_anywhere()
    texts = hints_for(exercise)
    if texts is None:
        raise NoExercise(f"there are no hints for {exercise.name}; check and example can be asked")
    if step is not None and step not in range(1, len(STEPS) + 1):
        raise NoExercise(f"hint {step!r} was asked for; there are 1, 2 and 3: {', '.join(STEPS)}")
    given = step or _next(exercise)
    _GIVEN[exercise.unit, key_of(exercise)] = given
    asked = f'"{function}"' if isinstance(function, str) else exercise.name
    return Hint(exercise.name, given, texts[given - 1], f"hint({asked})")


def _meant(named: Callable[..., Any] | str, around: Mapping[str, Any]) -> Exercise:
    """The exercise of a function, or of a name, in a notebook that has the names of `around`."""
    if callable(named):
        return asked_for(named, around)[0]
    if not isinstance(named, str):
        raise NoExercise(
            "hint takes a function, as in hint(linear_backward), or its name, as in "
            f'hint("answers_04"); it was given {describe(named)}'
        )
    if named not in EXERCISES:
        known = [exercise.name for exercise in EXERCISES.values()]
        raise NoExercise(no_exercise(_meant, named, around, known))
    return exercise_of(named, around)


def _next(exercise: Exercise) -> int:
    return min(_GIVEN.get((exercise.unit, key_of(exercise)), 0) + 1, len(STEPS))
