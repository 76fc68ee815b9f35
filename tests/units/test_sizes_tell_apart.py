"""No size stands for another one, or for a number, on all instances of an exercise.

Where the width were the height plus 1 on every instance, who writes H + 1 for W would pass.
"""

from itertools import combinations

import numpy as np
import pytest

from autograder.engine.student import Student
from autograder.units import EXERCISES
from tests.helpers.solved import solved

#: A step alone has no others beside it; on the way back eps stands in the cache.
ALONE = {"T_x", "T", "given"}
#: Those with instances whose sizes are told.
NAMES = [key for key, one in EXERCISES.items() if not key.startswith("answers")]


def sizes_of(key):
    exercise = EXERCISES[key]
    names = dict(solved(exercise.unit)[0])
    trials = exercise.trials(Student(names), np.random.default_rng(3))
    return [dict(one.sizes) for one in trials if one.sizes and not one.diagnostic]


#: So many exercises tell their sizes on several instances, at least.
LEAST = 50


def test_sizes_are_told():
    assert sum(len(sizes_of(key)) > 1 for key in NAMES) >= LEAST


@pytest.mark.parametrize("key", NAMES)
def test_sizes_are_told_apart(key):
    sizes = sizes_of(key)
    if len(sizes) < 2:
        return
    letters = sorted(set.intersection(*map(set, sizes)))
    for a, b in combinations(letters, 2):
        assert len({one[a] - one[b] for one in sizes}) > 1, f"{a} is {b} and a number"
        ratios = {one[a] / one[b] for one in sizes if one[b]}
        assert len(ratios) > 1, f"{a} is a multiple of {b}"
    assert {a for a in letters if len({one[a] for one in sizes}) == 1} <= ALONE
