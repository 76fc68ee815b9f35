"""An argument with another default than in the text of the exercise."""

from __future__ import annotations

import ast
import inspect

from autograder.engine.exercise import Exercise
from autograder.engine.repair.source import Source, source_of
from autograder.engine.signatures import signature_of
from autograder.engine.student import Student


def other_default_of(exercise: Exercise, student: Student) -> str:
    """Return the sentence on a student's function; empty also where its source is not at hand."""
    source = source_of(student.namespace.get(exercise.name))
    return other_default(exercise, source) if source is not None else ""


def other_default(exercise: Exercise, source: Source) -> str:
    """Return a sentence on the first default that is another one; empty if there is none."""
    contract = signature_of(exercise.name, exercise.unit)
    if not contract:
        return ""
    (line,) = ast.parse(f"def {contract}: pass").body
    assert isinstance(line, ast.FunctionDef)
    given = line.args.defaults
    own = inspect.signature(source.function).parameters
    for argument, default in zip(
        line.args.args[len(line.args.args) - len(given) :], given, strict=True
    ):
        value = ast.literal_eval(default)
        found = own[argument.arg].default if argument.arg in own else inspect.Parameter.empty
        # anything else, as an array, may compare in a way of its own
        if isinstance(found, (int, float, str, type(None))) and found != value:
            return (
                f"In the text of the exercise `{argument.arg}` is {value!r} where a call does not "
                f"say what it is; in line {source.tree.lineno} it is {found!r}."
            )
    return ""
