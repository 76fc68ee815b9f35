"""Unit 02, a chain of Jacobians from either end, and what each end costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from autograder.engine.by_differences import shaped
from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    Wanting,
    register,
    take,
)
from autograder.engine.parts import integer
from autograder.engine.student import Student

ORDERS = ("right-to-left", "left-to-right")
ORDER = "cost-left-to-right"
#: J_i is (sizes[i-1], sizes[i]); the last one is a case in which left to right is cheaper.
CHAINS = ((4, 3, 5, 2), (3, 3, 3), (2, 7), (1, 4, 3, 2))


def multiplications(sizes: Sequence[int], order: str) -> int:
    """Multiplications of J1 J2 ... Jp u, J_i of shape (sizes[i-1], sizes[i]), u (sizes[p], 1)."""
    pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
    if order == "right-to-left":
        return sum(p * q for p, q in pairs)
    return sum(sizes[0] * p * q for p, q in pairs[1:]) + sizes[0] * sizes[-1]


def chain_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in CHAINS:
        Js = [rng.normal(size=pair) for pair in zip(sizes[:-1], sizes[1:], strict=True)]
        u = rng.normal(size=(sizes[-1], 1))
        v = u
        for J in reversed(Js):
            v = J @ v
        for order in ORDERS:
            label = f"Jacobians of {' x '.join(map(str, sizes))}, {order}"
            yield Trial(label, (Js, u, order), values={"v": v})


def counts(student: Student, rng: np.random.Generator) -> None:
    """the number of multiplications is exact, in both orders."""
    for sizes in CHAINS:
        Js = [rng.normal(size=pair) for pair in zip(sizes[:-1], sizes[1:], strict=True)]
        u = rng.normal(size=(sizes[-1], 1))
        for order in ORDERS:
            returned = take("_v", "mults")(student.call("chain", Js, u, order))
            found = integer("mults", returned["mults"])
            if found == multiplications(sizes, order):
                continue
            shapes = ", ".join(str(J.shape) for J in (*Js, u))
            if found == multiplications(sizes, ORDERS[order == ORDERS[0]]):
                raise Wanting(f"asked to go {order}, it counts the other order", ORDER)
            raise Wanting(
                f"the count is not that of {order} for the shapes {shapes}: a product of (p, q) "
                f"by (q, r) takes p * q * r multiplications"
            )


def order_shows(student: Student, rng: np.random.Generator) -> None:
    """multiplies in the order that is asked for.

    The product is formed in the order that is asked for.
    """
    # 1e-200 * 1e-200 is too small for a float: a product of two of these matrices is 0, while
    # each of them times a vector of size 1e300 is not. The result tells which came first.
    Js = [rng.uniform(0.5, 1, (3, 3)) * 1e-200 for _ in range(2)]
    u = rng.uniform(0.5, 1, (3, 1)) * 1e300
    lost = {}
    for order in ORDERS:
        v = take("v", "mults")(student.call("chain", [J.copy() for J in Js], u, order))["v"]
        lost[order] = not np.any(shaped(v, (3, 1)))
    if lost["right-to-left"]:
        raise Wanting("asked to go right-to-left, it multiplies two matrices first", ORDER)
    if not lost["left-to-right"]:
        raise Wanting("asked to go left-to-right, it begins with the vector", ORDER)
    # of three matrices, the product of the first two is 0, that of the last two is not
    three = [*Js, rng.uniform(0.5, 1, (3, 3)) * 1e200]
    v = take("v", "mults")(student.call("chain", three, u * 1e-300, ORDERS[1]))["v"]
    if np.any(shaped(v, (3, 1))):
        told = "asked to go left-to-right, it does not multiply the first two matrices first"
        raise Wanting(told, ORDER)


register(
    Exercise(
        "chain",
        "02",
        chain_trials,
        take("v", "_mults"),
        (
            SHAPES,
            Property("v_is_the_product", "v is the product of all Jacobians and u", ("v",)),
            Property(
                "counts_multiplications_exactly",
                holds=counts,
            ),
            Property(
                "goes_in_the_order_asked_for",
                holds=order_shows,
                alone=False,
            ),
            UNCHANGED,
        ),
    )
)
