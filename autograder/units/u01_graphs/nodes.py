"""Unit 01: how the checks reach a student's nodes.

A student's objects stay where they are. The assignment gives, and locks, three small functions:
``build(program, leaves) -> nodes``, ``numbers(nodes) -> data`` and ``positions(found, nodes)``.
They take and return plain data, or the student's own nodes as opaque objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import FunctionType
from typing import Any

import numpy as np

from autograder.engine.exercise import Misshapen
from autograder.engine.student import NotWritten, Student
from autograder.errors.words import article
from autograder.networks import Program


def whole(student: Student) -> Student:
    """The notebook around a class: ``check(Value)`` hands over the class alone."""
    kept = student.namespace.get("Value")
    if "build" in student.namespace or not isinstance(kept, type):
        return student
    methods = [f for f in vars(kept).values() if isinstance(f, FunctionType)]
    return Student({**methods[0].__globals__, "Value": kept}) if methods else student


def build(student: Student, program: Program, leaves: Sequence[Any]) -> list[Any]:
    """The student's nodes for a program."""
    given = [np.array(x) if np.ndim(x) else float(x) for x in leaves]
    try:
        nodes = student.call("build", [tuple(step) for step in program], given)
    except NotWritten as error:
        raise NotWritten("Value", str(error).replace("`build`", "`Value`")) from error
    assert isinstance(nodes, list)
    return nodes


def as_float(number: Any) -> Any:
    whole_number = isinstance(number, (int, np.integer)) and not isinstance(number, bool)
    return float(number) if whole_number else number


def spread(grad: Any, shape: tuple[int, ...]) -> Any:
    """A number stands for an array of it, where the others are arrays."""
    return np.full(shape, grad) if shape and isinstance(grad, (float, np.floating)) else grad


def positions(student: Student, order: Any, nodes: list[Any]) -> list[int]:
    if not isinstance(order, (list, tuple)):
        kind = (
            "None: is a `return` missing?" if order is None else f"{article(type(order).__name__)}"
        )
        raise Misshapen(f"topo_order returned {kind}; expected a list of nodes")
    found = student.call("positions", list(order), nodes)
    if -1 in found:
        raise Misshapen(
            f"{found.count(-1)} of {len(found)} things in the list of topo_order are no nodes of "
            "the expression whose root it was given: is something kept from an earlier call?"
        )
    return [int(n) for n in found]
