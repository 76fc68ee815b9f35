"""A check warns of names that come further down; graded, they do not exist yet."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from contracts.breaker import notebook

from autograder import check
from autograder.authoring.text import read_cells
from autograder.units.defined_below import ASKED

TEXTS = Path(__file__).parents[2] / "authoring" / "assignments"
BY_CONVERT = """
def L_model_backward_J(AL, Y, caches):
    return convert(L_model_backward(AL, Y, caches), Y.shape[1], "L", "J")
"""


@pytest.fixture(autouse=True)
def nowhere(monkeypatch):
    """No notebook of a running Jupyter is looked at."""
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)


def test_the_order_is_that_of_the_assignments():
    for path in TEXTS.glob("*.py"):
        asked = [cell.solution for cell in read_cells(path.read_text("utf-8")) if cell.solution]
        wanted = [name for name in asked if not name.startswith(("answers", "recall"))]
        assert ASKED.get(path.stem.partition("_")[0], "").split() == wanted


@pytest.mark.parametrize(
    "unit", ["03b", "04", "05", "06a", "06b", "07", "07b", "08", "09", "10b", "11", "12", "13"]
)
def test_no_solution_is_warned_of(unit):
    names = notebook(unit)
    for name in ASKED[unit].split():
        if callable(names[name]):
            assert check(names[name]).note == "", name


def test_a_function_that_is_asked_for_further_down_is_told():
    found = check(notebook("04", BY_CONVERT)["L_model_backward_J"])
    assert found.passed
    assert found.note.startswith(
        "L_model_backward_J uses convert, which is asked for further down."
    )
    assert "restart the kernel and run all cells" in str(found)


def test_what_a_helper_uses_counts_too():
    code = """
def in_J(grads, m):
    return [convert(grads, m, "L", "J") for _ in "1"][0]
def L_model_backward_J(AL, Y, caches):
    return in_J(L_model_backward(AL, Y, caches), Y.shape[1])
"""
    assert "uses convert" in check(notebook("04", code)["L_model_backward_J"]).note


def saved(tmp_path, monkeypatch, *cells):
    """A notebook that Jupyter says is the running one."""
    listed = [{"cell_type": "code", "source": cell.splitlines(True)} for cell in cells]
    path = tmp_path / "mine.ipynb"
    path.write_text(json.dumps({"cells": listed}), "utf-8")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))


HELPER = "def transposed(W):\n    return W.T"
USES_HELPER = """
def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    return transposed(W) @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m
"""


def test_a_helper_of_ones_own_is_found_in_the_saved_notebook(tmp_path, monkeypatch):
    names = notebook("04", HELPER + USES_HELPER)
    saved(tmp_path, monkeypatch, "%matplotlib inline\nimport numpy as np", USES_HELPER, HELPER)
    assert check(names["linear_backward"]).note.startswith(
        "linear_backward uses transposed, which stands further down in the notebook."
    )
    saved(tmp_path, monkeypatch, HELPER, USES_HELPER, HELPER)
    assert check(names["linear_backward"]).note == ""


def test_who_moved_a_function_up_is_not_warned(tmp_path, monkeypatch):
    names = notebook("04", BY_CONVERT)
    saved(tmp_path, monkeypatch, "def convert(): pass", BY_CONVERT, "def convert(): pass")
    assert check(names["L_model_backward_J"]).note == ""


@pytest.mark.parametrize(
    "content", ["", "[]", '{"cells": 3}', '{"cells": [{"cell_type": "code"}]}']
)
def test_a_file_that_is_no_notebook_changes_nothing(tmp_path, monkeypatch, content):
    path = tmp_path / "broken.ipynb"
    path.write_text(content, "utf-8")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert "uses convert" in check(notebook("04", BY_CONVERT)["L_model_backward_J"]).note


def test_graded_from_top_to_bottom_the_name_does_not_exist():
    """What the warning says is so: run in order, the function fails where it stands."""
    code = "import sys; sys.path.insert(0, 'tests/units')\nfrom contracts.breaker import notebook\n"
    code += f"names = notebook('04'); del names['convert']; exec({BY_CONVERT!r}, names)\n"
    code += "from autograder import check; print(check(names['L_model_backward_J']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "convert" in done.stdout
    assert "0 of" in done.stdout
