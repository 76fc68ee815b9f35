"""Unit 02, a chain of Jacobians from either end, and what each end costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np

from autograder.engine.by_differences import shaped
from autograder.engine.compare import is_right
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
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.units.u02_jacobians.bill import Asked, bill, multiplications

ORDERS = ("right-to-left", "left-to-right")
ORDER = "cost-left-to-right"
#: J_i is (sizes[i-1], sizes[i]); the last one is a case in which left to right is cheaper.
CHAINS: tuple[tuple[int, ...], ...] = ((4, 3, 5, 2), (3, 3, 3), (2, 7), (1, 4, 3, 2))


def _other(order: str) -> str:
    return ORDERS[order == ORDERS[0]]


def chain_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in CHAINS:
        Js = [rng.normal(size=pair) for pair in zip(sizes[:-1], sizes[1:], strict=True)]
        u = rng.normal(size=(sizes[-1], 1))
        v = u
        for J in reversed(Js):
            v = J @ v
        instead = {"v": _partial(Js, u)}  # before a function that empties the list gets it
        for order in ORDERS:
            label = f"Jacobians of {' x '.join(map(str, sizes))}, {order}"
            yield Trial(label, (list(Js), u, order), values={"v": v}, instead=instead)


def _partial(Js: Sequence[Array], u: Array) -> dict[str, Array]:
    """Products that leave an end out, by what they are called."""
    found = {
        "the product without the first Jacobian": reduce(np.matmul, [*Js[1:], u]),
        "u alone": u,
        "the product of the Jacobians without u": reduce(np.matmul, Js),
    }
    if len(Js) > 1 and Js[-2].shape[1] == u.shape[0]:
        found["the product without the last Jacobian"] = reduce(np.matmul, [*Js[:-1], u])
    return found


def counts(student: Student, rng: np.random.Generator) -> None:
    """the number of multiplications is exact, in both orders."""
    returned: dict[Asked, int] = {}
    for sizes in CHAINS:
        Js = [rng.normal(size=pair) for pair in zip(sizes[:-1], sizes[1:], strict=True)]
        u = rng.normal(size=(sizes[-1], 1))
        for order in ORDERS:
            mults = take("_v", "mults")(student.call("chain", list(Js), u, order))["mults"]
            returned[sizes, order] = integer("mults", mults)
    off = {asked: n for asked, n in returned.items() if n != multiplications(*asked)}
    if not off:
        return
    (sizes, order), found = next(iter(off.items()))
    if all(n == multiplications(s, _other(o)) for (s, o), n in off.items()):
        raise Wanting(f"asked to go {order}, it counts the other order", ORDER)
    raise Wanting(f"asked to go {order}, {bill(sizes, order, found, off)}")


def _right_at_first(student: Student, rng: np.random.Generator) -> None:
    """What the numbers say of the order is said of products of all factors alone."""
    Js, u = [rng.normal(size=(3, 3)) for _ in range(2)], rng.normal(size=(3, 1))
    for order in ORDERS:
        v = take("v", "mults")(student.call("chain", [J.copy() for J in Js], u, order))["v"]
        if not is_right(shaped(v, (3, 1)).astype(float), Js[0] @ (Js[1] @ u)):
            raise NotWritten("chain", "v has to be right first")


def order_shows(student: Student, rng: np.random.Generator) -> None:
    """multiplies in the order that is asked for.

    The product is formed in the order that is asked for.
    """
    try:
        _in_order(student, rng)
    except Wanting:
        _right_at_first(student, rng)
        raise


def _in_order(student: Student, rng: np.random.Generator) -> None:
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
