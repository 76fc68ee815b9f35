"""A numeric gradient as an answer, through the sandbox: it keeps its points and is reported."""

from __future__ import annotations

from typing import Any

from autograder.engine.report.report import MIME
from autograder.grading.notebook.moments import Copies
from autograder.grading.notebook.namespace import Namespace
from autograder.grading.notebook.testcell import TestResult, run_test
from autograder.grading.sandbox.sandbox import Sandbox
from tests.engine.test_remark import NUMERIC

FORWARD = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
RIGHT = (
    "def linear_backward(dZ, cache):\n    A, W, b = cache\n    m = A.shape[1]\n"
    "    return W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m"
)
TEST = (
    "import autograder\n"
    "autograder.grade('linear_backward__dW_matches_numeric_gradient', globals(), 7)"
)


def outcome(sandbox: Sandbox, backward: str) -> tuple[TestResult, dict[str, Any]]:
    """Run one hidden test on these functions, and return what the report shows beside it."""
    notebook = sandbox.open({})
    notebook.run("import numpy as np\n" + FORWARD, 5)
    notebook.run(backward, 5)
    copies, names = Copies(notebook), Namespace()
    names.connect(copies.moment(notebook.mark(), float("inf")))
    result = run_test(TEST, names, 2.0)
    copies.close()
    notebook.close()
    sandbox.clean()
    return result, next(o["data"][MIME] for o in result.outputs if MIME in o.get("data", {}))


def test_it_is_reported_and_not_punished(sandbox: Sandbox) -> None:
    source = NUMERIC.replace("FORWARD", "linear_forward(A, W, b)[0]").replace("STEP", "1e-5")
    result, told = outcome(sandbox, source)
    assert result.status == "passed"
    assert "linear_forward" in told["remark"]


def test_a_backward_pass_is_not_remarked_on(sandbox: Sandbox) -> None:
    result, told = outcome(sandbox, RIGHT)
    assert result.status == "passed"
    assert told["remark"] == ""
