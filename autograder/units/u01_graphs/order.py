"""Unit 01, an engine on scalars: the order of the nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.engine.exercise import Exercise, Property, Wanting, register, take
from autograder.engine.parts import no_trials
from autograder.engine.student import Student
from autograder.errors.raised import is_heard
from autograder.networks.expressions import diamonds
from autograder.units.u01_graphs.contract import DEPTH, thrifty
from autograder.units.u01_graphs.instances import expression
from autograder.units.u01_graphs.listed_instead import EARLY as EARLY
from autograder.units.u01_graphs.listed_instead import Listed, order_wanting
from autograder.units.u01_graphs.nodes import build, positions


def order_holds(student: Student, rng: np.random.Generator) -> None:
    """lists each node once, operands before the node that uses them.

    Each node once, operands first, nothing that the root does not depend on.
    """
    before: list[Any] = []
    right: Listed | None = None
    for leaves, size in ((2, 6), (3, 8), (3, 8)):
        drawn = expression(rng, leaves, size)
        nodes = build(student, drawn.program, drawn.leaves)
        root = len(nodes) - 1 - size // 8  # once a node below the last one: not all belong
        order = student.call("topo_order", nodes[root])
        _of_this_call(student, order, nodes, before)
        found = positions(student, order, nodes)
        before = nodes
        one = Listed(drawn, root, found)
        if one.flaw[0] and not is_heard():
            raise Wanting(one.told, one.flaw[1])
        if one.flaw[0]:
            _of_an_earlier_call(student, right, one)
            raise order_wanting(student, one, rng)
        right = one


def _of_an_earlier_call(student: Student, right: Listed | None, now: Listed) -> None:
    """Complain where a graph that was listed right once no longer is."""
    if right is None:
        return
    nodes = build(student, right.drawn.program, right.drawn.leaves)
    order = student.call("topo_order", nodes[right.root])
    if Listed(right.drawn, right.root, positions(student, order, nodes)).flaw[0]:
        raise Wanting(
            f"{now.told}. A graph that was listed right in an earlier call, built once more, is "
            "not listed right any longer. What lives from one call to the next?"
        )


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


def order_cost(student: Student, rng: np.random.Generator) -> None:
    """finds 21 nodes in a chain of 20 diamonds.

    A chain of diamonds has 2 ** depth paths, and depth + 1 nodes.
    """
    thrifty("topo_order", student)
    for depth, leaf in ((4, 0.5), (4, 0.0), (DEPTH, 0.5)):  # of 0 + 0 all nodes are equal
        nodes = build(student, diamonds(depth), [leaf])
        found = positions(student, student.call("topo_order", nodes[-1]), nodes)
        if sorted(found) != list(range(depth + 1)):
            told = f"on {depth} diamonds it gives {len(found)} nodes; there are {depth + 1}"
            raise Wanting(f"{told}{_ALIKE}" if leaf == 0.0 else told)


#: The same graph was listed right before, with another number in its leaf.
_ALIKE = (
    ". Each node holds 0 here; where they hold different numbers, all are listed: are nodes told "
    "apart by their data?"
)


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
