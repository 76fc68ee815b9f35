"""What a master's own solution and its release get decides whether students are graded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.assignment import Master, SourceCell, code_of
from autograder.grading.sandbox.limits import Limits
from autograder.grading.tryout.findings import Cell, Finding, Points, findings
from autograder.grading.tryout.remembered import is_remembered, remember
from autograder.grading.tryout.tryout import (
    Assignment,
    NotTried,
    refuse_other_languages,
    try_assignment,
)

SOLVED = "def f(x):\n    if x < 0:\n        raise ValueError('no')\n    return 2 * x"
EMPTY = "def f(x):\n    raise NotImplementedError"
TESTS = {
    "right": "assert f(2) == 4",
    "raises": "import pytest\nwith pytest.raises(ValueError):\n    f(-1)",
    "partial": "import numpy as np\nnp.int64(f(1))",
    "globals": "assert f(2) == 4 and f.__globals__ is globals()",
    "source, inside": "# autograder: inside\nimport inspect as i\nassert '2 * x' in i.getsource(f)",
    "magic, inside": "%matplotlib inline\n### autograder: inside\nassert f(1) == 2",
    "partial, inside": "# autograder: inside\nimport numpy as np\nnp.float64(f(1) / 2)",
    "wrong": "assert f(2) == 5",
    "for nothing": "1.0",
    "too little": "0.5",
    "raises, only": "try:\n    f(1)\nexcept NotImplementedError:\n    pass",
}
POINTS = {"partial": 2.0, "partial, inside": 1.0}


def assignment(tests: dict[str, str]) -> Assignment:
    """Make an assignment of one function."""
    cells = {"f": _cell("f", SOLVED, None)}
    cells |= {name: _cell(name, text, POINTS.get(name, 1.0)) for name, text in tests.items()}
    master = Master("work", cells, code_of(cells))
    return Assignment(
        "ps1",
        (master,),
        {"work": _notebook(master, SOLVED)},
        {"work": _notebook(master, EMPTY)},
        {},
    )


def _cell(name: str, source: str, points: float | None) -> SourceCell:
    grade = points is not None
    metadata: dict[str, Any] = {"schema_version": 3, "grade_id": name, "grade": grade}
    metadata |= {"solution": not grade, "locked": grade, "task": False, "checksum": "0"}
    metadata |= {"cell_type": "code"} | ({"points": points} if grade else {})
    return SourceCell(name, "code", source, metadata)


def _notebook(master: Master, answer: str) -> bytes:
    cells = [
        new_code_cell(
            answer if name == "f" else cell.source,
            metadata={"nbgrader": nbformat.from_dict(cell.metadata)},
        )
        for name, cell in master.cells.items()
    ]
    return nbformat.writes(new_notebook(cells=cells)).encode()


@pytest.fixture(scope="module")
def found() -> dict[str, Finding]:
    told = try_assignment(assignment(TESTS), Limits(), workers=1)
    assert [one.error for one in told] == sorted((one.error for one in told), reverse=True)
    return {one.cell.removeprefix("work/"): one for one in told}


def test_what_is_in_order_is_not_named(found: dict[str, Finding]) -> None:
    named = {"globals", "wrong", "for nothing", "too little", "raises, only"}
    assert set(found) == named


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("globals", True, "gets 0 of 1 points here, and all in an ordinary kernel"),
        ("wrong", True, "gets 0 of 1 points in an ordinary kernel as well"),
        ("too little", False, "gets 0.5 of 1 points in an ordinary kernel as well"),
        ("for nothing", False, "this test asks nothing of the student"),
        ("raises, only", False, "the notebook as it is handed out gets 1 of 1 points"),
    ],
)
def test_what_is_not_is_named(
    found: dict[str, Finding], name: str, error: bool, words: str
) -> None:
    assert found[name].error is error
    assert words in str(found[name])
    assert "What to do: " in str(found[name])


def test_a_difference_on_the_release_is_an_error() -> None:
    full, none = Points(1.0), Points(0.0, "why")
    (one,) = findings(Cell("a/b", 1.0, full, none, full, full))
    assert one.error
    assert "gets 0 of 1 points here, and 1 in an ordinary kernel (why)" in one.what
    assert findings(Cell("a/b", 1.0, full, none, full, none)) == []
    assert findings(Cell("a/b", 1.0, full, none)) == []


def test_it_is_remembered_until_something_changes(tmp_path: Path) -> None:
    one = assignment({"right": TESTS["right"]})
    assert not is_remembered(tmp_path, one)
    remember(tmp_path, one)
    assert is_remembered(tmp_path, one)
    assert not is_remembered(tmp_path, assignment({"right": TESTS["wrong"]}))
    assert not is_remembered(tmp_path, assignment(TESTS))
    other = Assignment(one.name, one.masters, one.solved, {"work": b"{}"}, one.given)
    assert not is_remembered(tmp_path, other)
    (tmp_path / ".autograder-tried.json").write_text("no JSON")
    assert not is_remembered(tmp_path, one)


@pytest.mark.parametrize(("language", "kernel"), [("R", "ir"), ("julia", "julia-1.10")])
def test_other_languages_are_refused_in_words(tmp_path: Path, language: str, kernel: str) -> None:
    spec = {"name": kernel, "display_name": kernel, "language": language}
    nb = new_notebook(metadata={"kernelspec": spec})
    path = tmp_path / "work.ipynb"
    nbformat.write(nb, path)
    with pytest.raises(NotTried, match=rf"work.ipynb is written in {language} \(kernel '{kernel}'"):
        refuse_other_languages(path, json.dumps(spec))
    nbformat.write(new_notebook(), path)
    with pytest.raises(NotTried, match="Python alone"):
        refuse_other_languages(path, json.dumps(spec))
    refuse_other_languages(path, None)
    refuse_other_languages(path, json.dumps({"name": "python3", "language": "python"}))
