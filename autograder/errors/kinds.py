"""A value of a kind that the line cannot use: None, a tuple, a function where an array is meant."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from autograder.errors.operands import operator_of
from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place
from autograder.errors.pure import BUILTIN_NAMES, is_a, shape_of
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.truth import one_number
from autograder.errors.words import article, describe, type_name

_WHERE_FROM = "Where did it get its value, and what should it be?"
_CANNOT_CALL = (type(None), tuple, list, dict, str, int, float, np.ndarray)


def wrong_kind(error: BaseException, place: Place) -> Statements:
    """TypeError that is not about the number of arguments."""
    node = place.node
    if operator_of(place) is not None:
        yield from _operands(place)
    elif isinstance(node, ast.Call):
        yield from _call(node, place)
    elif isinstance(node, ast.Subscript):
        yield from _entry(node, place)
    elif isinstance(node, ast.For | ast.Starred | ast.comprehension):
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
    _, left, right, in_place = found
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
        lambda: type(value) is tuple,
    )
    yield Statement(
        f"A list is no array: np.array(...) makes one of {name}.", lambda: type(value) is list
    )
    yield Statement(
        f"{name} is a function that was not called.",
        lambda: callable(value) and not is_a(value, type),
    )


def _call(node: ast.Call, place: Place) -> Statements:
    value, code = place.peek(node.func), place.quote(node.func)
    if value is not UNKNOWN and type(value) in _CANNOT_CALL:
        yield Statement(
            f"{place.at}, the brackets in {place.quote(node)} call {code}, and that is "
            f"{describe(value)}, not a function."
        )
        yield from _why_not_callable(node, value, code, place)
        yield question(
            "Is an index meant, with square brackets, a product, with its sign, or a function "
            "whose name "
            "was used for something else?"
        )
        return
    yield from one_number(place)
    makes = any(value is f for f in (np.zeros, np.ones, np.empty))
    if makes and len(node.args) > 1 and _is_int(node.args[1], place):
        yield Statement(
            f"{place.at}, {place.quote(node)} hands over the lengths one by one; the shape is one "
            f"argument, a tuple in brackets of its own, as in {code.strip('`')}((2, 3))."
        )
        yield question("Which brackets belong to the call, and which to the shape?")
        return
    for part in node.args:
        found = place.peek(part)
        yield Statement(
            f"{place.at}, {code} is given {place.quote(part)}, which is {describe(found)}.",
            found is not UNKNOWN and type(found) is not np.ndarray,
        )
    yield question("Which argument is not what the function takes it for?")


def _is_int(node: ast.expr, place: Place) -> bool:
    return is_a(place.peek(node), int)


def _why_not_callable(node: ast.Call, value: Any, code: str, place: Place) -> Statements:
    name = code.strip("`")
    yield Statement(
        f"Python has a function {code}; in this notebook the name was given to something else.",
        lambda: name in BUILTIN_NAMES and isinstance(node.func, ast.Name),
    )
    yield Statement(
        f"An array's `{getattr(node.func, 'attr', name)}` takes no brackets.",
        lambda: (
            isinstance(node.func, ast.Attribute) and type(place.peek(node.func.value)) is np.ndarray
        ),
    )
    yield Statement(
        "Between two tuples or arrays a comma or an operator may be missing.",
        lambda: not isinstance(node.func, ast.Name | ast.Attribute | ast.Subscript),
    )


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
    if value is None or type(value) is tuple or callable(value):
        yield from (h for h in hints(code, value) if "several" not in h.sentence)
    yield question(_WHERE_FROM)


def _loop(node: Any, place: Place) -> Statements:
    through = node.iter if hasattr(node, "iter") else node.value
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
    for part in [node.left, *node.comparators]:
        value = place.peek(part)
        yield Statement(
            f"{place.at}, at {place.quote(node)}, {place.quote(part)} is {describe(value)}.",
            value is not UNKNOWN,
        )
    yield question(_WHERE_FROM)
