"""Run one hidden test cell in the trusted process and say what came of it."""

from __future__ import annotations

import ast
import contextlib
import io
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from IPython.core.displayhook import DisplayHook

from autograder.engine.report.report import CheckFailed
from autograder.grading.notebook.namespace import Namespace
from autograder.grading.notebook.number import NoNumber, as_number
from autograder.observe import StudentError

_FILE = "<hidden test>"


@dataclass
class TestResult:
    """What one test cell gave.

    Attributes
    ----------
    status : str
        ``passed``, ``failed`` (the test refused), ``error`` (the student's function raised, or
        the test met something it did not expect) or ``not run``.
    message : str
        One line on why it did not pass.
    outputs : list of dict
        nbformat outputs; nbgrader reads the points from them.
    inside : bool
        Whether it ran in the student's process, which could tamper with it.
    earned : float
        Points.
    """

    __test__ = False  # not a test of pytest's

    status: str
    message: str = ""
    outputs: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    inside: bool = False
    earned: float = 0.0

    def json(self) -> dict[str, Any]:
        told = {"status": self.status, "message": self.message, "seconds": round(self.seconds, 3)}
        return told | ({"inside": True} if self.inside else {})


def run_test(source: str, names: Namespace, points: float) -> TestResult:
    """Run a test cell's source; never raises on account of the student."""
    started = time.perf_counter()
    names.odd, names.check_session.shown = "", []
    try:
        with _quiet():
            value = _execute(source, names)
        result = points_of(value, points)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # pytest's own are none of `Exception`
        result = _refused(error, names)
    result.outputs[:0] = names.check_session.shown
    result.seconds = time.perf_counter() - started
    return result


def is_hand_written(source: str) -> bool:
    """Tell whether a test uses the student's objects itself, and not through this package."""
    try:
        tree = ast.parse(source, _FILE)
    except SyntaxError:
        return True
    modules = (
        name
        for node in ast.walk(tree)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    )
    return not any(name.partition(".")[0] == "autograder" for name in modules)


def _refused(error: BaseException, names: Namespace) -> TestResult:
    """Say what a test, or the student's function that it called, raised."""
    error = getattr(error, "student_error", None) or error  # raised in the student's process
    if isinstance(error, CheckFailed):
        return failure("failed", type(error).__name__, _first_line(error.report))
    if isinstance(error, StudentError):
        where = f" ({error.where})" if error.where else ""
        result = failure("error", error.kind, error.message + where)
        result.outputs[0]["traceback"] += error.told  # the same words as in a report
        return result
    if isinstance(error, AssertionError):
        told = _with(names.odd, str(error) or "a property that was tested does not hold")
        return failure("failed", "AssertionError", told)
    # a test may trip over whatever a student returns
    told = "" if isinstance(error, TypeError) and names.odd else str(error)
    return failure("error", type(error).__name__, _with(names.odd, told))


def failure(status: str, name: str, message: str) -> TestResult:
    """A result without points; its traceback is the message, never the test's source."""
    message = message[:2000]
    output = {
        "output_type": "error",
        "ename": name,
        "evalue": message,
        "traceback": [f"{name}: {message}"],
    }
    return TestResult(status, message, [output])


def _with(odd: str, message: str) -> str:
    """Add what was odd about the last answer to a message."""
    return "; ".join(part for part in (message, odd) if part)


def _execute(source: str, names: Namespace) -> Any:
    """Execute a cell as a notebook does: the value of a last expression is the cell's value.

    A semicolon at the end hides it, there and here.
    """
    tree = ast.parse(source, _FILE)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, _FILE, "exec"), names)  # the instructor's code, from the gradebook
        return None
    del tree.body[-1]
    exec(compile(tree, _FILE, "exec"), names)
    value = eval(compile(ast.Expression(last.value), _FILE, "eval"), names)
    quiet = DisplayHook.semicolon_at_end_of_expression(source)  # type: ignore[no-untyped-call]
    return None if quiet else value


def points_of(value: Any, points: float) -> TestResult:
    """Turn a cell's value into points: none for no value, else a number between 0 and all."""
    if value is None:
        return TestResult("passed", earned=points)
    try:
        number = as_number(value)
    except NoNumber as error:
        told = f"no points: the value of this test {error}, and points are a number"
        return failure("error", "NoPoints", told)
    earned = min(max(number, 0.0), points)
    output = {
        "output_type": "execute_result",
        "data": {"text/plain": repr(earned)},
        "metadata": {},
        "execution_count": None,
    }
    message = f"{earned:g} of {points:g} points"
    if number < 0:
        message += f": the value of this test is {number:g}, and nobody gets less than none"
    full = earned >= points
    status = "passed" if full else "failed"
    return TestResult(status, "" if full else message, [output], earned=earned)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """What a test prints or warns of is neither shown nor graded."""
    quiet = io.StringIO()
    with (
        contextlib.redirect_stdout(quiet),
        contextlib.redirect_stderr(quiet),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield


def _first_line(report: Any) -> str:
    return str(report).partition("\n")[0]
