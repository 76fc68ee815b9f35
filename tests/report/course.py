"""A small course with real checks, to grade a class of seven in a few seconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ASSIGNMENT, NOTEBOOK = "90_layer", "layer"
FORWARD = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
BACKWARD = """def linear_backward(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    return W.T @ dZ, dZ @ A.T / m, dZ.sum(axis=1, keepdims=True) / m"""
SLIPS = {
    "right": ("", ""),
    "mean": ("dZ @ A.T / m", "dZ @ A.T"),
    "odd-one": ("W.T @ dZ", "W.T @ dZ * 0.83"),
    "odd-two": ("W.T @ dZ", "0.83 * (W.T @ dZ)"),
    "raises": ("m = A.shape[1]", "m = A.shape[7]"),
}
CHECKS = (
    "linear_forward__Z_is_right",
    "linear_backward__dA_prev_matches_numeric_gradient",
    "linear_backward__dW_matches_numeric_gradient",
    "linear_backward__db_matches_numeric_gradient",
)
OWN = "linear_backward__bias_of_a_single_example"  # an instructor's own hidden test
WRONG_TEST = "assert linear_backward(np.ones((2, 1)), cache)[2].shape == (2,), 'db has two axes'"
RIGHT_TEST = WRONG_TEST.replace("(2,)", "(2, 1)")


def write_master(root: Path, own_test: str = WRONG_TEST) -> None:
    """Write the master; the instructor's own test is wrong unless told otherwise."""
    cells = [
        new_markdown_cell("# A layer\n\nThe gradient of $W$ is $\\frac{1}{m} dZ A^T$."),
        _tracked("imports", "import numpy as np\n\nfrom autograder import check", locked=True),
        _tracked("linear_forward", _solution(FORWARD), solution=True),
        _tracked("linear_backward", _solution(BACKWARD), solution=True),
    ]
    for number, check in enumerate(CHECKS):
        body = f"from autograder import grade\ngrade({check!r}, globals(), seed={90 + number})"
        cells.append(_test(check, body, 2))
    made = "_, cache = linear_forward(np.ones((3, 1)), np.ones((2, 3)), np.ones((2, 1)))\n"
    cells.append(_test(OWN, made + own_test, 1))
    folder = root / "source" / ASSIGNMENT
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells), folder / f"{NOTEBOOK}.ipynb")


def write_settings(root: Path) -> None:
    text = (
        "from autograder.grading.nbgrader.configure import configure\n"
        "c = get_config()\n"
        'c.CourseDirectory.course_id = "a course"\n'
        "configure(c)\n"
    )
    (root / "nbgrader_config.py").write_text(text, "utf-8")


def hand_in(root: Path, student: str, slip: str) -> Path:
    """Put the release with these answers into ``submitted``."""
    old, new = SLIPS[slip]
    assert old in BACKWARD
    answers = {"linear_forward": FORWARD, "linear_backward": BACKWARD.replace(old, new)}
    path = root / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    notebook: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in answers:
            cell["source"] = answers[name]
    target = root / "submitted" / student / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    target.parent.mkdir(parents=True)
    target.write_text(json.dumps(notebook), "utf-8")
    return target


def _solution(text: str) -> str:
    head, _, body = text.partition("\n")
    return f"{head}\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"


def _test(name: str, body: str, points: int) -> Any:
    text = f"# {name}\n### BEGIN HIDDEN TESTS\n{body}\n### END HIDDEN TESTS"
    return _tracked(name, text, grade=True, locked=True, points=points)


def _tracked(name: str, source: str, **told: Any) -> Any:
    meta = {"grade_id": name, "grade": False, "solution": False, "locked": False}
    meta |= {"task": False, "schema_version": 3, **told}
    return new_code_cell(source, metadata={"nbgrader": meta})
