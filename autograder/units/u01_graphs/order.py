"""Unit 01, an engine on scalars: the order of the nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Property, Wanting, register, take
from autograder.engine.parts import no_trials
from autograder.engine.student import Student
from autograder.networks.expressions import diamonds, ways
from autograder.networks.facts import expression_facts
from autograder.units.u01_graphs.contract import DEPTH, thrifty
from autograder.units.u01_graphs.instances import Expression, expression
from autograder.units.u01_graphs.nodes import build, positions

EARLY = "recursive-backward-no-toposort"


def order_holds(student: Student, rng: np.random.Generator) -> None:
    """lists each node once, operands before the node that uses them.

    Each node once, operands first, nothing that the root does not depend on.
    """
    before: list[Any] = []
    for leaves, size in ((2, 6), (3, 8), (3, 8)):
        drawn = expression(rng, leaves, size)
        nodes = build(student, drawn.program, drawn.leaves)
        root = len(nodes) - 1 - size // 8  # once a node below the last one: not all belong
        wanted = {n for n, ways_down in enumerate(_ways_from(drawn, root)) if ways_down}
        order = student.call("topo_order", nodes[root])
        _of_this_call(student, order, nodes, before)
        found = positions(student, order, nodes)
        before = nodes
        label = f"for v{root} in {drawn.label}"
        if len(set(found)) < len(found):
            raise Wanting(f"{label}: v{_repeated(found)} stands in the list more than once")
        missing, strange = sorted(wanted - set(found)), sorted(set(found) - wanted)
        if missing:
            raise Wanting(f"{label}: v{missing[0]} is missing; v{root} depends on it")
        if strange:
            raise Wanting(f"{label}: v{strange[0]} stands in the list, and v{root} is not made of")
        for place, n in enumerate(found):
            late = [
                i for i in expression_facts(drawn.graph).operands.get(n, ()) if i in found[place:]
            ]
            if late:
                raise Wanting(f"{label}: v{n} stands before its operand v{late[0]}", EARLY)


def _of_this_call(student: Student, order: Any, nodes: list[Any], before: list[Any]) -> None:
    """Complain of nodes that belong to the call before, where that call gave a right list."""
    if not before or not isinstance(order, (list, tuple)):
        return
    here, there = (student.call("positions", list(order), some) for some in (nodes, before))
    kept = [k for k, (n, other) in enumerate(zip(here, there, strict=True)) if n < 0 <= other]
    if kept:
        raise Wanting(
            f"in a first call the list is right; in a second one, for another root, it has "
            f"{len(order)} nodes, and {len(kept)} of them belong to the call before. What lives "
            "from one call to the next: a default argument such as [] or set(), which is made "
            "once, or a name outside of the function?"
        )


def _repeated(found: list[int]) -> int:
    return next(n for n in found if found.count(n) > 1)


def _ways_from(drawn: Expression, root: int) -> list[int]:
    cut_off = replace(drawn, program=drawn.program[: root - len(drawn.leaves) + 1])
    return ways(cut_off.graph)


def order_cost(student: Student, rng: np.random.Generator) -> None:
    """finds 21 nodes in a chain of 20 diamonds.

    A chain of diamonds has 2 ** depth paths, and depth + 1 nodes.
    """
    thrifty("topo_order", student)
    for depth, leaf in ((4, 0.5), (4, 0.0), (DEPTH, 0.5)):  # of 0 + 0 all nodes are equal
        nodes = build(student, diamonds(depth), [leaf])
        found = positions(student, student.call("topo_order", nodes[-1]), nodes)
        if sorted(found) != list(range(depth + 1)):
            raise Wanting(f"on {depth} diamonds it gives {len(found)} nodes; there are {depth + 1}")


def in_the_order_of_building(student: Student) -> Callable[[Any], list[Any]]:
    """A right topo_order, to stand in for a wrong one: operands were built before their nodes."""
    return lambda root: list(student.latest["build"])


register(
    Exercise(
        "topo_order",
        "01",
        no_trials,
        take("order"),
        (
            Property(
                "operands_come_first",
                holds=order_holds,
            ),
            Property(
                "finds_each_node_once_in_a_chain_of_diamonds",
                holds=order_cost,
            ),
        ),
        after=("Value",),
        right=in_the_order_of_building,
    )
)
