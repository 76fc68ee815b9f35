"""No small change of a reference solution passes its checks, but for those listed with a reason."""

import pytest
from survivors import listed, survivors

from autograder.units import EXERCISES

UNITS = sorted({exercise.unit for exercise in EXERCISES.values()})


@pytest.mark.parametrize("unit", UNITS)
def test_every_survivor_is_listed_with_a_reason(unit):
    known = {name for name in listed() if name.startswith(f"{unit} ")}
    alive = set(survivors([unit], processes=1))
    assert alive - known == set(), "these changes pass every check of their unit"
    assert known - alive == set(), "these are listed, but a check stops them: take them off"


def test_each_reason_says_something():
    assert all(len(reason.split()) >= 5 for reason in listed().values())
