"""Unit 01, the contract beside the gradients: what stays in the nodes, ReLU at 0, cost."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.engine.by_differences import shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import Misshapen, Wanting, take
from autograder.engine.parts import integer
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.networks.expressions import diamonds, ways
from autograder.observe import StudentError
from autograder.oracle import gradient
from autograder.units.u01_graphs.instances import Expression, expression
from autograder.units.u01_graphs.nodes import as_float, build, spread

#: On 20 diamonds: 21 nodes, and a million paths. Looking for the next node anew in a list of all
#: nodes, each time, takes some 10^4 reads; a walk along every path takes more than 2 * 10^6.
DEPTH, MOST = 20, 100_000


def leaves_hold(student: Student, rng: np.random.Generator) -> None:
    """A new leaf has the gradient 0; it counts only beside an operation that works."""
    for data in (rng.uniform(0.5, 1.5), rng.uniform(0.5, 1.5, 3)):
        for grad in student.call("grads_in", build(student, [], [data, data])):
            if not isinstance(as_float(grad), (float, np.floating, np.ndarray)) or np.any(grad):
                raise Wanting(f"a new leaf has grad {grad!r}, expected 0.0")
    *_, product = student.call("numbers", build(student, [("*", 0, 0)], [3.0]))
    if not _is(as_float(product), np.array(9.0)):
        raise NotWritten("Value", "a product has to be right first")


def in_the_nodes(name: str, student: Student, rng: np.random.Generator) -> None:
    """What is returned stands in the nodes, in whatever order they are asked for."""
    for drawn in (expression(rng), expression(rng, 2, 6, (3,))):
        nodes = build(student, drawn.program, drawn.leaves)
        true = gradient(drawn.graph, [f"v{n}" for n in range(len(nodes))])
        order = [int(n) for n in rng.permutation(len(nodes))]
        grads = _grads(name, student, nodes, [nodes[n] for n in order])
        found = dict(zip(order, grads, strict=True))
        stays = student.call("grads_in", nodes)
        for n in range(len(nodes)):
            if not _is(as_float(stays[n]), true[f"v{n}"]) and _same(found.get(n), stays[n]):
                raise NotWritten(name, "the gradients have to be right first")
            if not _is(found.get(n), true[f"v{n}"]):
                raise Wanting(
                    f"asked for v{order[0]}, v{order[1]}, ... of {drawn.label}, it returns another "
                    f"gradient at the place of v{n}"
                )
            if not _is(as_float(stays[n]), true[f"v{n}"]):
                raise Wanting(f"in {drawn.label}: the grad of v{n} afterwards is not its gradient")


def _grads(name: str, student: Student, nodes: list[Any], wanted: list[Any]) -> list[Any]:
    """What is returned for the wanted nodes, one gradient for each of them."""
    grads = take("grads", "_visits")(student.call(name, nodes[-1], wanted))["grads"]
    if not isinstance(grads, (list, tuple)) or len(grads) != len(wanted):
        raise Misshapen(f"asked for {len(wanted)} nodes, grads is not a list of as many gradients")
    return [as_float(grad) for grad in grads]


def _same(one: Any, other: Any) -> bool:
    try:
        first, second = (np.asarray(as_float(g), dtype=float) for g in (one, other))
        return np.array_equal(first, second)
    except (TypeError, ValueError):
        return False


def _is(grad: Any, true: Array) -> bool:
    return is_right(spread(grad, true.shape), true)


def closed_at_zero(name: str, student: Student, rng: np.random.Generator) -> None:
    """At exactly 0 every slope of ReLU from 0 to 1 is a subgradient; the contract chose 0."""
    for at in (0.0, np.array([0.0, 0.7, -0.7])):
        other = rng.uniform(0.5, 1.5, np.shape(at))
        drawn = Expression([("relu", 0), ("*", 2, 1)], [at, other])
        nodes = build(student, drawn.program, drawn.leaves)
        grads = _grads(name, student, nodes, nodes)
        found, away = shaped(grads[0], np.shape(at)), np.asarray(at) != 0
        right = np.allclose(found[away], np.where(np.greater(at, 0), other, 0)[away])
        wanted = {1: drawn.graph.value("v2"), 2: other, 3: np.ones(np.shape(at))}
        if not right or not all(_is(grads[n], one) for n, one in wanted.items()):
            raise NotWritten(name, "the gradients have to be right away from 0 first")
        if np.any(found[~away] != 0):
            told = "where a number is exactly 0, its ReLU passes a gradient on"
            raise Wanting(f"{told}; the contract asks for the slope 0", "relu-mask-a-vs-z")


def visits_of_expressions(name: str, student: Student, rng: np.random.Generator) -> None:
    """Where not every node is a diamond, a node is wanted twice, or a leaf is alone."""
    alone = Expression([], [0.7])
    for drawn in (expression(rng), Expression([("*", 0, 1), ("+", 2, 1)], [0.7, 0.7]), alone):
        nodes = build(student, drawn.program, drawn.leaves)
        value = student.call(name, nodes[-1], [*nodes, nodes[0]])
        found = integer("visits", take("grads", "visits")(value)["visits"])
        wanted = len(nodes) if name == "backward" else sum(ways(drawn.graph))
        if found != wanted:
            raise Wanting(f"for {drawn.label} it reports {found} visits, expected {wanted}")


def thrifty(name: str, student: Student, *more: str) -> None:
    """Each node is read a few times, not once for each path.

    Raises
    ------
    Wanting
        If it is read more often; not, if one of the functions `more`, which it may call, does.
    """
    nodes = build(student, diamonds(DEPTH), [0.5])
    for callee in more:
        if _reads(callee, student, nodes) > MOST:
            return
    if _reads(name, student, nodes) > MOST:
        raise Wanting(
            f"on {DEPTH} diamonds, {DEPTH + 1} nodes, it looks at nodes more than {MOST} times: it "
            "walks along each of the paths anew; a node that was met before needs no second walk"
        )


def _reads(name: str, student: Student, nodes: list[Any]) -> int:
    rest = () if name == "topo_order" else (nodes,)
    try:
        return int(student.call("count_reads", name, MOST, nodes[-1], *rest))
    except StudentError as error:
        if "pop from empty list" in error.message:
            return MOST + 1
        raise
