"""Unit 01, an engine on scalars: how many visits a pass back makes, and what is counted instead."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from autograder.engine.exercise import Wanting, take
from autograder.engine.parts import integer
from autograder.engine.student import Student
from autograder.networks.expressions import diamonds
from autograder.units.u01_graphs.contract import DEPTH, thrifty, visits_of_expressions
from autograder.units.u01_graphs.nodes import build

TREE = "graph-walked-as-tree"


def visits_hold(name: str, student: Student, rng: np.random.Generator) -> None:
    """Count on small chains of diamonds first: a tree of depth 20 takes two million visits."""
    depths = (3, 6, DEPTH) if name == "backward" else (3, 6)
    counted: list[int] = []
    off = ""
    for depth in depths:
        nodes = build(student, diamonds(depth), [0.5])
        value = student.call(name, nodes[-1], nodes)
        taken = take("grads", "visits")(value)
        found = integer("visits", taken["visits"])
        tree, graph = 2 ** (depth + 1) - 1, depth + 1
        wanted, other = (graph, tree) if name == "backward" else (tree, graph)
        start = f"on a chain of {depth} diamonds it reports {found} visits, expected {wanted}"
        if found == tree and name == "backward":
            right = np.array_equal(np.ravel(taken["grads"]), 2.0 ** np.arange(depth, -1, -1))
            raise Wanting(f"{start}: one for each path", TREE if right else "")
        if found == other:
            raise Wanting(f"{start}: one for each path down to a node, not one for each node")
        counted.append(found)
        off = off or (start if found != wanted else "")
        if off and len(counted) > 1:  # two chains tell what is counted
            raise Wanting(f"{off}{_counted_instead(name, depths, counted)}")
    visits_of_expressions(name, student, rng)
    if name == "backward":
        thrifty(name, student, "topo_order")


def _counted_instead(name: str, depths: tuple[int, ...], counted: list[int]) -> str:
    """What is counted on chains of diamonds in the place of what is asked for."""
    nodes: dict[str, Callable[[int], int]] = {
        "one node is not counted: is it the root, or the leaf?": lambda d: d,
        "one for each operand of a node": lambda d: 2 * d,
        "one for each operand of a node, and one more": lambda d: 2 * d + 1,
    }
    paths: dict[str, Callable[[int], int]] = {
        "the ways down to the leaf alone; each node met on such a way counts": lambda d: 2**d,
        "the visits of the leaf are not counted": lambda d: 2**d - 1,
        "the visit of the root is not counted": lambda d: 2 ** (d + 1) - 2,
    }
    for told, count in (nodes if name == "backward" else paths).items():
        if all(n == count(d) for n, d in zip(counted, depths, strict=False)):
            return f": {told}"
    return ""
