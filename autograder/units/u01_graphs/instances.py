"""Random expressions on which no known mistake can hide.

Every node leads to the last one; at least two *inner* nodes are used more than once (where only
leaves are, a wrong order of visits goes unseen), one operation uses the same node twice, values
stay of order 1, no ReLU is near its kink, and no gradient is zero. Large ones hold every operation;
on arrays the ReLU is on in some entries and off in others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from autograder.networks import Array, Graph, Program, scalar_graph, spell
from autograder.networks.expressions import Instruction
from autograder.networks.facts import expression_facts
from autograder.networks.once import drawn_once
from autograder.oracle import gradient

_TRIES = 5000
_ONE = ("tanh", "exp", "log", "relu")
#: Operands for which an operation is neither saturated nor undefined.
_RANGES = {"tanh": (-1.6, 1.6), "exp": (-2.0, 2.0), "log": (0.2, 9.0)}


@dataclass(frozen=True)
class Expression:
    """A program and the values of its leaves."""

    program: Program
    leaves: Sequence[Array | float]

    @property
    def graph(self) -> Graph:
        """Its graph."""
        return scalar_graph(self.program, self.leaves)

    @property
    def label(self) -> str:
        """The program as text."""
        return spell(self.program, len(self.leaves)) or "a leaf alone"


@drawn_once
def expression(
    rng: np.random.Generator, leaves: int = 3, size: int = 8, shape: tuple[int, ...] = ()
) -> Expression:
    """Draw a screened expression.

    Parameters
    ----------
    rng : numpy.random.Generator
    leaves : int
        Number of leaves.
    size : int
        Number of instructions, roughly: what nothing uses is added up at the end.
    shape : tuple of int
        Shape of each leaf, () or (q,).

    Raises
    ------
    RuntimeError
        If no expression of this size passes the screening.
    """
    for _ in range(_TRIES):
        program = _program(rng, leaves, size)
        values = [rng.uniform(0.3, 1.5, shape) * rng.choice([-1, 1], shape) for _ in range(leaves)]
        drawn = Expression(program, values)
        with np.errstate(all="ignore"):  # the log of a negative number is screened out
            if _forks(drawn) and _good(drawn.graph):
                return drawn
    raise RuntimeError(f"no good expression of {leaves} leaves and {size} steps")


def _program(rng: np.random.Generator, leaves: int, size: int) -> list[Instruction]:
    single = rng.permutation(_ONE)[: size // 2]
    kinds = rng.permutation([*single, *rng.choice(["+", "*"], size - len(single))])
    program: list[Instruction] = []
    for n, kind in enumerate(map(str, kinds), start=leaves):
        low = max(0, n - 5)  # mostly recent nodes: deep rather than wide
        operands = rng.integers(low, n, 2 if kind in "+*" else 1)
        program.append((kind, *map(int, operands)))
    unused = set(range(leaves + size)) - {i for _, *operands in program for i in map(int, operands)}
    top = max(unused)
    for n in sorted(unused - {top}):
        program.append(("+", n, top))
        top = leaves + len(program) - 1
    return program


def _forks(drawn: Expression) -> bool:
    """Two inner nodes that are used twice, and one operation with equal operands."""
    uses = [int(i) for _, *operands in drawn.program for i in set(operands)]
    inner = [i for i in set(uses) if i >= len(drawn.leaves) and uses.count(i) > 1]
    twins = any(len(rest) == 2 and rest[0] == rest[1] for _, *rest in drawn.program)
    used = set(uses) >= set(range(len(drawn.leaves)))
    return used and twins and len(inner) >= 2


def _good(graph: Graph) -> bool:
    for n, operation in expression_facts(graph).operations.items():
        operand, value = (
            graph.value(f"v{expression_facts(graph).operands[n][0]}"),
            graph.value(f"v{n}"),
        )
        low, high = _RANGES.get(operation, (-9.0, 9.0))
        if not (low < operand.min() and operand.max() < high and np.abs(value).max() < 9):
            return False
        if operation == "relu" and not _both_sides(operand):
            return False
        if operation in _RANGES and np.abs(operand).max() < 0.05:
            return False  # behind a ReLU that is off: tanh(0) and exp(0) hide a wrong slope
    slopes = gradient(graph, [n for n in graph.nodes() if n != "J"])
    sizes = [np.abs(g) for g in slopes.values()]
    return all(0.01 < s.max() < 60 for s in sizes)


def _both_sides(z: Array) -> bool:
    """Away from the kink, and on as well as off where there are several entries."""
    on = np.atleast_1d(z) > 0
    return bool(np.abs(z).min() > 0.05 and (on.size == 1 or 0 < on.sum() < on.size))
