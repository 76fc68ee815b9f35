"""Properties that are measured against a threshold have the same data for every student."""

from dataclasses import replace

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import Property
from autograder.engine.student import Student
from autograder.units import EXERCISES


@pytest.mark.parametrize(("common", "same"), [(7, True), (None, False)])
def test_only_the_instances_are_a_students_own(common, same):
    trials, measured = [], []

    def drawn(student, rng):
        trials.append(rng.random())
        return iter(())

    measure = Property("trains", "trains", holds=lambda student, rng: measured.append(rng.random()))
    exercise = replace(EXERCISES["L_layer_model"], trials=drawn, properties=(measure,), after=())
    for seed in (1, 2):
        assert evaluate(exercise, Student({}), seed, common=common).passed
    assert trials[0] != trials[1]
    assert (measured[0] == measured[1]) is same
