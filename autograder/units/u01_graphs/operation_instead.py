"""Unit 01: the smallest input on which an operation of `Value` is off, and what it gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.arrays import shape_of
from autograder.engine.compare import Gap
from autograder.engine.locate.written import written
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.networks.expressions import OPERATIONS
from autograder.networks.facts import expression_facts
from autograder.observe import StudentError
from autograder.units.u01_graphs.instances import Expression
from autograder.units.u01_graphs.nodes import as_float, build
from autograder.units.u01_graphs.other_operations import on_arrays, on_numbers

_METHODS = {"+": "__add__", "*": "__mul__"}
_NUMBERS = (2.0, 0.5, -1.0, 0.0, -0.3, 1.3)
_POSITIVE = (2.0, 0.5, 1.0, 3.0, 0.3, 1.3)
_PAIRS = ((2.0, 3.0), (-1.0, 0.5), (0.7, -0.3), (1.3, 0.4), (-2.0, -1.5))
_ARRAYS = ((2.0, -1.0), (-1.0, 2.0), (1.0, -2.0), (-3.0, 1.0), (0.5, 1.5, -1.0), (-1.0, 2.0, 1.0))
_POSITIVE_ARRAYS = ((2.0, 0.5), (0.5, 3.0), (1.0, 0.3), (0.7, 1.5, 2.5), (2.0, 1.5, 0.4))
_ARRAY_PAIRS = (
    ((2.0, -1.0), (3.0, 5.0)),
    ((0.5, 2.0), (-1.0, 4.0)),
    ((1.0, -2.0, 0.3), (0.7, 0.4, -3.0)),
)


def inputs(operation: str, arrays: bool) -> list[list[Array]]:
    """The leaves on which an operation is tried alone; the simplest come first."""
    if operation in "+*":
        pairs: Sequence[Sequence[object]] = _ARRAY_PAIRS if arrays else _PAIRS
        return [[np.array(one) for one in pair] for pair in pairs]
    all_of_them: Sequence[object] = _ARRAYS if arrays else _NUMBERS
    positive: Sequence[object] = _POSITIVE_ARRAYS if arrays else _POSITIVE
    return [[np.array(x)] for x in (positive if operation == "log" else all_of_them)]


def alone(operation: str, leaves: Sequence[Array]) -> Expression:
    """The operation on these leaves and nothing else."""
    given = [x if x.ndim else float(x) for x in leaves]
    return Expression([(operation, *range(len(leaves)))], given)


def off(student: Student, drawn: Expression, n: int, gap: Gap) -> str:
    """Say what the operation that makes v_n gives, and what is right."""
    facts = expression_facts(drawn.graph)
    operation = facts.operations.get(n)
    if operation is None:
        return f"in {drawn.label}: {gap.message}"
    given = [drawn.graph.value(f"v{i}") for i in facts.operands[n]]
    arrays = given[0].ndim > 0
    cause = _cause(student, operation, arrays)
    if not arrays and gap.kind == "values":
        found, right = (float(np.asarray(x)) for x in (gap.found, gap.wanted))
        told = f"data of v{n} is {found:.4g}, expected {right:.4g}"
        leaves = [f"v{k} = {float(leaf):.4g}" for k, leaf in enumerate(drawn.leaves)]
        values = f", for {' and '.join(leaves)}" if len(drawn.program) == 1 else ""
        return f"in {drawn.label}: {told}{values}{cause}"
    of = f" {operation} " if operation in "+*" else ""
    what = of.join(map(written, given)) if of else f"{operation} of {written(given[0])}"
    if gap.kind != "values":
        return f"in {drawn.label}: for {what} the {gap.message}{cause}"
    made, wanted = (written(np.asarray(x)) for x in (gap.found, gap.wanted))
    return f"{what} gives {made}, and {wanted} is right{cause}"


def _cause(student: Student, operation: str, arrays: bool) -> str:
    """What the operation gives on each of several inputs, if one idea tells it."""
    tried = inputs(operation, arrays)
    kept, found = len(student.errors), []
    try:
        for leaves in tried:
            drawn = alone(operation, leaves)
            nodes = build(student, drawn.program, drawn.leaves)
            found.append(as_float(student.call("numbers", nodes)[-1]))
    except (NotWritten, StudentError):
        del student.errors[kept:]
        return ""
    right = [OPERATIONS[operation](*leaves) for leaves in tried]
    if all(map(_same, found, right)):  # it is off elsewhere only
        return ""
    ideas = on_arrays(operation) if arrays else on_numbers(operation)
    of = "a and b" if operation in "+*" else "x"
    name = _METHODS.get(operation, operation)
    for told, rule in ideas.items():
        with np.errstate(all="ignore"):
            if all(_same(one, rule(*leaves)) for one, leaves in zip(found, tried, strict=True)):
                many = f"each of {len(tried)} inputs"
                return f". On {many} tried, your `{name}` of {of} gives {told}"
    return ""


def _same(found: object, told: Array) -> bool:
    if shape_of(found) != np.shape(told):
        return False
    try:
        return bool(np.allclose(np.asarray(found, dtype=float), told, rtol=1e-9, equal_nan=True))
    except (TypeError, ValueError):
        return False
