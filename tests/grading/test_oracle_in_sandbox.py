"""In the sandbox the oracle answers cells, and no function that a hidden test calls."""

from __future__ import annotations

import pytest
from bank.registry import Right
from nbformat.v4 import new_code_cell

from autograder.grading.notebook.grade import grade_notebook
from autograder.grading.sandbox.sandbox import Sandbox
from autograder.grading.sandbox.strength import strength
from autograder.grading.task import _sheet

from .bank_notebooks import notebook

SLOPES = """
from autograder.networks import layer_graph
from autograder.oracle import gradient as kept

def slopes(dZ, cache):
    A, W, b = cache
    found = kept(layer_graph(A, W, b, dZ), ["A0", "W1", "b1"])
    return dZ.shape[1] * found["A0"], found["W1"], found["b1"]
"""
PLAIN = """
def linear_backward(dZ, cache):
    return slopes(dZ, cache)
"""
# filled after the call has ended: where the result is written down for the grader
LATE = """
class Late(tuple):
    def __iter__(self):
        return iter(slopes(*self.asked))

def linear_backward(dZ, cache):
    made = Late((0 * cache[0], 0 * cache[1], 0 * cache[2]))
    made.asked = dZ, cache
    return made
"""
ANSWERS = """
A, W, b, dZ = np.eye(3), np.ones((2, 3)), np.zeros((2, 1)), np.ones((2, 3))
print(slopes(dZ, linear_forward(A, W, b)[1])[1])
"""


@pytest.mark.parametrize("cheat", [PLAIN, LATE], ids=["plain", "late"])
def test_it_is_silent_where_points_are_given(sandbox: Sandbox, cheat: str) -> None:
    nb, master = notebook("columns", Right("right", "columns", {}), seed=3)
    nb.cells[1:1] = [new_code_cell(SLOPES + cheat), new_code_cell(ANSWERS)]
    grade_notebook(nb, master, {}, sandbox, strength())
    assert "[[0.33" in nb.cells[2].outputs[0]["text"]  # in a cell it answers
    points = _sheet(nb).points
    cheated = {name: p for name, p in points.items() if name.startswith("linear_backward")}
    assert len(cheated) == 6
    assert not any(cheated.values())
    assert points["linear_forward__Z_is_right"] == 1
    told = str([cell.outputs for cell in nb.cells if "linear_backward" in str(cell.metadata)])
    assert cheat is LATE or "the oracle gives no derivatives" in told
