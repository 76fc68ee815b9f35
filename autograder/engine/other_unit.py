"""Where two units ask for a function of one name: its first line tells which one was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import Any

from autograder.engine.exercise import EXERCISES, Exercise
from autograder.engine.signatures import same_line, signature_of
from autograder.errors.arguments import signature

#: What `autograder.errors.arguments` says of a function whose call was refused.
_TAKES = re.compile(r"^Your function `(\w+)` takes [^(]*(\([\w, ]+\))")


def by_first_line(
    function: Callable[..., Any], exercise: Exercise, namespace: Container[str]
) -> Exercise:
    """The exercise that asks for a function with these arguments.

    `exercise` is the one that the names of the notebook tell. It stands where the notebook belongs
    to its unit, and where no other unit asks for such arguments.
    """
    takes = signature(function)
    if takes is None or exercise.beside in namespace:
        return exercise
    unit = same_line(takes.name, f"({', '.join(takes.names)})")
    found = (e for e in EXERCISES.values() if (e.name, e.unit) == (takes.name, unit))
    meant = next(found, exercise)
    # where a function tells the units apart, none can be put there that is not the student's
    return meant if meant.beside and meant.beside not in EXERCISES else exercise


def of_another_unit(unit: str, told: str) -> str:
    """Say that the function whose call was refused is that of another unit; else nothing.

    Parameters
    ----------
    unit : str
        The unit that is checked.
    told : str
        The sentence on the refused call.
    """
    match = _TAKES.match(told)
    other = same_line(*match.groups()) if match else ""
    if match is None or other in ("", unit):
        return ""
    name, arguments = match.groups()
    return (
        f" Yours is the `{name}{arguments}` of assignment {other}; this is assignment {unit}, and "
        f"asks for `{signature_of(name, unit)}`."
    )


def checked_as(name: str, unit: str, other: str) -> str:
    """Say that a function was checked as that of `unit`, where `other` has one of this name too."""
    return (
        f"This is the `{signature_of(name, unit)}` of assignment {unit}, and it is checked as that "
        f"one; assignment {other} asks for `{signature_of(name, other)}`."
    )
