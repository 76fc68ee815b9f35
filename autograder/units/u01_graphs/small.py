"""Unit 01: expressions of one or two operations, the smallest first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.exercise import Trial
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks.expressions import Instruction
from autograder.units.u01_graphs.instances import Expression
from autograder.units.u01_graphs.nodes import build

#: Programs and their leaves: each operation alone, one with equal operands, a node used twice.
SMALL: tuple[tuple[list[Instruction], list[float]], ...] = (
    ([("+", 0, 1)], [2.0, 3.0]),
    ([("*", 0, 1)], [2.0, 3.0]),
    ([("exp", 0)], [0.5]),
    ([("log", 0)], [2.0]),
    ([("tanh", 0)], [0.5]),
    ([("relu", 0)], [-2.0]),
    ([("+", 0, 0)], [2.0]),
    ([("*", 0, 1), ("+", 2, 2), ("*", 3, 2)], [2.0, 3.0]),
)


def small_passes(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """The nodes of each small expression, and the gradients that they should get."""
    for program, leaves in SMALL:
        drawn = Expression(program, leaves)
        nodes = build(student, program, leaves)
        claims = {f"grad v{n}": Claim(f"v{n}") for n in range(len(nodes) - 1, -1, -1)}
        yield Trial(drawn.label, (nodes[-1], nodes), Problem(drawn.graph, claims))
