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
        return (
            "check takes the function itself, without brackets, as in check(linear_backward); "
            "it was "
            f"given {describe(given)}, which is what a call gives back"
        )
    told = (
        f"there is no exercise called {name!r}" if name else "there is no exercise for this object"
    )
    spelt = near(name, exercises)
    if spelt:
        return f"{told}; did you mean {some(spelt, 'or')}?"
    # two exercises of one name are told apart by a parameter: the name is said once
    here = [one for one in dict.fromkeys(exercises) if callable(namespace.get(one))]
    return f"{told}; the exercises are {some(here or list(exercises), most=14)}"
