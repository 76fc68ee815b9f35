"""What is told of a function that raises is the same in the notebook and out of the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.student import Student
from autograder.errors.raised import StudentError
from autograder.grading.broken import broken_functions
from autograder.grading.notebook.moments import Copies
from autograder.grading.notebook.namespace import Namespace
from autograder.grading.notebook.processes import Notebook
from autograder.grading.sandbox.sandbox import Sandbox
from autograder.suite import check
from tests.helpers.raising_slips import SLIPS
from tests.helpers.solved import solved, with_cell

UNIT = "04"
#: One of each kind: a name, an attribute, a key, an index, shapes, a caller, a call, a tuple, ...
CHOSEN = [slip for slip in SLIPS if slip[0] == UNIT][::3]


@pytest.fixture(scope="module")
def cells() -> list[str]:
    """The answers of the unit, and what its cells import and give."""
    given = "import numpy as np\ndef relu(Z):\n    return np.maximum(0, Z)\n"
    given += "def sigmoid(Z):\n    return 1 / (1 + np.exp(-Z))\n"
    return [given, *solved(UNIT)[1].values()]


@pytest.fixture
def notebook(sandbox: Sandbox, cells: list[str]) -> Iterator[Notebook]:
    made = sandbox.open({})
    for cell in cells:
        if not cell.startswith("answers"):
            assert not [o for o in made.run(cell, 10) if o["output_type"] == "error"]
    yield made
    made.close()
    sandbox.clean()


def test_there_are_enough() -> None:
    assert len(CHOSEN) >= 12


def test_the_same_words(notebook: Notebook) -> None:
    for _, function, before, after, _facts in CHOSEN:
        right = solved(UNIT)[1][function]
        wrong = right.replace(before, after, 1)
        here = check(with_cell(UNIT, wrong)[function])
        notebook.run(wrong, 10)
        copies, names = Copies(notebook), Namespace()
        names.connect(copies.moment(notebook.mark(), float("inf")))
        student = Student(names)
        there = evaluate(exercise_of(function, names), student, VISIBLE_SEED, visible=False)
        copies.close()
        notebook.run(right, 10)
        # changes of the student's own lines are tried in a notebook alone
        without = tuple(a for a in here.advice if not a.startswith(("One change", "One more")))
        assert there.advice == without, function
        assert there.note == here.note
        told = [(v.status, v.detail) for v in there.verdicts]
        assert told == [(v.status, v.detail) for v in here.verdicts]


def test_a_loop_without_end_is_told_with_its_line(sandbox: Sandbox, notebook: Notebook) -> None:
    source = "def linear_backward(dZ, cache):\n    while True:\n"
    source += "        try:\n            sum(range(100))\n        except:\n            pass"
    notebook.run(source, 5)
    copies, names = Copies(notebook), Namespace()
    names.connect(copies.moment(notebook.mark(), float("inf")))
    report = evaluate(exercise_of("linear_backward", names), Student(names), VISIBLE_SEED)
    copies.close()
    assert f"time limit of {sandbox.limits.call_seconds:g} seconds" in str(report)
    assert "of `linear_backward`" in report.advice[0]


def test_an_error_that_somebody_made_up_is_cut_to_size() -> None:
    forged = StudentError.of(["E" * 9999, "m", "w", "f", ["p" * 9999] * 99, "x"])
    assert len(forged.kind) <= 500
    assert [len(part) <= 1200 for part in forged.told] == [True] * 4
    with pytest.raises(ValueError, match="unpack"):
        StudentError.of(["E", "m", "w"])


class Cell:
    """A code cell."""

    cell_type = "code"

    def __init__(self, source: str) -> None:
        self.source = source


class Book:
    """A notebook of code cells."""

    def __init__(self, *sources: str) -> None:
        self.cells = [Cell(source) for source in sources]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (
            "def f(x):\n    return x +\n",
            "its cell does not compile, line 2: SyntaxError: invalid syntax",
        ),
        ("def f(x):\nreturn x", "its cell does not compile, line 2: IndentationError: expected"),
        ("import torhc\ndef f(x):\n    return x", "its cell stopped with ModuleNotFoundError: No "),
    ],
)
def test_a_cell_that_defines_nothing_says_why(sandbox: Sandbox, source: str, told: str) -> None:
    made = sandbox.open({})
    try:
        outputs: dict[int, list[Any]] = {0: made.run(source, 5)}
    finally:
        made.close()
        sandbox.clean()
    assert broken_functions(Book(source), outputs)["f"].startswith(told)


def test_a_later_cell_mends_it() -> None:
    error = {"output_type": "error", "ename": "NameError", "evalue": "no"}
    book = Book("def f(x):\n    return x", "def f(x):\n    return 2 * x")
    assert broken_functions(book, {0: [error], 1: []}) == {}
    assert broken_functions(book, {0: [], 1: [error]}) == {
        "f": "its cell stopped with NameError: no"
    }


def test_a_limit_that_strikes_in_the_shell_itself_is_told(monkeypatch: Any) -> None:
    """On a busy machine the second alarm rings while the first one is being printed."""
    from autograder.grading.student_side import notebook_process as side
    from autograder.time_limit import TimeLimit

    def interrupted(shell: Any, source: str) -> Any:
        side.OUTPUTS.clear()
        raise TimeLimit

    monkeypatch.setattr(side, "run_cell", interrupted)
    (output,) = side._cell(None, "while True: pass", 5.0, 3.0)["outputs"]  # type: ignore[arg-type]
    assert output["evalue"] == "this cell ran longer than 3 seconds and was stopped"
