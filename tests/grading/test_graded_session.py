"""What is found out, or told, once in the course of a submission's tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from autograder.engine import evaluate as evaluation
from autograder.grading.notebook.moments import Copies
from autograder.grading.notebook.namespace import Namespace
from autograder.grading.notebook.processes import Notebook
from autograder.grading.notebook.testcell import run_test
from autograder.grading.sandbox.sandbox import Sandbox

GIVEN = "import numpy as np\ndef linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
WRONG = (
    "def linear_backward(dZ, cache):\n    A, W, b = cache\n"
    "    return W.T @ dZ, dZ @ A.T, dZ.sum(axis=1, keepdims=True)"
)
RIGHT = WRONG.replace("A.T,", "A.T / A.shape[1],").replace("True)", "True) / A.shape[1]")
CHECK = "import autograder\nautograder.grade('linear_backward__{}', globals(), 7)"


@pytest.fixture
def notebook(sandbox: Sandbox) -> Iterator[Notebook]:
    made = sandbox.open({})
    made.run(GIVEN, 5)
    yield made
    made.close()
    sandbox.clean()


def told(names: Namespace, what: str) -> str:
    """What a hidden test on one property shows, as plain text."""
    outputs = run_test(CHECK.format(what), names, 1.0).outputs
    return next(o["data"]["text/plain"] for o in outputs if "data" in o)


def test_a_diagnosis_is_told_once_and_then_pointed_to(notebook: Notebook) -> None:
    notebook.run(WRONG, 5)
    copies, names = Copies(notebook), Namespace()
    names.connect(copies.moment(notebook.mark(), float("inf")))
    first = told(names, "dW_matches_numeric_gradient")
    second = told(names, "db_matches_numeric_gradient")
    copies.close()
    assert "What you computed" in first
    assert "As told above: 1/m is missing" in second
    assert "What you computed" not in second


def test_a_function_runs_once_for_all_its_properties_and_anew_once_it_is_another(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    find = evaluation.find

    def counted(*args: Any) -> Any:
        made.append(args[0].name)
        return find(*args)

    monkeypatch.setattr(evaluation, "find", counted)
    notebook.run(WRONG, 5)
    early = notebook.mark()
    notebook.run(RIGHT, 5)
    late = notebook.mark()
    copies, names = Copies(notebook), Namespace()
    names.connect(copies.moment(early, float("inf")))
    assert "✗" in told(names, "dW_matches_numeric_gradient")
    assert "✗" in told(names, "db_matches_numeric_gradient")
    assert made.count("linear_backward") <= 2  # once more beside right callees
    assert names.check_session.remembered("linear_backward") is not None
    names.connect(copies.moment(late, float("inf")))
    assert names.check_session.remembered("linear_backward") is None
    assert "✓" in told(names, "dW_matches_numeric_gradient")
    assert made.count("linear_backward") == 2
    copies.close()
