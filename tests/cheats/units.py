"""The units as they are graded: solved notebooks, hidden tests and their points."""

import ast
import json
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from pathlib import Path

import nbformat
import numpy as np

from autograder.authoring.hidden_tests import seed_of
from autograder.engine.exercise import exercise_of
from autograder.engine.finding import attempt
from autograder.engine.student import Student
from tests.helpers.briefly import evaluate_briefly, named_alone
from tests.helpers.untouched import beside_the_solution

SOURCE = Path(__file__).resolve().parents[2] / "source"
UNITS = {path.name.partition("_")[0]: path for path in sorted(SOURCE.iterdir()) if path.is_dir()}


@cache
def cells(unit):
    """Code cells as (kind, grade_id, points, source); kinds are given, solution and test."""
    (path,) = UNITS[unit].glob("*.ipynb")
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        meta = cell.metadata.get("nbgrader", {})
        kind = "test" if meta.get("grade") else "solution" if meta.get("solution") else "given"
        if cell.cell_type == "code":
            found.append((kind, meta.get("grade_id", ""), meta.get("points", 0), cell.source))
    return found


@cache
def code(unit):
    """What defines the names of the solved notebook: solutions, given functions and classes."""
    body = []
    for kind, _, _, source in cells(unit):
        for node in ast.parse(source).body if kind != "test" else ():
            defines = isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom))
            if defines or (kind == "solution" and isinstance(node, ast.Assign)):
                body.append(node)
    return compile(ast.Module(body, []), f"<unit {unit}>", "exec")


def solved(unit):
    """The names of the solved notebook."""
    names = {"__name__": "student"}
    exec(code(unit), names)
    return names


@cache
def _right(unit):
    return solved(unit)


@cache
def worth(unit):
    """Points of each hidden test, by its name; bug hunts are judged by keys, not by functions."""
    tests = {name: points for kind, name, points, _ in cells(unit) if kind == "test"}
    return {name: points for name, points in tests.items() if not name.startswith("answers_")}


@cache
def functions(unit):
    """What the student writes, in the order of the notebook."""
    return tuple(dict.fromkeys(name.partition("__")[0] for name in worth(unit)))


class Asked(Exception):
    """A trial was made with the student's own functions."""


class Nobody(Student):
    """A student without functions, who notices that one is called."""

    def observe(self, name, *args, count=()):
        raise Asked


@cache
def drawn(function, unit, state):
    """Trials that no function of the student's was needed for, so that they can be shared."""
    rng = np.random.default_rng()
    rng.bit_generator.state = json.loads(state)
    exercise = exercise_of(function, solved(unit))
    try:
        return tuple(exercise.trials(Nobody({}), rng)), rng.bit_generator.state
    except Asked:
        return None, None


@cache
def by_itself(unit, function):
    """Whether no other function of the student's has a part in its trials."""
    rng, exercise = np.random.default_rng(0), exercise_of(function, solved(unit))
    trials, _ = drawn(function, exercise.unit, json.dumps(rng.bit_generator.state))
    return bool(trials) and not exercise.after


def sharing(exercise):
    """The same exercise, which draws trials of the same seed once."""

    def trials(student, rng):
        state = json.dumps(rng.bit_generator.state)
        shared, after = drawn(exercise.name, exercise.unit, state)
        if shared is None:
            yield from exercise.trials(student, rng)
        else:
            rng.bit_generator.state = after
            yield from shared

    return replace(exercise, trials=trials)


def report(names, function, seed=None, searched=True):
    """What the hidden tests of one function find: they all have the same instances.

    Where it is not searched, what has no name in the catalogue stays without an explanation.
    """
    seed = seed_of(function) if seed is None else seed
    exercise = sharing(exercise_of(function, names))
    student = beside_the_solution(Student(names), _right(exercise.unit))
    with nullcontext() if searched else named_alone():
        return evaluate_briefly(exercise, student, seed, visible=False, common=seed)


def asked(names, function, seed):
    """Call a function as a check does, and explain nothing where that can be left out."""
    student = Student(names)
    attempt(sharing(exercise_of(function, names)), student, seed)
    if student.called != function:  # its properties call it, not its trials
        report(names, function, seed)


def points(unit, names, wanted=None, searched=True):
    """Points by hidden test, as far as there are any."""
    found = {}
    for function in wanted or functions(unit):
        for verdict in report(names, function, searched=searched).verdicts:
            if verdict.earned and worth(unit).get(verdict.check):
                found[verdict.check] = worth(unit)[verdict.check]
    return found
