"""The students of the sample class, each a slip away from the reference solution.

A slip replaces one line of a solution by the line that a student writes. Everything else of the
notebook is the release as it was handed out, so that what is graded is what a student would send.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

ASSIGNMENT = "04_l_layer_network"
NOTEBOOK = "l_layer_network.ipynb"

Notebook = Any  # nbformat's NotebookNode
Slip = tuple[str, str, str]


@dataclass(frozen=True)
class Sample:
    """One student of the sample class.

    Attributes
    ----------
    student : str
    story : str
        What this student does, in a few words.
    slips : sequence of (function, line, line instead)
        Replacements in the solution of a function.
    unwritten : sequence of str
        Functions that were left as they were handed out.
    mangle : function, optional
        What the student's editor did to the notebook.
    score : float
        Expected, of 100.
    named : tuple of str
        Misconceptions that the feedback is expected to name.
    """

    student: str
    story: str
    slips: Sequence[Slip] = ()
    unwritten: Sequence[str] = ()
    mangle: Callable[[Notebook], None] | None = None
    score: float = 100.0
    named: tuple[str, ...] = field(default=())

    def submission(self, master: Notebook, release: Notebook) -> Notebook:
        """The notebook that this student hands in.

        Raises
        ------
        ValueError
            If a slip's line is not in the solution: the assignment was rewritten.
        """
        solved = {_grade_id(cell): cell.source for cell in master.cells if _is_solution(cell)}
        handed_in = deepcopy(release)
        for cell in handed_in.cells:
            name = _grade_id(cell)
            if _is_solution(cell) and name not in self.unwritten:
                cell.source = self._slipped(name, solved[name])
        if self.mangle is not None:
            self.mangle(handed_in)
        return handed_in

    def _slipped(self, name: str, source: str) -> str:
        kept = [line for line in source.splitlines() if not line.strip().startswith("### ")]
        source = "\n".join(kept)
        for function, line, instead in self.slips:
            if function != name:
                continue
            if line not in source:
                raise ValueError(f"{self.student}: no line {line!r} in the solution of {function}")
            source = source.replace(line, instead)
        return source


def _grade_id(cell: Any) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _is_solution(cell: Any) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def _duplicate(notebook: Notebook) -> None:
    """Copy a hidden-test cell, as a careless paste in an editor does."""
    at = next(
        i for i, c in enumerate(notebook.cells) if _grade_id(c).startswith("linear_backward__")
    )
    notebook.cells.insert(at, deepcopy(notebook.cells[at]))


def _syntax_error(notebook: Notebook) -> None:
    cell = next(c for c in notebook.cells if _grade_id(c) == "convert")
    cell.source = cell.source.replace(
        "def convert(grads, m, src, dst):", "def convert(grads, m, src,"
    )


_TOP = "grads, dZ = {}, AL - Y"
_DAL = "\n    ".join(
    [
        "grads = {}",
        "dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))",
        "dZ = sigmoid_backward(dAL, caches[-1][1])",
    ]
)
_TO_J = "return {k: g / Y.shape[1] if k[1] in 'ZA' else g for k, g in grads.items()}"

CLASS = [
    Sample("student-001", "all right"),
    Sample(
        "student-002",
        "all right, dAL by its formula instead of AL - Y",
        slips=[("L_model_backward", _TOP, _DAL)],
    ),
    Sample(
        "student-003",
        "both backward passes in the J convention",
        slips=[("L_model_backward", "return grads", _TO_J)],
        named=("j-vs-l-one-over-m-placement",),
        score=92,
    ),
    Sample(
        "student-004",
        "no 1/m in linear_backward",
        slips=[
            ("linear_backward", "dW = dZ @ A_prev.T / m", "dW = dZ @ A_prev.T"),
            ("linear_backward", "keepdims=True) / m", "keepdims=True)"),
        ],
        named=("missing-one-over-m",),
        score=94,
    ),
    Sample(
        "student-005",
        "dZ divided by m, and dW once more",
        slips=[("L_model_backward", _TOP, "grads, dZ = {}, (AL - Y) / Y.shape[1]")],
        named=("one-over-m-twice",),
        score=82,
    ),
    Sample(
        "student-006",
        "1/m handed down at every layer",
        slips=[("linear_backward", "dA_prev = W.T @ dZ", "dA_prev = W.T @ dZ / m")],
        named=("one-over-m-per-layer",),
        score=97,
    ),
    Sample(
        "student-007",
        "db without keepdims",
        slips=[("linear_backward", "dZ.sum(axis=1, keepdims=True)", "dZ.sum(axis=1)")],
        named=("db-no-keepdims",),
        score=96,
    ),
    Sample(
        "student-008",
        "ReLU's slope forgotten",
        slips=[("relu_backward", "return dA * (Z > 0)", "return dA * 1.0")],
        named=("missing-activation-derivative",),
        score=95,
    ),
    Sample(
        "student-009",
        "the mask looks at dA",
        slips=[("relu_backward", "return dA * (Z > 0)", "return dA * (dA > 0)")],
        named=("relu-mask-on-gradient",),
        score=98,
    ),
    Sample(
        "student-010",
        "dW transposed",
        slips=[("linear_backward", "dW = dZ @ A_prev.T / m", "dW = A_prev @ dZ.T / m")],
        named=("dw-transposed",),
        score=96,
    ),
    Sample(
        "student-011",
        "sigmoid applied to A",
        slips=[("sigmoid_backward", "A = sigmoid(Z)", "A = sigmoid(sigmoid(Z))")],
        named=("derivative-at-wrong-argument",),
        score=98,
    ),
    Sample(
        "student-012",
        "two at once: db not averaged, and the sign of dZ",
        slips=[
            ("linear_backward", "keepdims=True) / m", "keepdims=True)"),
            ("L_model_backward", _TOP, "grads, dZ = {}, Y - AL"),
        ],
        named=("db-not-averaged", "sign-flip"),
        score=79,
    ),
    Sample("student-013", "a syntax error in convert", mangle=_syntax_error, score=95),
    Sample(
        "student-014",
        "unfinished after linear_backward",
        unwritten=[
            "relu_backward",
            "sigmoid_backward",
            "linear_activation_backward",
            "L_model_backward",
            "L_model_backward_J",
            "convert",
            "update_parameters",
            "L_layer_model",
            "answers_04",
        ],
        score=30,
    ),
    Sample("student-015", "all right, a grade cell pasted twice", mangle=_duplicate),
    Sample(
        "student-016",
        "a slip that no catalogue holds",
        slips=[("linear_backward", "dW = dZ @ A_prev.T / m", "dW = (dZ**3) @ A_prev.T / m")],
        score=97,
    ),
]
