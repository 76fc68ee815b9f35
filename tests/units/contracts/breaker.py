"""Solved assignments in which one clause of the contract is broken, and what that costs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.authoring.text import read_cells
from autograder.engine.exercise import exercise_of
from autograder.engine.numeric_answer import watched
from autograder.engine.report.verdict import Verdict
from autograder.engine.student import Student
from autograder.suite import VISIBLE_SEED
from tests.helpers.briefly import evaluate_briefly
from tests.helpers.untouched import beside_the_solution

ASSIGNMENTS = Path(__file__).parents[3] / "authoring" / "assignments"
HIDDEN_SEED = 31_415
_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class Breaker:
    """A solved assignment that keeps its whole contract but for one clause.

    Attributes
    ----------
    clause : str
        The words of the assignment that are broken, as they stand there.
    functions : tuple of str
        The functions at whose checks it has to lose points.
    code : str
        What is put over the solution.
    """

    clause: str
    functions: tuple[str, ...]
    code: str


@cache
def text(unit: str) -> str:
    """The text of a unit's assignment."""
    return next(ASSIGNMENTS.glob(f"{unit}_*.py")).read_text("utf-8")


def plain(words: str) -> str:
    """Words without the marks of comments and without line ends."""
    return " ".join(re.sub(r"^\s*#(?: |$)", "", words, flags=re.M).split())


@cache
def _solution(unit: str) -> tuple[Any, ...]:
    """What the cells of the solved assignment define, without those that only use it."""
    kept = []
    for cell in read_cells(text(unit)):
        if cell.kind == "code" and not cell.grade and not cell.free:
            body = ast.parse(cell.source).body
            if cell.solution or all(isinstance(node, _DEFINITIONS) for node in body):
                kept.append(compile(cell.source, f"<{unit} {cell.label}>", "exec"))
    return tuple(kept)


def notebook(unit: str, code: str = "") -> dict[str, Any]:
    """The names of a solved assignment, after a last cell with this code."""
    names: dict[str, Any] = {"__name__": "student"}
    for part in _solution(unit):
        exec(part, names)
    exec(compile(code, f"<{unit} breaker>", "exec"), names)
    return names


@cache
def _solved(unit: str) -> dict[str, Any]:
    return notebook(unit)


@cache
def points(unit: str) -> dict[str, float]:
    """What each hidden test of a unit is worth."""
    return {cell.grade: cell.points for cell in read_cells(text(unit)) if cell.grade}


def functions(unit: str) -> list[str]:
    """What is graded in a unit."""
    return list(dict.fromkeys(check.partition("__")[0] for check in points(unit)))


def verdicts(
    names: dict[str, Any], function: str, seed: int, visible: bool = False
) -> tuple[Verdict, ...]:
    """What is said of each property of a function."""
    exercise = exercise_of(function, names)
    student = beside_the_solution(Student(names, watched(exercise)), _solved(exercise.unit))
    return evaluate_briefly(exercise, student, seed, visible=visible).verdicts


def lost(unit: str, breaker: Breaker, visible: bool = False) -> Iterator[Verdict]:
    """The graded properties that a breaker loses, on the visible or on hidden instances."""
    names = notebook(unit, breaker.code)
    for function in breaker.functions:
        for verdict in verdicts(names, function, VISIBLE_SEED if visible else HIDDEN_SEED, visible):
            if not verdict.earned and verdict.check in points(unit):
                yield verdict
