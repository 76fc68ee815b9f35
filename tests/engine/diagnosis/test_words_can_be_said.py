"""Words of a mistake are entered for a function, a family, a form or an argument that there is."""

import numpy as np
import pytest

from autograder.engine.diagnosis.forms import Form
from autograder.engine.student import Student
from autograder.units import CATALOGUE, EXERCISES
from tests.helpers.solved import solved


@pytest.fixture(scope="module")
def details():
    """The details of each entry: those of its forms, and those of the relatives in the trials."""
    found = {id: {form.detail for form in CATALOGUE.of(id)} for id in CATALOGUE}
    for exercise in EXERCISES.values():
        student = Student(solved(exercise.unit)[0])
        for trial in exercise.trials(student, np.random.default_rng(5)):
            for relative in trial.relatives:
                found[relative.id].add(relative.detail)
    return found


def test_the_function_or_the_family_is_there():
    families = {family for form in CATALOGUE.forms(Form) for family in form.on}
    for id, where, _ in CATALOGUE.entered():
        function, beside, family = where.partition(" beside ")
        assert function in EXERCISES or (where in families and not beside), (id, where)
        assert not beside or family in families, (id, where)


def test_the_form_or_the_place_of_the_argument_is_there(details):
    asked = [(id, of) for id, _, of in CATALOGUE.entered() if of]
    assert asked
    assert [(id, of) for id, of in asked if not of.isdigit() and of not in details[id]] == []
