"""Unit 00: products in two layouts, and what shapes can decide of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product as pairs
from typing import Any

import numpy as np

from autograder.engine.bug_hunt import hunt
from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.units.u00_shapes.ledger import BESIDE, LAYOUT, Shape, shown

#: Products in column layout; the shapes of their arrays in terms of k, n, p (widths) and m.
PRODUCTS = (
    ("W", "A"),
    ("dZ", "A.T"),
    ("W.T", "dZ"),
    ("V", "W", "A"),
    ("W.T", "V.T", "dY"),
)
AXES = {"A": "km", "W": "nk", "V": "pn", "dZ": "nm", "dY": "pm"}


def _arrays(rng: np.random.Generator, lengths: dict[str, int]) -> dict[str, Array]:
    return {
        name: rng.normal(size=tuple(lengths[axis] for axis in axes)) for name, axes in AXES.items()
    }


def evaluate(factors: Sequence[str], arrays: dict[str, Array]) -> Array:
    """The product of arrays by name; ``"A.T"`` is a transpose."""
    value: Array | None = None
    for factor in factors:
        array = arrays[factor.removesuffix(".T")]
        array = array.T if factor.endswith(".T") else array
        value = array if value is None else value @ array
    assert value is not None
    return value


def _factors(given: Sequence[str], value: Any) -> list[str]:
    """What the student's function returned: names that were in the product."""
    if not isinstance(value, list) or not value:
        raise Wanting(f"expected a list of factors such as {list(given)}, found {shown(value)}")
    known = {name.removesuffix(".T") for name in given}
    for factor in value:
        if not isinstance(factor, str) or factor.removesuffix(".T") not in known:
            raise Wanting(f"{factor!r} is no factor of {' @ '.join(given)}, nor its transpose")
    return [str(factor) for factor in value]


def _right_on(lengths: dict[str, int], student: Student, rng: np.random.Generator) -> None:
    """The row product of the row arrays is the transpose of the column product."""
    in_columns = _arrays(rng, lengths)
    in_rows = {name: array.T for name, array in in_columns.items()}
    for given in PRODUCTS:
        found = _factors(given, student.call("to_row_product", list(given)))
        wanted = evaluate(given, in_columns).T
        told = f"{' @ '.join(given)} becomes {' @ '.join(found)}"
        try:
            value = evaluate(found, in_rows)
        except ValueError:
            raise Wanting(f"{told}: with examples in rows the shapes do not fit", LAYOUT) from None
        if value.shape != wanted.shape:
            raise Wanting(f"{told}: of shape {value.shape}, expected {wanted.shape}", LAYOUT)
        if not np.allclose(value, wanted):
            raise Wanting(f"{told}: the shapes fit, the numbers are others", "shape-check-is-proof")


def on_rectangles(student: Student, rng: np.random.Generator) -> None:
    """is right where all sizes differ.

    All widths and m differ.
    """
    _right_on({"k": 3, "n": 4, "p": 2, "m": 5}, student, rng)


def on_squares(student: Student, rng: np.random.Generator) -> None:
    """is right where all sizes agree.

    All widths equal m: no shape forbids anything.
    """
    _right_on(dict.fromkeys("knpm", 3), student, rng)


def factors_kept(student: Student, rng: np.random.Generator) -> None:
    """leaves its inputs unchanged.

    The list of factors is afterwards what it was; another product comes in a list of its own.
    """
    for given in PRODUCTS:
        reply = student.observe("to_row_product", list(given))
        if reply.changed:
            raise Wanting("it changes the list of factors that it is given; return a new one")
        if reply.shared:
            raise Wanting("it hands back the very list that it is given; return a new one")
        if _factors(given, reply.value) == list(given):
            raise NotWritten("to_row_product", BESIDE)


register(
    Exercise(
        "to_row_product",
        "00",
        no_trials,
        nothing,
        (
            Property("is_right_on_rectangles", holds=on_rectangles),
            Property("is_right_on_squares", holds=on_squares),
            Property("leaves_its_inputs_unchanged", holds=factors_kept),
        ),
    )
)


def fitting(p: Shape, q: Shape, target: Shape) -> set[str]:
    """The products of P and Q, each as it is or transposed, that have the target's shape."""
    found = set()
    for one, other in (("P", "Q"), ("Q", "P")):
        for mark, other_mark in pairs(("", ".T"), repeat=2):
            left, right = (p, q) if one == "P" else (q, p)
            left, right = (left[::-1] if mark else left), (right[::-1] if other_mark else right)
            if left[1] == right[0] and (left[0], right[1]) == target:
                found.add(f"{one}{mark} @ {other}{other_mark}")
    return found


def _listed(student: Student, p: Shape, q: Shape, target: Shape) -> set[str]:
    value = student.call("products_that_fit", p, q, target)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Wanting(f"expected a list of strings such as 'P @ Q.T', found {shown(value)}")
    found = [" @ ".join(part.strip() for part in item.split("@")) for item in value]
    if len(set(found)) != len(found):
        raise Wanting("a product is listed twice")
    return set(found)


def lists_those_that_fit(student: Student, rng: np.random.Generator) -> None:
    """lists the products that fit, and no other.

    All of the eight products that fit, and no other.
    """
    n, k, m = (int(x) for x in rng.permutation([3, 4, 5]))
    for p, q, target in (
        ((n, m), (k, m), (n, k)),
        ((n, k), (n, m), (k, m)),
        ((n, m), (k, m), (k, n)),
        ((n, n), (n, m), (n, m)),
        ((n, n), (n, m), (m, n)),
        ((n, m), (n, m), (n, n)),
        ((n, m), (n, m), (n, m)),
        ((n, 1), (1, m), (n, m)),
    ):
        found, right = _listed(student, p, q, target), fitting(p, q, target)
        where = f"P {p}, Q {q}, wanted {target}"
        if right - found:
            raise Wanting(f"{where}: {min(right - found)} fits and is not listed")
        if found - right:
            raise Wanting(f"{where}: {min(found - right)} is listed and does not fit")


def a_square_decides_nothing(student: Student, rng: np.random.Generator) -> None:
    """lists all eight where everything is square.

    Three squares: all eight fit; and they do not where one size differs.
    """
    n = int(rng.integers(2, 9))
    found = _listed(student, (n, n), (n, n), (n, n))
    if len(found) != 8:
        raise Wanting(
            f"all shapes ({n}, {n}): it lists {len(found)} of the eight products, and all fit",
            "shape-check-is-proof",
        )
    wide, target = (n, n + 1), (n, n)
    if _listed(student, wide, wide, target) != fitting(wide, wide, target):
        raise Wanting(f"P and Q of shape {wide}, wanted {target}: not these products fit")


register(
    Exercise(
        "products_that_fit",
        "00",
        no_trials,
        nothing,
        (
            Property(
                "lists_exactly_those_that_fit",
                holds=lists_those_that_fit,
            ),
            Property(
                "knows_that_squares_decide_nothing",
                holds=a_square_decides_nothing,
            ),
        ),
    )
)


hunt(
    "answers_00",
    "00",
    "ABCD",
    (
        "right",
        "dw-transposed",
        "row-vs-column-layout",
        "elementwise-vs-matmul",
        "forgotten-transpose",
    ),
)
