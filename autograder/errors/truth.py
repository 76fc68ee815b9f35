"""An array in the place of one truth value or of one number."""

from __future__ import annotations

import ast
import builtins
from typing import Any

import numpy as np

from autograder.errors.peek import arguments
from autograder.errors.places import Place, parent
from autograder.errors.pure import is_a, is_plain
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.words import describe

_KINDS = (float, int, range, bool, complex)
_ENTRYWISE = {"max": "np.maximum", "min": "np.minimum"}


def ambiguous(error: BaseException, place: Place) -> Statements:
    """ValueError: an `if`, `and`, `max(...)` asks for one truth and gets an array of them."""
    node = place.node
    if isinstance(node, ast.Call):
        yield from _of_builtin(node, place)
        return
    for part in _tested(place):
        value = place.peek(part)
        yield Statement(
            f"{place.at}, Python asks whether {place.quote(part)} is true, and that "
            f"is {describe(value)}: as many answers as entries.",
            type(value) is np.ndarray and value.size != 1,
        )
    yield Statement(
        "`and`, `or` and `not` ask one question of the whole; `&`, `|` and `~` go entry by "
        "entry, with "
        "brackets around each comparison.",
        any(isinstance(n, ast.BoolOp | ast.UnaryOp) for n in (node, parent(node or ast.Pass()))),
    )
    yield Statement(
        "`a < b < c` is `a < b and b < c`, and `and` asks one question of the whole array.",
        lambda: isinstance(node, ast.Compare) and len(node.ops) > 1,
    )
    yield question(
        "Should the choice be made for each entry, as np.where or a product with the mask does, or "
        "once, as np.all and np.any do?"
    )


def _tested(place: Place) -> list[ast.expr]:
    """The expressions whose truth the instruction may ask for."""
    node: Any = place.node
    if isinstance(node, ast.If | ast.While | ast.IfExp | ast.Assert):
        return [node.test]
    if isinstance(node, ast.BoolOp):
        return list(node.values)
    if isinstance(node, ast.UnaryOp):
        return [node.operand]
    if isinstance(node, ast.Compare) and len(node.ops) > 1:
        return [ast.copy_location(ast.Compare(node.left, node.ops[:1], node.comparators[:1]), node)]
    around = parent(node) if node is not None else None
    tested = isinstance(
        around, ast.If | ast.While | ast.IfExp | ast.Assert | ast.BoolOp | ast.UnaryOp
    )
    return [node] if tested or isinstance(node, ast.expr) else []


def _of_builtin(node: ast.Call, place: Place) -> Statements:
    """``max(0, x)``, ``sorted(x)``, ``x in list``: Python compares whole arrays."""
    args, _ = arguments(node, place.frame)
    function, code = place.peek(node.func), place.quote(node.func)
    arrays = [
        (place.quote(n), v) for n, v in zip(node.args, args, strict=False) if type(v) is np.ndarray
    ]
    known = isinstance(node.func, ast.Name) and function is vars(builtins).get(node.func.id)
    told = ", ".join(f"{name} is {describe(value)}" for name, value in arrays)
    yield Statement(
        f"{place.at}, Python's own {code} compares its arguments as wholes, and {told}.",
        lambda: known and arrays,
    )
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    yield Statement(
        f"{_ENTRYWISE.get(name)} compares entry by entry.",
        lambda: known and name in _ENTRYWISE and len(args) > 1,
    )
    yield question("Should the comparison be made for each entry, or once?", lambda: arrays)
    no_step = function is range and len(args) == 3 and args[2] == 0
    yield Statement(
        f"{place.at}, range is given start, end and step, in this order, and the step is 0.",
        no_step,
    )
    yield question(
        "Which of the three is the first number, which the end, and which the step?", no_step
    )


def one_number(place: Place) -> Statements:
    """TypeError: `float`, `int`, `math.exp`, `range` or `f"{x:d}"` on an array."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    args, _ = arguments(node, place.frame)
    function, code = place.peek(node.func), place.quote(node.func)
    module = (
        getattr(function, "__module__", "") if callable(function) and is_builtin(function) else ""
    )
    for part, value in zip(node.args, args, strict=False):
        yield Statement(
            f"{place.at}, {code} takes one number, and {place.quote(part)} is {describe(value)}.",
            (module in ("builtins", "math") and type(value) is np.ndarray and value.ndim > 0),
        )
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    yield Statement(
        f"`np.{name}` goes entry by entry.",
        lambda: module == "math" and is_a(vars(np).get(name), np.ufunc),
    )
    yield question(
        "Should this be one number, or one for each entry?",
        module in ("builtins", "math") and _has_array(args),
    )


def is_builtin(function: Any) -> bool:
    """Whether a function is Python's own, written in C."""
    return type(function) is type(len) or any(function is kind for kind in _KINDS)


def _has_array(args: list[Any]) -> bool:
    return any(type(value) is np.ndarray and is_plain(value) for value in args)
