"""What students and hidden tests call: `check` and `grade`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from autograder.engine.bug_hunt import keyed
from autograder.engine.evaluate import VISIBLE_SEED as VISIBLE_SEED
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.numeric_answer import watched
from autograder.engine.report.verdict import CheckFailed, Report
from autograder.engine.student import Student
from autograder.units import EXERCISES, Exercise
from autograder.units import defined_below as below


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
    ValueError
        If no exercise has this function's name.
    """
    name = getattr(function, "__name__", type(function).__name__)
    if name not in EXERCISES:
        known = ", ".join(EXERCISES)
        raise ValueError(f"there is no exercise called {name!r}; the exercises are {known}")
    namespace = {**getattr(function, "__globals__", {}), name: function}
    exercise = exercise_of(name, namespace)
    report = evaluate(exercise, Student(namespace), VISIBLE_SEED)
    warned = below.warning(name, exercise.unit, namespace)
    return replace(report, note=f"{warned} {report.note}".strip()) if warned else report


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
    memory = getattr(namespace, "memory", None)
    if key is None:
        report = _report(exercise, namespace, seed, memory).only(name)
    else:
        exercise = keyed(exercise, name.partition("__")[2], key)
        report = _report(exercise, namespace, seed, None)
    if memory is not None and (report.diagnosis or report.advice):
        told = (report.function, report.note, report.diagnosis, report.advice)
        report = replace(report, again=memory.has_told(told))
    _show(report)
    if not report.passed:
        raise CheckFailed(report)


def _report(exercise: Exercise, namespace: Mapping[str, Any], seed: int, memory: Any) -> Report:
    """The report on a function; the cells of its other properties need not run it again.

    In a notebook, which has no memory, nothing is kept: a cell may redefine a function.
    """

    def make() -> Report:
        student = Student(namespace, watched(exercise))
        # in a grader's namespace each student has instances of their own
        own = namespace.own_seed(seed) if hasattr(namespace, "own_seed") else seed
        return evaluate(exercise, student, own, visible=False, common=seed)

    if memory is None:
        return make()
    report: Report = memory.once((exercise.unit, exercise.name, seed), make)
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
    near = [other for other in names() if other.startswith(function)] or sorted(EXERCISES)
    raise KeyError(f"there is no check {name!r}; there are {', '.join(near)}")


def _show(report: Report) -> None:
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        print(report)
        return
    if get_ipython() is None:
        print(report)
    else:
        display(report)  # type: ignore[no-untyped-call]
