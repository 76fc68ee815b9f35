"""An array that is zero for everybody says nothing about where a function is right."""

import numpy as np
import pytest

from autograder.engine.locate.case import Case, Pair
from autograder.engine.locate.instances import instances


def told(first_right):
    """What is said where the array is right for T = 1 alone, on two instances of each kind."""
    found = []
    for T, right in ((1, first_right), (1, first_right), (4, 2.0), (5, 2.0)):
        array = np.full(3, right)
        returned = array if T == 1 else array + 1
        wrong = frozenset() if T == 1 else frozenset({"dWf"})
        found.append(Case(f"T = {T}", {"dWf": returned}, {"dWf": array}, wrong, {"T": T, "m": 3}))
    return [s.text for s in instances([Pair(case, "dWf") for case in found], "dWf") if s.true]


@pytest.mark.parametrize(("first_right", "count"), [(1.0, 1), (0.0, 0)])
def test_zeros_are_no_evidence(first_right, count):
    said = told(first_right)
    assert len(said) == count, said
    assert all("right where T = 1" in sentence for sentence in said)
