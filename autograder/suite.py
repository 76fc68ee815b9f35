"""What students and hidden tests call: `check`, `example` and `grade`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from autograder.console import print_anywhere
from autograder.engine.absent import no_exercise
from autograder.engine.bug_hunt import keyed
from autograder.engine.check_session import session_of
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.given_callee import note_standing
from autograder.engine.judgement import VISIBLE_SEED as VISIBLE_SEED
from autograder.engine.locate.example import arguments_of
from autograder.engine.numeric_answer import watched
from autograder.engine.other_unit import by_first_line, checked_as
from autograder.engine.report.report import CheckFailed, Report
from autograder.engine.signatures import SIGNATURES
from autograder.engine.student import Student
from autograder.errors.words import near, some
from autograder.observe import unwrapped
from autograder.units import EXERCISES, Exercise, defined_below
from autograder.units.recall import ONE_BY_ONE, alone


class NoExercise(ValueError):
    """What was to be checked is no exercise's function; shows its message and no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"ValueError: {self}"]


def check(function: Callable[..., Any]) -> Report:
    """Check a function that you wrote, on visible examples.

    Parameters
    ----------
    function : callable
        The function itself: ``check(linear_backward)``. Functions that it builds on are taken
        from the notebook it was written in.

    Returns
    -------
    Report
        Shown as a table where it is the last line of a cell; printed, it is plain text.

    Raises
    ------
    NoExercise
        A ValueError, if no exercise has this function's name.
    KeyboardInterrupt
        If it was stopped: nothing more is called then.
    """
    exercise, namespace, noted = asked_for(function, sys._getframe(1).f_globals)
    print_anywhere()  # a script may print the report to where there is no check mark
    report = evaluate(exercise, Student(namespace), VISIBLE_SEED)
    warned = defined_below.warning(exercise.name, exercise.unit, namespace)
    notes = [note for note in (noted, warned, report.note) if note]
    return replace(report, note=" ".join(notes)) if noted or warned else report


def example(function: Callable[..., Any]) -> tuple[Any, ...]:
    """Return the arguments of the smallest visible instance on which a function of yours fails.

    Parameters
    ----------
    function : callable
        The function itself.

    Returns
    -------
    tuple
        New arrays at each call; caches are made by your own forward functions. So
        ``linear_backward(*example(linear_backward))`` calls it. Of a function that fails nowhere,
        the arguments of the first instance.

    Raises
    ------
    NoExercise
        A ValueError, if no exercise has this function's name, or no check calls it by itself.
    """
    exercise, namespace, _ = asked_for(function, sys._getframe(1).f_globals)
    arguments = arguments_of(exercise, Student(namespace), VISIBLE_SEED)
    if arguments is None:
        raise NoExercise(
            f"there is no example for {exercise.name}: its check calls it through other functions, "
            "and says in words on which it fails"
        )
    return arguments


def asked_for(
    function: Callable[..., Any], around: Mapping[str, Any]
) -> tuple[Exercise, dict[str, Any], str]:
    """The exercise of a function, the names that it is checked with, and what to note."""
    inner = unwrapped(function)
    name = getattr(function, "__name__", getattr(inner, "__name__", ""))
    own = getattr(inner, "__globals__", {})
    if name not in EXERCISES:
        seen = own if callable(function) else around
        raise NoExercise(no_exercise(function, name, seen, [e.name for e in EXERCISES.values()]))
    # a function of the student's own module finds there what the notebook has not imported
    notebook = around if around.get("__name__") == "__main__" else {}
    namespace = {**notebook, **own, name: function}
    exercise = exercise_of(name, namespace)
    meant = by_first_line(inner, exercise, namespace)
    if meant is exercise:
        return exercise, namespace, ""
    noted = checked_as(name, meant.unit, exercise.unit)
    return meant, {**namespace, meant.beside: True}, noted


def grade(name: str, namespace: Mapping[str, Any], seed: int = 0, key: str | None = None) -> None:
    """Run one named check on instances of a seed: what a hidden test calls.

    Shows the verdict, and raises where the check does not hold.

    Parameters
    ----------
    name : str
        ``function__property``.
    namespace : mapping
        The student's functions by name: ``globals()``, or remote callables.
    seed : int
    key : str, optional
        The right id of a case of a bug hunt, which no module of the package holds.

    Raises
    ------
    CheckFailed
        If the property does not hold.
    KeyError
        If there is no such check.
    """
    describe(name)
    exercise = exercise_of(name.partition("__")[0], namespace)
    session = session_of(namespace)
    if key is None and exercise.name not in ONE_BY_ONE:
        # the cells of a function's other properties need not run it again
        made = session.once(
            (exercise.unit, exercise.name, seed), lambda: _report(exercise, namespace, seed)
        )
        report: Report = made.only(name)
    else:
        one = name.partition("__")[2]
        exercise = alone(exercise, one) if key is None else keyed(exercise, one, key)
        report = _report(exercise, namespace, seed)
    if report.diagnosis or report.advice:
        told = (report.function, report.note, report.diagnosis, report.advice)
        report = replace(report, again=session.has_told(told))
    session.show(report)
    if not report.passed:
        raise CheckFailed(report)


def _report(exercise: Exercise, namespace: Mapping[str, Any], seed: int) -> Report:
    student = Student(namespace, watched(exercise))
    report = evaluate(exercise, student, student.session.seed(seed), visible=False, common=seed)
    whole = exercise is exercise_of(exercise.name, namespace)
    if whole and exercise.name not in student.unwritten:
        note_standing(exercise, student, report.passed)
    return report


def names() -> list[str]:
    """All checks, ``function__property``, in the order of the units."""
    return [f"{e.name}__{p.name}" for e in EXERCISES.values() for p in e.properties]


def describe(name: str) -> str:
    """One sentence on a check, as the learner reads it.

    Raises
    ------
    KeyError
        If there is no such check; the message names the nearest ones.
    """
    function, _, wanted = name.partition("__")
    for exercise in EXERCISES.values():
        for known in exercise.properties:
            if (exercise.name, known.name) == (function, wanted):
                return f"{function}: {known.sentence}"
    own = [other for other in names() if other.startswith(f"{function}__")]
    begun = [other for other in own if wanted and other.startswith(name)]
    spelt = near(wanted, (other.partition("__")[2] for other in own))
    meant = begun or [f"{function}__{one}" for one in spelt] or own
    if not meant:
        meant = [n for n in names() if n.partition("__")[0] in near(function, SIGNATURES)]
    told = f"; there are {some(meant, most=12)}" if meant else ""
    raise KeyError(f"there is no check {name!r}{told}")
