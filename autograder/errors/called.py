"""A call that was refused: of something that is no function, or with arguments of a wrong kind."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from autograder.errors.arguments import numpy_function, parameters
from autograder.errors.origin import divided
from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place
from autograder.errors.pure import BUILTIN_NAMES, is_a
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.truth import one_number
from autograder.errors.words import describe

_CANNOT_CALL = (type(None), tuple, list, dict, str, int, float, np.ndarray)


def called(node: ast.Call, place: Place) -> Statements:
    """TypeError at a call that is not about the number of arguments."""
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
    yield from _numbers_for(value, code, node, place)
    yield from _by_place(value, node, place)
    for part in node.args:
        found = place.peek(part)
        yield Statement(
            f"{place.at}, {code} is given {place.quote(part)}, which is {describe(found)}.",
            found is None or type(found) in (tuple, list, dict, str) or callable(found),
        )
    yield question("Which argument is not what the function takes it for?")


def _numbers_for(function: Any, code: str, node: ast.Call, place: Place) -> Statements:
    """`range` and the like, which take whole numbers alone."""
    for part in node.args:
        found = place.peek(part)
        floats = any(function is f for f in (range, np.zeros, np.ones)) and is_a(found, float)
        yield Statement(
            f"{place.at}, {code} takes whole numbers, and {place.quote(part)} is a float.", floats
        )
        yield from (divided(part, place) if floats else ())


def _by_place(function: Any, node: ast.Call, place: Place) -> Statements:
    """Which argument of NumPy's function each value stands for."""
    names = parameters(numpy_function(function, node, place))
    if len(node.args) < 2 or len(names) < len(node.args):
        return
    pairs = [f"{n} = {place.quote(p)}" for n, p in zip(names, node.args, strict=False)]
    yield Statement(f"{place.at}, by their places the arguments are {', '.join(pairs)}.")


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
