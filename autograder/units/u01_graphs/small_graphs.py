"""Unit 01: all expressions of few nodes, the smallest first, for the instance that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np

from autograder.networks import Array
from autograder.networks.expressions import Instruction, diamonds
from autograder.networks.facts import expression_facts
from autograder.units.u01_graphs.instances import Expression, expression

#: Leaves and operations of each size: up to four nodes.
_SIZES = ((1, 0), (1, 1), (1, 2), (2, 1), (1, 3), (2, 2))
#: Of which no two nodes of an expression are equal, unless they are made in the same way.
_LEAVES = (0.5, 0.7)


@cache
def small_expressions() -> tuple[Expression, ...]:
    """Return each way to make a last node of all others by sums and tanh.

    Those in which two nodes hold equal numbers come last.
    """
    made = [
        Expression(program, list(_LEAVES[:leaves]))
        for leaves, size in _SIZES
        for program in _programs(leaves, size)
    ]
    return tuple(sorted(made, key=holds_twins))


def holds_twins(drawn: Expression) -> bool:
    """Whether two nodes hold equal numbers."""
    held = [float(x) for x in data(drawn) if np.ndim(x) == 0]
    return len(set(held)) < len(held)


def several(rng: np.random.Generator) -> Iterator[Expression]:
    """Yield the small expressions, and three larger ones on which an idea has to hold as well.

    Between them chains in which all nodes are equal.
    """
    yield from small_expressions()
    yield from (Expression(diamonds(depth), [0.0]) for depth in (1, 2, 3))
    yield from (expression(rng, 2, 6), expression(rng), expression(rng))


def operands(drawn: Expression) -> list[tuple[int, ...]]:
    """For each node the numbers of the nodes that it is made of."""
    facts = expression_facts(drawn.graph)
    return [tuple(facts.operands.get(n, ())) for n in range(facts.nodes)]


def data(drawn: Expression) -> list[Array]:
    """The value of each node."""
    return [drawn.graph.value(f"v{n}") for n in range(expression_facts(drawn.graph).nodes)]


def below(made_of: list[tuple[int, ...]], root: int) -> list[int]:
    """The nodes that the root is made of, and the root, by their numbers."""
    met, waiting = {root}, [root]
    while waiting:
        fresh = set(made_of[waiting.pop()]) - met
        met |= fresh
        waiting += fresh
    return sorted(met)


def _programs(
    leaves: int, size: int, made: tuple[Instruction, ...] = ()
) -> Iterator[list[Instruction]]:
    """Yield all programs of so many steps whose last node needs every other one."""
    count = leaves + len(made)
    if size == 0:
        used = {i for _, *rest in made for i in rest}
        if used >= set(range(count - 1)):
            yield list(made)
        return
    for i in range(count):
        yield from _programs(leaves, size - 1, (*made, ("tanh", i)))
    for pair in product(range(count), repeat=2):
        yield from _programs(leaves, size - 1, (*made, ("+", *pair)))
