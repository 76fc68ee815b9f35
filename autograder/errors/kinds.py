"""A value of a kind that the line cannot use: None, a tuple, a function where an array is meant."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from autograder.errors.called import called
from autograder.errors.operands import operator_of
from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place
from autograder.errors.pure import is_a, shape_of
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.words import article, describe, some, type_name

_WHERE_FROM = "Where did it get its value, and what should it be?"
_COMPREHENSIONS = ast.ListComp | ast.GeneratorExp | ast.DictComp | ast.SetComp


def wrong_kind(error: BaseException, place: Place) -> Statements:
    """TypeError that is not about the number of arguments."""
    node = place.node
    if operator_of(place) is not None:
        yield from _operands(place)
    elif isinstance(node, ast.Call):
        yield from called(node, place)
    elif isinstance(node, ast.Subscript):
        yield from _entry(node, place)
    elif isinstance(node, ast.For | ast.Starred | _COMPREHENSIONS):
        yield from _loop(node, place)
    elif isinstance(node, ast.UnaryOp):
        value = place.peek(node.operand)
        yield Statement(
            f"{place.at}, {place.quote(node.operand)} is {describe(value)}.",
            lambda: value is not UNKNOWN,
        )
        yield question(_WHERE_FROM)
    elif isinstance(node, ast.Compare):
        yield from _compared(node, place)
    elif isinstance(node, ast.expr):
        value = place.peek(node)
        yield Statement(
            f"{place.at}, {place.quote(node)} is {describe(value)}.",
            lambda: value is not UNKNOWN,
        )
        yield question(_WHERE_FROM)


def _operands(place: Place) -> Statements:
    found = operator_of(place)
    assert found is not None
    op, left, right, in_place = found
    one, other = place.peek(left), place.peek(right)
    names, values = (place.quote(left), place.quote(right)), (one, other)
    told = " and ".join(
        f"{name} is {describe(v)}"
        for name, v in zip(names, values, strict=True)
        if v is not UNKNOWN
    )
    yield Statement(f"{place.at}, at {place.quote(place.nodes[0])}, {told}.", lambda: told)
    for name, value in zip(names, values, strict=True):
        yield from hints(name, value)
    yield Statement(
        "Dicts are joined with `|`.", isinstance(op, ast.Add) and dict in map(type, values)
    )
    yield Statement(
        "`^` is no power in Python but works on bits; a power is `**`, which also binds closer.",
        isinstance(op, ast.BitXor),
    )
    yield Statement(
        f"In place, the result has to go into {names[0]}, and whole numbers cannot hold fractions: "
        "start from floats, as np.zeros(...) makes them.",
        lambda: (
            in_place
            and type(one) is np.ndarray
            and one.dtype.kind in "iub"
            and getattr(other, "dtype", np.dtype(type(other))).kind in "fc"
        ),
    )
    yield question("Which of the two is not what the line takes it for? " + _WHERE_FROM)


def hints(name: str, value: Any) -> Statements:
    """What is often behind a value of that kind."""
    yield Statement(
        f"{name} is None: a function without a `return`, and a method that works in place, "
        "give None.",
        lambda: value is None,
    )
    yield Statement(
        f"{name} holds several values: a function that returns two of them needs two names on "
        "the left.",
        type(value) is tuple and not _sizes(value),
    )
    yield Statement(
        f"One number of a tuple comes with an index, as in `{name.strip('`')}[0]`.",
        _sizes(value),
    )
    yield Statement(
        f"A list is no array: np.array(...) makes one of {name}.", lambda: type(value) is list
    )
    yield Statement(
        f"{name} is a function that was not called.",
        lambda: callable(value) and not is_a(value, type),
    )


def _sizes(value: Any) -> bool:
    """Whether it is a tuple of whole numbers, as shapes and places are."""
    return type(value) is tuple and len(value) > 0 and all(type(n) is int for n in value)


def _entry(node: ast.Subscript, place: Place) -> Statements:
    value, code = place.peek(node.value), place.quote(node.value)
    index = place.peek(node.slice)
    yield Statement(
        f"{place.at}, {code} is {describe(value)}, which has no entries to take.",
        lambda: value is None or is_a(value, int | float | np.number) or callable(value),
    )
    yield Statement(
        f"{place.at}, {code} is {describe(value)}, and its index {place.quote(node.slice)} is "
        f"{describe(index)}; {article(type_name(value))} takes one whole number, or a slice.",
        lambda: type(value) in (list, tuple, str) and not is_a(index, int) and index is not UNKNOWN,
    )
    yield Statement(
        f"{place.at}, {code} is {describe(value)}: a tuple cannot be changed once it is made.",
        lambda: type(value) is tuple and isinstance(node.ctx, ast.Store),
    )
    yield Statement(
        f"{place.at}, the key {place.quote(node.slice)} is {describe(index)}; a key has to be "
        "a thing "
        "that cannot change: a text, a number, a tuple of those.",
        lambda: type(value) is dict and type(index) in (list, dict, np.ndarray),
    )
    yield Statement(
        f"{place.at}, {code} has shape {shape_of(value)}, so {place.quote(node)} is one number.",
        lambda: type(value) is np.ndarray and len(shape_of(place.peek(node))) == 0,
    )
    yield Statement(
        f"A call takes round brackets: {code[:-1]}(...)`.",
        callable(value) and not is_a(value, type),
    )
    if value is None:
        yield from hints(code, value)
    yield question(_WHERE_FROM)


def _loop(node: Any, place: Place) -> Statements:
    inner = node.generators[0] if hasattr(node, "generators") else node
    through = inner.iter if hasattr(inner, "iter") else inner.value
    value = place.peek(through)
    yield Statement(
        f"{place.at}, the loop runs through {place.quote(through)}, which is {describe(value)}; it "
        "needs something with items.",
        lambda: value is not UNKNOWN,
    )
    yield Statement(
        "To count up to a number, range(...) makes the numbers.",
        lambda: is_a(value, int | np.integer),
    )
    yield from hints(place.quote(through), value)
    yield question(_WHERE_FROM)


def _compared(node: ast.Compare, place: Place) -> Statements:
    sides = [(part, place.peek(part)) for part in [node.left, *node.comparators]]
    told = [
        f"{place.quote(part)} is {describe(value)}"
        for part, value in sides
        if value is not UNKNOWN and not isinstance(part, ast.Constant)
    ]
    within = any(isinstance(op, ast.In | ast.NotIn) for op in node.ops)
    why = "looks into what has no items" if within else "compares what has no order"
    yield Statement(f"{place.at}, {place.quote(node)} {why}: {some(told)}.", bool(told))
    yield question(_WHERE_FROM)
