"""Unit 01, an engine on scalars: the numbers that remember, their order, their paths."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.compare import compare
from autograder.engine.exercise import Exercise, Property, Trial, Wanting, register, take
from autograder.engine.parts import integer
from autograder.engine.student import NotWritten, Student
from autograder.errors.raised import is_heard
from autograder.networks.expressions import OPERATIONS, diamonds, ways
from autograder.units.u01_graphs.contract import leaves_hold
from autograder.units.u01_graphs.instances import Expression, expression
from autograder.units.u01_graphs.nodes import as_float, build, whole
from autograder.units.u01_graphs.operation_instead import alone, inputs, off
from autograder.units.u01_graphs.ways_instead import Counted, ways_wanting
from autograder.units.u01_graphs.written_into import written_into


def values_hold(student: Student, rng: np.random.Generator, shape: tuple[int, ...]) -> None:
    """Each operation alone, then a whole expression."""
    student = whole(student)
    for operation in OPERATIONS:
        for few in inputs(operation, bool(shape)):  # whatever is off shows on the simplest
            _compare_data(student, alone(operation, few))
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
            if told := written_into(student, drawn, n):
                raise Wanting(told, "da-mutated-in-place")
            raise Wanting(off(student, drawn, n, gap))


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
                "every operation gives the right number; its slopes are checked with "
                "`backward_tree` and `backward`",
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
                one = Counted(drawn, n, found)
                raise ways_wanting(student, one, rng) if is_heard() else Wanting(one.told)
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
