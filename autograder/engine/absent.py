"""What is not there, a function or an exercise: why, if known, and what is spelt nearly so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from autograder.engine.check_session import CheckSession
from autograder.engine.signatures import SIGNATURES
from autograder.errors.words import describe, near, some


def missing(name: str, session: CheckSession) -> str:
    """Say that there is no such function."""
    told = f"there is no function called `{name}`"
    why = session.why_missing(name)
    if why:
        return f"{told}: {why}"
    spelt = near(name, (one for one in session.defined() if one not in SIGNATURES))
    if spelt:
        return f"{told}; spelt nearly so is {some([f'`{one}`' for one in spelt])}"
    return f"{told}: {session.advice()}"


def no_exercise(
    given: Any, name: str, namespace: Mapping[str, Any], exercises: Collection[str]
) -> str:
    """Say that `check` was given something that belongs to no exercise."""
    if not callable(given):
        return _no_function(given, namespace, exercises)
    told = (
        f"there is no exercise called {name!r}" if name else "there is no exercise for this object"
    )
    spelt = near(name, exercises)
    if spelt:
        return f"{told}; did you mean {some(spelt, 'or')}?"
    # two exercises of one name are told apart by a parameter: the name is said once
    here = [one for one in dict.fromkeys(exercises) if callable(namespace.get(one))]
    return f"{told}; the exercises are {some(here or list(exercises), most=14)}"


def _no_function(given: Any, namespace: Mapping[str, Any], exercises: Collection[str]) -> str:
    """Say what to do with answers, with a name, and with what a call gave back."""
    named = isinstance(given, str) and given in exercises
    held = (one for one in exercises if one in namespace and namespace[one] is given)
    meant = given if named else next(held, "")
    if meant and meant not in SIGNATURES and not callable(namespace.get(meant)):
        return (
            f"check looks at functions, and `{meant}` is none; what can be told of it before it is "
            "graded stands with the points, and the start page says how to see them"
        )
    told = "check takes the function itself, without "
    if named:
        return f"{told}quotation marks: check({meant})"
    return (
        f"{told}brackets, as in check(linear_backward); it was given {describe(given)}, which is "
        "what a call gives back"
    )
