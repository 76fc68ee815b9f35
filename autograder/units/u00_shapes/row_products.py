"""Unit 00: products in two layouts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.engine.exercise import Barrier, Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.units.u00_shapes.ledger import BESIDE, LAYOUT, shown

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
        raise Barrier(f"expected a list of factors such as {list(given)}, found {shown(value)}")
    known = {name.removesuffix(".T") for name in given}
    for factor in value:
        if not isinstance(factor, str) or factor.removesuffix(".T") not in known:
            raise Barrier(f"{factor!r} is no factor of {' @ '.join(given)}, nor its transpose")
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
            what = f"with examples in rows the shapes do not fit{_rule(given, found)}"
            raise Wanting(f"{told}: {what}", LAYOUT) from None
        if value.shape != wanted.shape:
            what = f"of shape {value.shape}, expected {wanted.shape}{_rule(given, found)}"
            raise Wanting(f"{told}: {what}", LAYOUT)
        if not np.allclose(value, wanted):
            what = f"the shapes fit, the numbers are others{_rule(given, found)}"
            raise Wanting(f"{told}: {what}")


def _toggled(factors: Sequence[str]) -> list[str]:
    return [f.removesuffix(".T") if f.endswith(".T") else f"{f}.T" for f in factors]


def _rule(given: Sequence[str], found: Sequence[str]) -> str:
    """By what rule the factors were made, where it is one that is known."""
    if list(found) == list(given):
        return "; the order is that of the columns"
    if list(found) == _toggled(given[::-1]):
        return "; the order is right, and each factor lost its .T or got one"
    if list(found) == _toggled(given):
        return "; each factor lost its .T or got one, and the order is that of the columns"
    if sorted(found) == sorted(given):
        return "; the factors are right, their order is not"
    return ""


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
