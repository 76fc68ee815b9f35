"""Out of the sandbox too a function is judged with right ones in the places of those it calls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.report.report import Report
from autograder.engine.student import Student
from autograder.grading.notebook.moments import Copies
from autograder.grading.notebook.namespace import Namespace
from autograder.grading.notebook.processes import Notebook
from autograder.grading.sandbox.sandbox import Sandbox
from tests.helpers.solved import solved

GIVEN = {
    "04": "import numpy as np\ndef relu(Z):\n    return np.maximum(0, Z)\n"
    "def sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))\n",
    "05": "import numpy as np\nfrom autograder.networks.functions import function\n"
    + "".join(
        f"def {name}_of(kind, data, *rest):\n    return {name}(function(kind, data), *rest)\n"
        for name in ("one_sided", "numerical_gradient", "complex_step", "u_curve")
    ),
}


@pytest.fixture
def notebook(sandbox: Sandbox) -> Iterator[Notebook]:
    made = sandbox.open({})
    yield made
    made.close()
    sandbox.clean()


def found(notebook: Notebook, unit: str, function: str, *slips: str) -> Report:
    """What is said of a function of a solved notebook with some slips in it."""
    answers = (code for name, code in solved(unit)[1].items() if not name.startswith("answers"))
    for cell in (GIVEN[unit], *answers, *slips):
        assert not [o for o in notebook.run(cell, 10) if o["output_type"] == "error"]
    copies, names = Copies(notebook), Namespace()
    names.connect(copies.moment(notebook.mark(), float("inf")))
    exercise, student = exercise_of(function, names), Student(names)
    report = evaluate(exercise, student, VISIBLE_SEED, visible=False)
    copies.close()
    return report


def test_a_callee_that_raises_costs_its_caller_nothing(notebook: Notebook) -> None:
    wrong = "def linear_backward(dZ, cache):\n    return W.T @ dZ, dW, db\n"
    report = found(notebook, "04", "L_model_backward", wrong)
    assert report.passed, str(report)
    assert report.note.startswith("All of this holds with a right `linear_backward`")


def test_a_right_instrument_gets_the_function_that_was_handed_over(notebook: Notebook) -> None:
    wrong = "def complex_step(f, theta, h=1e-20):\n    return np.zeros(theta.shape)\n"
    report = found(notebook, "05", "u_curve", wrong)
    assert report.passed, str(report)
    assert report.note.startswith("All of this holds with a right `complex_step`")


def test_it_answers_during_that_call_alone(notebook: Notebook) -> None:
    """Whoever keeps the right function and calls it later gets nothing."""
    wrong = """
kept = []
def linear_activation_backward(dA, cache, activation):
    (A, W, b), Z = cache
    kept.append(linear_backward)
    return linear_backward(dA * (Z > 0 if activation == "relu" else 1), cache[0])
def linear_backward(dZ, cache):
    for one in kept:
        if one is not linear_backward:
            return one(dZ, cache)
    raise ValueError
"""
    report = found(notebook, "04", "linear_activation_backward", wrong)
    assert "carried" not in {v.status for v in report.verdicts if "dW" in v.check}
    own = found(notebook, "04", "linear_backward", wrong)
    assert not any(v.earned for v in own.verdicts), str(own)
