"""Hidden tests that their author has marked to run in a copy of the student's process.

They use what cannot leave it: source text, magics, patched libraries. The student's code is all
around them then, so such a verdict is only as good as an ordinary kernel's.
"""

from __future__ import annotations

import ast
import re
from typing import Any

from autograder.grading.notebook.number import NoNumber, as_number
from autograder.grading.notebook.processes import Session
from autograder.grading.notebook.testcell import TestResult, failure, points_of
from autograder.observe import StudentError

_TOLD = "This test ran in the student's own process.\n"
_NUMPY = re.compile(r"np\.\w+\((.*)\)|np\.(True|False)_")


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
    wrapped = _NUMPY.fullmatch(text)
    try:
        return as_number(ast.literal_eval(wrapped[1] or wrapped[2] if wrapped else text))
    except (NoNumber, ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return text  # no number: the cell's author is told
