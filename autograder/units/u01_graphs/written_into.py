"""Unit 01: an operation that writes into the array of one of its operands."""

from __future__ import annotations

import numpy as np

from autograder.engine.compare import is_right
from autograder.engine.locate.written import written
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.networks.expressions import spell
from autograder.units.u01_graphs.instances import Expression
from autograder.units.u01_graphs.nodes import as_float, build


def written_into(student: Student, drawn: Expression, n: int) -> str:
    """Say which operation changed the data of v_n after it was right; empty if none did."""
    leaves, held = len(drawn.leaves), drawn.graph.value(f"v{n}")
    before = None
    for made in range(max(0, n - leaves + 1), len(drawn.program) + 1):
        nodes = build(student, drawn.program[:made], drawn.leaves)
        now = as_float(student.call("numbers", nodes)[n])
        if is_right(now, held):
            before = np.asarray(now, dtype=float)
        elif before is None:
            return ""  # wrong from the beginning
        else:
            return _told(drawn, made, n, before, now)
    return ""


def _told(drawn: Expression, made: int, n: int, before: Array, now: object) -> str:
    """The operation, and what v_n held before it and holds after it."""
    leaves = len(drawn.leaves)
    line = spell(drawn.program[:made], leaves).split(", ")[-1]
    told = f"{line} changes v{n}"
    try:
        after = np.asarray(now, dtype=float)
    except (TypeError, ValueError):
        return f"{told}: what was right before is another thing after it"
    if before.ndim == 0:
        return (
            f"{told}: it held {written(before)} before, and holds {written(after)} after. The "
            "operation sets the data of its operand; the result wants a number of its own"
        )
    return (
        f"{told}: it held {written(before)} before, and holds {written(after)} after. "
        "The operation writes into the array of its operand, as += on it, or on a second name for "
        "it, does; the result wants an array of its own"
    )
