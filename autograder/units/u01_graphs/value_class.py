"""Unit 01, an engine on scalars: the numbers that remember, their order, their paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.compare import compare
from autograder.engine.exercise import Exercise, Property, Trial, Wanting, register, take
from autograder.engine.parts import integer
from autograder.engine.student import NotWritten, Student
from autograder.networks.expressions import OPERATIONS, diamonds, spell, ways
from autograder.networks.facts import expression_facts
from autograder.units.u01_graphs.contract import DEPTH, leaves_hold, thrifty
from autograder.units.u01_graphs.instances import Expression, expression
from autograder.units.u01_graphs.nodes import as_float, build, positions, whole

EARLY = "recursive-backward-no-toposort"


def values_hold(student: Student, rng: np.random.Generator, shape: tuple[int, ...]) -> None:
    """Each operation alone, then a whole expression."""
    student = whole(student)
    for operation in OPERATIONS:
        operands = (0, 1) if operation in "+*" else (0,)
        for sign in (1.0, 1.0 if operation == "log" else -1.0):
            leaves = [sign * rng.uniform(0.4, 1.6, shape) for _ in operands]
            _compare_data(student, Expression([(operation, *operands)], leaves))
    _compare_data(student, expression(rng, shape=shape))


def arrays_hold(student: Student, rng: np.random.Generator) -> None:
    """The same on arrays, once it is right on numbers."""
    try:
        values_hold(student, np.random.default_rng(rng.integers(2**31)), ())
    except Wanting:
        raise NotWritten("Value", "each operation has to give the right number first") from None
    values_hold(student, rng, (4,))


def _compare_data(student: Student, drawn: Expression) -> None:
    nodes = build(student, drawn.program, drawn.leaves)
    places = student.call("positions", nodes, nodes)
    if places != list(range(len(nodes))):
        told = f"v{next(n for n, place in enumerate(places) if n != place)} is one of the others"
        raise Wanting(f"in {drawn.label}: {told}; an operation returns a new Value")
    found = student.call("numbers", nodes)
    for n, number in enumerate(found):
        gap = compare(f"data of v{n}", as_float(number), drawn.graph.value(f"v{n}"))
        if gap is not None and gap.wrong:
            what = "" if gap.kind != "values" else "it is not the value of the operation"
            raise Wanting(f"in {drawn.label}: {what or gap.message} (v{n})")


def _nothing(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    return iter(())


register(
    Exercise(
        "Value",
        "01",
        _nothing,
        take("value"),
        (
            Property(
                "operations_give_the_right_numbers",
                "every operation gives the right number",
                holds=lambda student, rng: values_hold(student, rng, ()),
            ),
            Property(
                "operations_act_entry_by_entry",
                "every operation acts on arrays entry by entry",
                holds=arrays_hold,
            ),
            Property(
                "leaves_begin_with_gradient_zero",
                "a new leaf has the gradient 0.0",
                holds=lambda student, rng: leaves_hold(whole(student), rng),
            ),
        ),
    )
)


def order_holds(student: Student, rng: np.random.Generator) -> None:
    """lists each node once, operands before the node that uses them.

    Each node once, operands first, nothing that the root does not depend on.
    """
    for leaves, size in ((2, 6), (3, 8), (3, 8)):
        drawn = expression(rng, leaves, size)
        nodes = build(student, drawn.program, drawn.leaves)
        root = len(nodes) - 1 - size // 8  # once a node below the last one: not all belong
        wanted = {n for n, ways_down in enumerate(_ways_from(drawn, root)) if ways_down}
        found = positions(student, student.call("topo_order", nodes[root]), nodes)
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
        _nothing,
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


def paths_hold(student: Student, rng: np.random.Generator) -> None:
    """counts the ways from the root to a node.

    On chains of diamonds, and from the top of random expressions to each node.
    """
    chains = [Expression(diamonds(depth), [x]) for depth, x in ((1, 0.5), (3, 0.0), (8, 0.5))]
    for drawn in (*chains, expression(rng), expression(rng)):
        nodes = build(student, drawn.program, drawn.leaves)
        for n, wanted in enumerate(ways(drawn.graph)):
            found = integer("the count", student.call("count_paths", nodes[-1], nodes[n]))
            if found != wanted:
                text = spell(drawn.program, len(drawn.leaves))
                held = ", ".join(f"v{k} = {float(x):.3g}" for k, x in enumerate(drawn.leaves))
                start = f"from v{len(nodes) - 1} down to v{n} in {text}, where {held}"
                fresh = build(student, drawn.program, drawn.leaves)
                alone = student.call("count_paths", fresh[-1], fresh[n])
                kept = (
                    "; in a first call it counts them right, so something is kept from call to call"
                    if n and type(alone) is int and alone == wanted
                    else ""
                )
                raise Wanting(f"{start}: it counts {found}, there are {wanted}{kept}")
        lone = build(student, [], [0.5, 0.7])
        if integer("the count", student.call("count_paths", lone[0], lone[1])) != 0:
            raise Wanting("between two leaves that have nothing to do with each other it is not 0")


register(
    Exercise(
        "count_paths",
        "01",
        _nothing,
        take("count"),
        (Property("counts_every_way_down", holds=paths_hold),),
        after=("Value",),
    )
)
