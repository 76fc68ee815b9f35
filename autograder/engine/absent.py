"""What is not there, a function or an exercise: why, if that is known, and what is spelt "
"nearly so."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from autograder.engine.signatures import SIGNATURES
from autograder.errors.words import describe, near, some


def missing(name: str, namespace: Any) -> str:
    """Say that there is no such function.

    A grader's namespace knows all functions of the notebook (`functions`) and what became of cells
    that should define one (`broken`); a notebook knows the cells that have run (``In``).
    """
    told = f"there is no function called `{name}`"
    graded = hasattr(namespace, "broken")
    broken = namespace.broken.get(name) if graded else _ran(name, namespace)
    if broken:
        return f"{told}: {broken}"
    known = namespace.functions() if graded else _functions(namespace)
    spelt = near(name, (one for one in known if one not in SIGNATURES))
    if spelt:
        return f"{told}; spelt nearly so is {some([f'`{one}`' for one in spelt])}"
    return f"{told}: {'no cell of the notebook defines one' if graded else 'run its cell first'}"


def _ran(name: str, namespace: Mapping[str, Any]) -> str:
    """What is known of a function whose cell has run."""
    cells = namespace.get("In")
    if isinstance(cells, list) and any(
        isinstance(cell, str) and re.search(rf"^(def|class) {name}\b", cell, re.M) for cell in cells
    ):
        return (
            "its cell has run, but stopped before it defined one, or the name was taken away again"
        )
    return ""


def _functions(namespace: Mapping[str, Any]) -> list[str]:
    return [n for n, value in namespace.items() if not n.startswith("_") and callable(value)]


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
    here = [one for one in exercises if callable(namespace.get(one))]
    return f"{told}; the exercises are {some(here or list(exercises), most=14)}"
