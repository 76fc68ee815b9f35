"""Expressions as graphs: a program is a list of instructions, ``("+", 0, 1)`` or ``("tanh", 2)``.

Node ``v0`` and those that follow are the leaves; each instruction makes the next node. The wire
into operand k of node ``v5`` is called ``"v3->v5[k]"``, so that both wires of ``v3 + v3`` have a
name. Leaves are numbers, or arrays of one shape (q,) which stand for q evaluations at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np

from autograder.networks.blocks import relu
from autograder.networks.facts import ExpressionFacts, expression_facts
from autograder.networks.once import one_graph
from autograder.networks.tap import STEP, Array, Graph, Tap

Instruction: TypeAlias = tuple[str | int, ...]
Program: TypeAlias = Sequence[Instruction]
Visits: TypeAlias = list[tuple[int, int]]

OPERATIONS: Mapping[str, Callable[..., Array]] = {
    "+": lambda a, b: a + b,
    "*": lambda a, b: a * b,
    "tanh": np.tanh,
    "exp": np.exp,
    "log": np.log,
    "relu": relu,
}


@one_graph
def scalar_graph(program: Program, leaves: Sequence[Array | float]) -> Graph:
    """The graph of the last node of a program.

    Parameters
    ----------
    program : sequence of tuples
        ``(operation, *operands)``; operands are numbers of earlier nodes.
    leaves : sequence of numbers or arrays, all of shape () or all of shape (q,)
        With shape (q,) the cost is the sum of the q values of the last node.

    Examples
    --------
    >>> scalar_graph([("*", 0, 0)], [3.0]).value("v1")
    array(9.)
    """
    inputs = {f"v{n}": np.asarray(x, dtype=float) for n, x in enumerate(leaves)}
    count = len(inputs)
    steps = tuple(
        (n, str(op), tuple(map(int, rest))) for n, (op, *rest) in enumerate(program, count)
    )
    facts = ExpressionFacts(
        family="expressions",
        scopes={"every node": tuple(n for n, _, _ in steps)},
        operations={n: op for n, op, _ in steps},
        operands={n: operands for n, _, operands in steps},
        nodes=count + len(steps),
    )
    return Graph(partial(_forward, steps=steps), inputs, facts)


def _forward(
    inputs: Mapping[str, Array], tap: Tap, steps: Sequence[tuple[int, str, tuple[int, ...]]]
) -> Array:
    nodes = [tap(name, value) for name, value in inputs.items()]
    for n, operation, operands in steps:
        pairs = enumerate(operands)
        values = [tap.wire(f"v{i}", f"v{n}[{slot}]", nodes[i]) for slot, i in pairs]
        nodes.append(tap(f"v{n}", np.asarray(OPERATIONS[operation](*values))))
    root = tap.wire(f"v{len(nodes) - 1}", "J", nodes[-1])
    axes = tuple(range(-next(iter(inputs.values())).ndim, 0))
    return tap("J", root.sum(axis=axes) if axes else root)


def wires(graph: Graph) -> dict[int, list[tuple[int, Array]]]:
    """For each node the nodes it is made of, each with the slope of that one operation there."""
    found = {}
    for n, operands in expression_facts(graph).operands.items():
        values = [graph.value(f"v{i}") for i in operands]
        operation = OPERATIONS[expression_facts(graph).operations[n]]
        found[n] = [
            (i, np.asarray(_slope(operation, values, slot))) for slot, i in enumerate(operands)
        ]
    return found


def _slope(operation: Callable[..., Array], values: Sequence[Array], slot: int) -> Array:
    nudged = [v + 1j * STEP * (k == slot) for k, v in enumerate(values)]
    return np.asarray(operation(*nudged).imag / STEP)


def replay(
    graph: Graph, visits: Visits, start: Mapping[int, Array] | None = None, root: float = 1.0
) -> dict[int, Array]:
    """The gradients that are left in the nodes when the wires are used in this order.

    Parameters
    ----------
    visits : list of (node, k)
        The node hands its gradient, as it is at that moment, to its operand k.
    start : mapping, optional
        What an earlier pass had left; by default zeros.
    root : float
        Gradient of the last node.
    """
    made_of, last = wires(graph), expression_facts(graph).nodes - 1
    zero = np.zeros_like(graph.value(f"v{last}"))
    left = {n: zero if start is None else start[n] for n in range(last + 1)}
    left[last] = zero + root
    for n, slot in visits:
        i, slope = made_of[n][slot]
        left[i] = left[i] + slope * left[n]
    return left


def ways(graph: Graph) -> list[int]:
    """For each node the number of paths from the last node down to it."""
    last = expression_facts(graph).nodes - 1
    count = [0] * last + [1]
    for n in range(last, -1, -1):
        for i in expression_facts(graph).operands.get(n, ()):
            count[i] += count[n]
    return count


def diamonds(depth: int) -> list[Instruction]:
    """v1 = v0 + v0, v2 = v1 + v1, ...: 2 ** depth paths through depth + 1 nodes."""
    return [("+", n, n) for n in range(depth)]


def spell(program: Program, leaves: int) -> str:
    """The program as text: ``"v2 = v0 * v1, v3 = tanh v2"``."""
    told = []
    for n, (operation, *operands) in enumerate(program, start=leaves):
        names = [f"v{i}" for i in operands]
        right = f" {operation} ".join(names) if len(names) == 2 else f"{operation} {names[0]}"
        told.append(f"v{n} = {right}")
    return ", ".join(told)
