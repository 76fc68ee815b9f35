"""One array beside the right one; and trials that are drawn once more before more is concluded."""

from __future__ import annotations

import numpy as np

from autograder.engine.finding import attempt
from autograder.engine.locate.again import again
from autograder.engine.locate.beside import beside
from autograder.engine.student import Student
from autograder.units import EXERCISES
from tests.helpers.solved import solved, with_cell

RIGHT = np.array([1.0, 2.5, 4.0])


def test_both_are_written_out_with_what_relates_them():
    told = beside("the gradient", 2 * RIGHT, RIGHT)
    assert told.startswith("the gradient is [2, 5, 8]; right is [1, 2.5, 4]. That is 2 times")
    assert beside("it", RIGHT.cumsum(), RIGHT).endswith(
        "the running sum of the right one over its entries"
    )


def test_of_numbers_that_nothing_relates_they_alone_are_told():
    assert (
        beside("it", np.array([0.3, 7.1, 2.2]), RIGHT)
        == "it is [0.3, 7.1, 2.2]; right is [1, 2.5, 4]"
    )


def test_large_arrays_are_not_written_out():
    large = np.arange(12.0)
    assert beside("it", -large, large).startswith(
        "it has other numbers than the right one. That is"
    )


def test_trials_are_drawn_again_with_the_same_sizes_and_other_numbers():
    exercise, student = EXERCISES["linear_backward"], Student(solved("04")[0])
    first, second = attempt(exercise, student, 1).outcomes, again(exercise, student)
    labels = [[outcome.trial.label for outcome in some] for some in (first, second)]
    assert labels[0] == labels[1][: len(labels[0])]
    one, other = (outcomes[0].trial.args[0] for outcomes in (first, second))
    assert one.shape == other.shape
    assert not np.array_equal(one, other)


def test_nothing_is_drawn_again_of_what_raises():
    raises = "def linear_backward(dZ, cache):\n    return dZ @ dZ @ dZ"
    assert again(EXERCISES["linear_backward"], Student(with_cell("04", raises))) == []
