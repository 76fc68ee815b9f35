"""Every empty answer against every unit: none earns a point.

    python -m pytest tests/cheats/test_points_for_nothing.py -rP

prints what each would have earned: in all functions at once, and in each alone beside right ones.
"""

import warnings

import numpy as np
import pytest

from autograder.engine.judgement import VISIBLE_SEED

from .answers import BARE, CHANCE, FORMED
from .units import UNITS, asked, by_itself, functions, points, solved, worth

#: Those that are tried in each function alone as well, beside right ones: the others differ from
#: these in their numbers alone.
ALONE = ("None", "{}", "raise ValueError", "the first argument", "its arguments")
ALONE += ("zeros", "arguments", "an earlier answer")
#: Right as it stands: db of one example is dz itself.
RIGHT = {("arguments", "vjp_linear__db_matches_numeric_gradient")}
#: What an optimiser remembers starts with zeros.
RIGHT |= {
    ("zeros", f"{name}__{check}")
    for name in ("initialize_velocity", "initialize_adam")
    for check in ("holds_zeros", "each_entry_is_an_array_of_its_own")
}
#: Any inputs of the right form do stop some impostors; what they do not show is a seed.
CASES = "make_test__kills_"


def written(unit):
    """The functions and classes to write; what is to be named, as a bug, has no form."""
    right = solved(unit)
    return [name for name in functions(unit) if callable(right[name])]


def cheated(unit, cheat, chosen):
    """The solved notebook with an empty answer in the place of these functions."""
    right, names, make = solved(unit), solved(unit), {**BARE, **FORMED}[cheat]
    for name in chosen:
        names[name] = make(right[name])
    if cheat == "an earlier answer":
        for name in chosen:
            asked(names, name, VISIBLE_SEED)
    return names


def together(unit, cheat):
    names = cheated(unit, cheat, written(unit))
    for name in set(functions(unit)) - set(written(unit)):
        names.pop(name)
    return points(unit, names, searched=cheat not in CHANCE)


def apart(unit, cheat):
    found = {}
    for name in written(unit) if cheat in ALONE else ():
        if by_itself(unit, name):  # the same as where all the others are cheated too
            continue
        found |= points(unit, cheated(unit, cheat, [name]), [name])
    return found


def is_right(unit, cheat, check):
    return (cheat, check) in RIGHT or check.startswith(CASES)


@pytest.mark.parametrize("unit", UNITS)
def test_the_solved_notebook_has_all_points(unit):
    assert points(unit, solved(unit)) == worth(unit)


@pytest.mark.parametrize("unit", UNITS)
def test_an_empty_answer_earns_nothing(unit):
    print(f"unit {unit}, of {sum(worth(unit).values()):g} points: all functions, each alone")
    earned = {}
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        for cheat in (*BARE, *FORMED):
            both = together(unit, cheat), apart(unit, cheat)
            print(f"  {cheat:22}", *(f"{sum(found.values()):6g}" for found in both))
            for check in {**both[0], **both[1]}:
                if not is_right(unit, cheat, check):
                    earned[cheat, check] = worth(unit)[check]
    assert earned == {}


def test_there_are_enough_of_them():
    assert len(BARE) + len(FORMED) >= 30
    assert set(UNITS) == {
        "00",
        "01",
        "02",
        "03",
        "03b",
        "04",
        "04r",
        "05",
        "06a",
        "06b",
        "07",
        "07b",
        "08",
        "08r",
        "09",
        "10",
        "10b",
        "11",
        "11r",
        "12",
        "13",
    }
