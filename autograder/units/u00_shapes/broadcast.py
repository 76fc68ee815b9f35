"""Unit 00: the shape of a sum of two arrays, worked out by hand."""

from __future__ import annotations

import numpy as np

from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import NotWritten, Student
from autograder.observe import StudentError
from autograder.units.u00_shapes.ledger import Shape, shape, shown

#: Shapes that clash, and what is changed in the second one so that they fit. Multiples, equal
#: products and equal left ends are among them: none of these is the rule.
CLASHES: tuple[tuple[Shape, Shape, Shape], ...] = (
    ((2,), (3,), (1,)),
    ((2,), (4,), (2,)),
    ((6,), (3,), (6,)),
    ((4, 3), (4,), (3,)),
    ((4, 1), (2, 5), (4, 5)),
    ((2, 1, 3), (5, 2), (5, 3)),
    ((7, 2), (7, 3), (7, 1)),
    ((2, 6), (3, 4), (2, 1)),
    ((3, 5, 2), (5, 1, 2), (3, 1, 2)),
)


def _pairs(rng: np.random.Generator) -> list[tuple[Shape, Shape]]:
    """Pairs of shapes that NumPy broadcasts: random ones, and those that bite."""
    pairs: list[tuple[Shape, Shape]] = [((), ()), ((), (3,)), ((4, 3), (3,)), ((4, 1), (1, 3))]
    for _ in range(12):
        whole = tuple(int(n) for n in rng.integers(1, 7, rng.integers(1, 5)))
        one, other = (
            tuple(1 if rng.random() < 0.4 else n for n in whole)[int(cut) :]
            for cut in (0, rng.integers(0, len(whole) + 1))
        )
        pairs.append((one, other) if rng.random() < 0.5 else (other, one))
    return pairs


def broadcasts(student: Student, rng: np.random.Generator) -> None:
    """gives the shape that NumPy gives.

    Shapes are aligned at their right ends; 1 gives way.
    """
    for one, other in _pairs(rng):
        right = np.broadcast_shapes(one, other)
        found = shape("the result", student.call("broadcast_shape", one, other))
        if found != right:
            kept = min(len(one), len(other))
            short = len(found) < len(right) and found == right[len(right) - kept :]
            told = "; the axes that only the longer shape has are lost" if short and kept else ""
            raise Wanting(
                f"{one} and {other} broadcast to {right}; your function says {found}{told}"
            )
    _by_hand(student)


def _by_hand(student: Student) -> None:
    """NumPy's own arrays end at 64 axes; the rule does not."""
    long = (2, 1, 3) * 30
    try:
        found = shape("the result", student.call("broadcast_shape", long, (5, 1)))
    except StudentError as error:
        told = f"for a shape of {len(long)} numbers, more than any array has, it raised {error}"
        raise Wanting(f"{told}; work the shape out by hand, without making arrays") from None
    if found != (*long[:-2], 5, 3):
        raise Wanting(f"for a shape of {len(long)} numbers and (5, 1) it gives something else")


def five_by_five(student: Student, rng: np.random.Generator) -> None:
    """knows that (5, 1) + (5,) is (5, 5).

    A column plus a flat array is a square.
    """
    for n in (5, int(rng.integers(6, 20))):
        for pair in (((n, 1), (n,)), ((n,), (n, 1))):
            found = shape("the result", student.call("broadcast_shape", *pair))
            if found != (n, n):
                told = f"{pair[0]} + {pair[1]} is {found}, says your function"
                flat = len(found) < 2  # that shapes of several lengths fit is not seen at all
                raise Wanting(f"{told}; it is ({n}, {n})", "" if flat else "dba-broadcast-square")


def refuses(student: Student, rng: np.random.Generator) -> None:
    """raises ValueError where shapes clash.

    Two lengths that differ and are not 1; and nothing else.
    """
    for one, other, fits in CLASHES:
        for pair in ((one, other), (other, one)):
            _clash(student, *pair)
        try:
            found = shape("the result", student.call("broadcast_shape", one, fits))
        except StudentError as error:
            raise Wanting(f"{one} and {fits} fit, and it raised {error}") from None
        right = np.broadcast_shapes(one, fits)
        if found != right:
            raise NotWritten("broadcast_shape", "what it gives for shapes that fit comes first")


def _clash(student: Student, one: Shape, other: Shape) -> None:
    try:
        found = student.call("broadcast_shape", one, other)
    except StudentError as error:
        if error.kind == "ValueError":
            return
        raise
    raise Wanting(f"{one} and {other} do not fit, and it returned {shown(found)}; raise ValueError")


register(
    Exercise(
        "broadcast_shape",
        "00",
        no_trials,
        nothing,
        (
            Property("agrees_with_numpy", holds=broadcasts),
            Property(
                "column_plus_flat_is_a_square",
                holds=five_by_five,
            ),
            Property("refuses_what_does_not_fit", holds=refuses),
        ),
    )
)
