"""A numeric gradient in the place of a backward pass: told to the instructor, never punished."""

import numpy as np
import pytest

from autograder.engine import numeric_answer
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.numeric_answer import watched
from autograder.engine.report.html import html
from autograder.engine.report.text import text
from autograder.engine.student import Student
from autograder.units import EXERCISES
from tests import bank
from tests.helpers.solved import solved, with_cell

NUMERIC = """
def linear_backward(dZ, cache):
    def slopes(place):
        x, found = cache[place], np.zeros_like(cache[place])
        for i in np.ndindex(x.shape):
            ends = []
            for step in (STEP, -STEP):
                moved = x.copy()
                moved[i] += step
                A, W, b = (*cache[:place], moved, *cache[place + 1:])
                ends.append(FORWARD)
            found[i] = ((ends[0] - ends[1]) * dZ).sum() / (2 * STEP)
        return found
    m = dZ.shape[1]
    return slopes(0), slopes(1) / m, slopes(2) / m
"""


def report(names, function="linear_backward", seed=3):
    exercise = exercise_of(function, names)
    return evaluate(exercise, Student(names, watched(exercise)), seed, visible=False)


def numeric(forward, step):
    """Right functions, and a linear_backward by central differences of a forward pass."""
    names = {**bank.rights("columns")[0].namespace(), "np": np}
    exec(NUMERIC.replace("FORWARD", forward).replace("STEP", str(step)), names)
    return names


def test_as_many_forward_passes_as_entries_are_told():
    found = report(numeric("linear_forward(A, W, b)[0]", 1e-2))
    assert found.passed
    assert "calls linear_forward 106 times for gradients of 53 entries" in found.remark


@pytest.mark.parametrize("h", [1e-5, 1e-6, 1e-7])
def test_nine_digits_are_told(h):
    found = report(numeric("W @ A + b", h))
    assert found.passed
    assert "finite differences" in found.remark


def test_students_are_not_told():
    found = report(numeric("W @ A + b", 1e-5))
    assert "finite differences" not in text(found) + html(found)
    only = found.only("linear_backward__dW_matches_numeric_gradient")
    assert only.json()["remark"] == found.remark


UNITS = {"rows": "03", "hidden": "03b", "columns": "04", "rnn": "07", "rnn_rows": "07b"}
UNITS |= {"optimisers": "06b", "lstm": "09"}


@pytest.mark.parametrize("family", UNITS)
def test_no_right_implementation_is_remarked_on(family):
    wanted = [e for e in EXERCISES.values() if e.unit == UNITS[family]]
    for variant in bank.rights(family)[::3]:
        for exercise in wanted:
            if not exercise.name.startswith("answers"):
                found = report(variant.namespace(), exercise.name)
                assert found.remark == "", (variant.name, exercise.name)


def test_a_mistake_of_a_callee_is_no_numeric_gradient(monkeypatch):
    """What is right but for a function that it calls passes, and can be a thousand times off."""
    monkeypatch.setattr(numeric_answer, "EXACT", 0.0)  # all are measured once more
    right = solved("04")[1]["linear_backward"]
    wrong = right.replace("dA_prev = W.T @ dZ", "dA_prev = W.T @ dZ / m")
    assert wrong != right
    found = report(with_cell("04", wrong), "L_model_backward")
    assert found.passed
    assert found.remark == ""
