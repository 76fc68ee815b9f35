"""Hidden tests that their author has marked to run in a copy of the student's process.

They use what cannot leave it: source text, magics, patched libraries. The student's code is all
around them then, so such a verdict is only as good as an ordinary kernel's.
"""

from __future__ import annotations

import ast
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from autograder.grading.notebook.number import NoNumber, as_number
from autograder.grading.notebook.processes import Session
from autograder.grading.notebook.testcell import TestResult, failure, points_of
from autograder.observe import StudentError

_TOLD = "This test ran in the student's own process.\n"
_UNREADABLE = (ValueError, SyntaxError, TypeError, ArithmeticError, MemoryError, RecursionError)


def run_inside(source: str, session: Session, points: float) -> TestResult:
    """Run a test cell's source in the student's process and read the verdict off its outputs."""
    try:
        outputs = [output for output in session.inside(source) if isinstance(output, dict)]
    except StudentError as error:  # the process ended
        result = failure("error", error.kind, error.message)
    else:
        result = read_outputs(outputs, points)
    result.inside = True
    result.outputs.insert(0, {"output_type": "stream", "name": "stdout", "text": _TOLD})
    return result


def read_outputs(outputs: list[Any], points: float) -> TestResult:
    """Read a verdict off a cell's outputs, as nbgrader does, but for NumPy's numbers."""
    raised = next((o for o in outputs if o.get("output_type") == "error"), None)
    if raised is not None:
        name, said = str(raised.get("ename", ""))[:80], str(raised.get("evalue", ""))
        status = "failed" if name == "AssertionError" else "error"
        return failure(status, name, said or "a property that was tested does not hold")
    shown = (o for o in outputs if o.get("output_type") == "execute_result")
    return points_of(_value(next(shown, None)), points)


def _value(output: Any) -> Any:
    """Return the value that a cell shows; None if it shows none."""
    if output is None:
        return None
    data = output.get("data")
    text = str(data.get("text/plain", "") if isinstance(data, dict) else "")[:200].strip()
    try:
        return as_number(_shown(ast.parse(text, mode="eval").body))
    except (NoNumber, *_UNREADABLE):
        return text  # no number: the cell's author is told


def _shown(node: ast.expr) -> Any:
    """Return the number that was shown: 1, np.True_, np.int64(1), Fraction(1, 2), array([1.])."""
    if isinstance(node, ast.Attribute) and node.attr in ("True_", "False_"):
        return node.attr == "True_"
    if not isinstance(node, ast.Call):
        return ast.literal_eval(node)
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
    values = [ast.literal_eval(argument) for argument in node.args]
    if name in ("Fraction", "Decimal"):
        return (Fraction if name == "Fraction" else Decimal)(*values)
    return np.asarray(*values)  # of NumPy
