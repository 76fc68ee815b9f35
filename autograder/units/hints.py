"""The hints of all units, found by their exercises: each unit has them in its ``hints.py``.

Such a file holds ``HINTS``, by the keys of `EXERCISES`, and ``FAMILIES``, the families of graphs
for which the unit's contracts are written. It is read when the first hint is asked for.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.util import find_spec

from autograder import units
from autograder.engine.exercise import Exercise
from autograder.engine.hints import Hints


def place_of(exercise: Exercise) -> str:
    """Return the dotted name of the module in which the hints for an exercise belong."""
    names = (part.name for part in pkgutil.iter_modules(units.__path__) if part.ispkg)
    own = next((name for name in names if name.startswith(f"u{exercise.unit}_")), "")
    return f"{units.__name__}.{own or f'u{exercise.unit}_'}.hints"


def key_of(exercise: Exercise) -> str:
    """Return the name by which an exercise stands in ``HINTS``, as in the register."""
    return f"{exercise.name} beside {exercise.beside}" if exercise.beside else exercise.name


def hints_for(exercise: Exercise) -> tuple[str, str, str] | None:
    """Return question, formula and worked case for an exercise; None if it has none."""
    module = place_of(exercise)
    try:
        if find_spec(module) is None:
            return None
    except ModuleNotFoundError:  # a unit that is registered from elsewhere
        return None
    part = import_module(module)
    hints: Hints | None = part.HINTS.get(key_of(exercise))
    if hints is None:
        return None
    return hints.question, hints.formula or _contract(exercise, part.FAMILIES), hints.case


def _contract(exercise: Exercise, families: tuple[str, ...]) -> str:
    """The lines of the contract that make the arrays of this function."""
    for family in (*families, ""):
        if lines := units.CATALOGUE.contract(exercise.name, family):
            return "\n".join(dict.fromkeys(lines.values()))
    return ""
