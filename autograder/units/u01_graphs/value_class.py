"""Unit 01, an engine on scalars: the numbers that remember, their order, their paths."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.compare import Gap, compare
from autograder.engine.exercise import Exercise, Property, Trial, Wanting, register, take
from autograder.engine.parts import integer
from autograder.engine.student import NotWritten, Student
from autograder.networks.expressions import OPERATIONS, diamonds, spell, ways
from autograder.units.u01_graphs.contract import leaves_hold
from autograder.units.u01_graphs.instances import Expression, expression
from autograder.units.u01_graphs.nodes import as_float, build, whole
from autograder.units.u01_graphs.written_into import written_into


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
            if told := written_into(student, drawn, n):
                raise Wanting(told, "da-mutated-in-place")
            what = _against(drawn, n, gap) if gap.kind == "values" else ""
            raise Wanting(f"in {drawn.label}: {what or f'{gap.message} (v{n})'}")


def _against(drawn: Expression, n: int, gap: Gap) -> str:
    """The number beside the right one, and the leaves of an operation alone."""
    found, right = np.asarray(gap.found), np.asarray(gap.wanted)
    if right.ndim:
        return f"it is not the value of the operation (v{n})"
    leaves = [f"v{k} = {float(leaf):.4g}" for k, leaf in enumerate(drawn.leaves)]
    given = f", for {' and '.join(leaves)}" if len(drawn.program) == 1 else ""
    return f"data of v{n} is {float(found):.4g}, expected {float(right):.4g}{given}"


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
