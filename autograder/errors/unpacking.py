"""``a, b = ...``: how many values came, from what, and how many names there are."""

from __future__ import annotations

import ast
import inspect
from types import FunctionType
from typing import Any

import numpy as np

from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place, parent
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.words import count, describe


def target_of(place: Place) -> ast.Tuple | ast.List | None:
    """The names on the left, where the line stopped while it took something apart."""
    node = place.node
    if isinstance(node, ast.Tuple | ast.List) and isinstance(node.ctx, ast.Store):
        return node
    return None


def unpacking(error: BaseException, place: Place) -> Statements:
    """ValueError or TypeError at ``a, b = value``."""
    target = target_of(place)
    if target is None:
        return
    wanted = len(target.elts)
    source, looped = _source(target)
    if source is None:
        return
    names, code = place.quote(target), place.quote(source)
    value = UNKNOWN if looped else place.peek(source)
    if looped:
        yield from _in_loop(names, wanted, source, place)
    elif value is UNKNOWN:
        yield from _from_call(names, wanted, source, error, place)
    else:
        are = f"{names} are {count(wanted, 'name')}"
        yield Statement(
            f"{place.at}, {are}, and {code} is {describe(value)}.", _length(value) != wanted
        )
        yield Statement(
            f"An array is taken apart along its first axis: here into {_length(value)}.",
            lambda: type(value) is np.ndarray and value.ndim > 0,
        )
        yield Statement(
            f"`{code.strip('`')}.shape` has {wanted} numbers.",
            type(value) is np.ndarray and value.ndim == wanted,
        )
    yield question(
        f"What does {code} hold, and in which order? Look at the line that makes it: that line "
        "and this "
        "one have to agree.",
        lambda: not looped,
    )
    yield question("What is one item of what the loop runs through?", lambda: looped)


def _source(target: ast.AST) -> tuple[ast.expr | None, bool]:
    """What is taken apart, and whether it is an item of a loop."""
    around: Any = parent(target)
    if isinstance(around, ast.Assign):
        return around.value, False
    if isinstance(around, ast.For | ast.comprehension):
        return around.iter, True
    return None, False


def _length(value: Any) -> int:
    """How many values it gives; -1 for what cannot be taken apart."""
    if type(value) in (tuple, list, dict, str):
        return len(value)
    return len(value) if type(value) is np.ndarray and value.ndim else -1


def _in_loop(names: str, wanted: int, source: ast.expr, place: Place) -> Statements:
    value = place.peek(source)
    yield Statement(
        f"{place.at}, {names} takes each item of {place.quote(source)} apart into {wanted}; "
        "that is "
        f"{describe(value)}.",
        lambda: value is not UNKNOWN,
    )
    yield Statement(
        "A loop through a dict gives its keys; .items() gives keys and values.",
        lambda: type(value) is dict,
    )
    yield Statement(
        f"{place.at}, {names} takes each item of {place.quote(source)} apart into {wanted}.",
        lambda: value is UNKNOWN,
    )


def _from_call(
    names: str, wanted: int, source: ast.expr, error: BaseException, place: Place
) -> Statements:
    """The value came out of a call: what the function that was called returns, by its text."""
    code = place.quote(source)
    function = place.peek(source.func) if isinstance(source, ast.Call) else UNKNOWN
    returned = _returned(function)
    yield Statement(
        f"{place.at}, {names} are {count(wanted, 'name')}, and `{_name(function)}` returns "
        f"{count(returned, 'value')}.",
        lambda: returned > 1 and returned != wanted,
    )
    yield Statement(
        f"{place.at}, {names} are {count(wanted, 'name')}; what {code} gives is not that many "
        "values.",
        lambda: not (returned > 1 and returned != wanted) and isinstance(error, ValueError),
    )
    yield Statement(
        f"{place.at}, {names} are {count(wanted, 'name')}; what {code} gives is one thing that "
        "has no "
        "items.",
        lambda: isinstance(error, TypeError),
    )
    yield Statement(f"`{_name(function)}` has no `return` with a value.", lambda: returned == 0)


def _name(function: Any) -> str:
    return str(function.__name__) if type(function) is FunctionType else ""


def _returned(function: Any) -> int:
    """How many values all of a function's `return` lines give; -1 if that is not to be read off."""
    if type(function) is not FunctionType:
        return -1
    try:
        body = ast.parse(inspect.cleandoc("\n" + inspect.getsource(function))).body[0]
    except (OSError, SyntaxError, TypeError, IndexError):
        return -1
    found = [n.value for n in _own_nodes(body) if isinstance(n, ast.Return)]
    if not found or all(value is None for value in found):
        return 0
    counts = {len(v.elts) if isinstance(v, ast.Tuple) else -1 for v in found}
    return counts.pop() if len(counts) == 1 else -1


def _own_nodes(body: ast.AST) -> list[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    found, todo = [], list(ast.iter_child_nodes(body))
    while todo:
        node = todo.pop()
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            found.append(node)
            todo += ast.iter_child_nodes(node)
    return found
