"""Each form of the catalogue meets each graph of its family: it applies, or it says None.

An error here would stop the report on a student's function, whatever the function is.
"""

import numpy as np
import pytest

from autograder.engine.diagnosis.forms import ForeignForm, Form
from autograder.engine.student import Student
from autograder.units import CATALOGUE, EXERCISES
from tests.helpers.solved import solved

SEED = 7


def problems(exercise):
    """Return the problems of an exercise's trials."""
    student = Student(solved(exercise.unit)[0])
    trials = exercise.trials(student, np.random.default_rng(SEED))
    return [trial.problem for trial in trials if trial.problem is not None]


@pytest.mark.parametrize("name", sorted(EXERCISES, key=str))
def test_each_form_applies_or_says_none(name):
    for problem in problems(EXERCISES[name]):
        facts = problem.graph.facts
        for form in CATALOGUE.forms(Form, facts.family):
            for scope in facts.scopes:
                edits = form.edits(problem, scope)
                assert edits is None or isinstance(edits, dict)
            if isinstance(form, ForeignForm):
                for claim in problem.claims:
                    predicted = form.predict(problem, claim, {})
                    assert predicted is None or isinstance(predicted, np.ndarray)
