"""NumPy's functions that refuse their arguments: products, joins, new shapes, einsum, slices."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.errors.entries import no_axis
from autograder.errors.operands import beside, clash, products
from autograder.errors.peek import UNKNOWN, arguments
from autograder.errors.places import Place, parent
from autograder.errors.pure import is_a, shape_of
from autograder.errors.statement import Statement, Statements, collected, question, said
from autograder.errors.words import code, count, describe, shapes

_WHICH = "Which of these shapes is another than the formula says, and which line made it?"
_JOINS = {
    id(getattr(np, n)): n for n in ("concatenate", "stack", "hstack", "vstack", "column_stack")
}


def at_call(error: BaseException, place: Place) -> Statements:
    """ValueError inside a call of NumPy: the shapes of its arguments."""
    node = place.node
    if not isinstance(node, ast.Call):
        return
    if isinstance(error, np.exceptions.AxisError):
        yield from no_axis(error, place)
        return
    function = place.peek(node.func)
    args, named = arguments(node, place.frame)
    nodes = list(node.args)
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    holder = place.peek(node.func.value) if isinstance(node.func, ast.Attribute) else UNKNOWN
    if type(holder) is np.ndarray and isinstance(node.func, ast.Attribute):
        args, nodes = [holder, *args], [node.func.value, *nodes]
        function = getattr(np, method, UNKNOWN)
    explain = _explainer(function)
    told = collected(explain(args, named, nodes, place)) if explain is not None else []
    yield from told
    if not said(told):
        yield from _what_is_given(args, nodes, place)


def _explainer(function: Any) -> Callable[..., Statements] | None:
    if function is np.dot or function is np.matmul:
        return _product
    if function is np.reshape:
        return _reshape
    if id(function) in _JOINS:
        return _join
    if function is np.einsum:
        return _einsum
    return _entrywise if is_a(function, np.ufunc) or function is np.where else None


def _sides(args: list[Any], nodes: list[Any], place: Place) -> list[tuple[str, Any]]:
    return [(place.quote(n), v) for n, v in zip(nodes, args, strict=False) if v is not UNKNOWN]


def _what_is_given(args: list[Any], nodes: list[Any], place: Place) -> Statements:
    """Said of any function, if nothing better was: what it was given."""
    arrays = [(n, v) for n, v in _sides(args, nodes, place) if type(v) is np.ndarray]
    yield Statement(
        f"{place.at}, {place.quote(place.nodes[0])} is given arrays: {shapes(*arrays)}.",
        lambda: arrays,
    )
    yield question(_WHICH)


def _product(args: list[Any], named: Any, nodes: list[Any], place: Place) -> Statements:
    sides = _sides(args[:2], nodes, place)
    if len(sides) == 2:
        yield from products(place.quote(place.nodes[0]), sides, place, "the product")


def _entrywise(args: list[Any], named: Any, nodes: list[Any], place: Place) -> Statements:
    arrays = [pair for pair in _sides(args, nodes, place) if len(shape_of(pair[1]))]
    for i, one in enumerate(arrays):
        for other in arrays[i + 1 :]:
            if clash(shape_of(one[1]), shape_of(other[1])):
                yield from beside(place.quote(place.nodes[0]), (one, other), place, "each other")
                yield question(_WHICH)
                return


def _reshape(args: list[Any], named: Any, nodes: list[Any], place: Place) -> Statements:
    wanted = args[1] if len(args) == 2 else tuple(args[1:])
    wanted = named.get("shape", wanted)
    shape = (wanted,) if is_a(wanted, int) else tuple(wanted)
    size, others = args[0].size, math.prod(n for n in shape if n != -1)
    told = f"{place.quote(nodes[0])} has shape {args[0].shape}, that is {count(size, 'entry')}"
    yield Statement(
        f"{place.at}, {told}; shape {shape} has {others}.".replace("entrys", "entries"),
        lambda: -1 not in shape and others != size,
    )
    yield Statement(
        f"{place.at}, {told}, which {others} does not divide.".replace("entrys", "entries"),
        lambda: shape.count(-1) == 1 and (others == 0 or size % others),
    )
    yield Statement(
        f"{place.at}, shape {shape} leaves two lengths open; one can be found.",
        lambda: shape.count(-1) > 1,
    )
    yield question(
        "What does each axis count before and after, and which of the numbers is another?"
    )


def _join(args: list[Any], named: Any, nodes: list[Any], place: Place) -> Statements:
    if type(args[0]) not in (list, tuple) or not args[0]:
        yield Statement(
            f"{place.at}, {place.quote(nodes[0])} is empty; there is nothing to join.",
            lambda: type(args[0]) in (list, tuple) and not args[0],
        )
        return
    found = [shape_of(part) for part in args[0] if type(part) is np.ndarray]
    axis = named.get("axis", args[1] if len(args) > 1 else None)
    told = f" along axis {axis}" if is_a(axis, int) else ""
    kinds = list(dict.fromkeys(str(shape) for shape in found))
    yield Statement(
        f"{place.at}, {place.quote(place.nodes[0])} joins arrays of shapes "
        f"{', '.join(kinds)}{told}. "
        "Joined arrays agree in all lengths but the one along which they are joined; np.stack, "
        "which "
        "makes a new axis, wants all of them equal.",
        lambda: len(kinds) > 1 and len(found) == len(args[0]),
    )
    yield question(_WHICH)


def _einsum(args: list[Any], named: Any, nodes: list[Any], place: Place) -> Statements:
    inputs = str(args[0]).replace(" ", "").split("->")[0].split(",")
    for letters, (name, value) in zip(inputs, _sides(args[1:], nodes[1:], place), strict=False):
        yield Statement(
            f"{place.at}, '{letters}' names {count(len(letters), 'axis')} and {name} has shape "
            f"{shape_of(value)}.".replace("axiss", "axes"),
            ("." not in letters and len(letters) != len(shape_of(value))),
        )
    lengths: dict[str, set[int]] = {}
    for letters, value in zip(inputs, args[1:], strict=False):
        for letter, length in zip(letters, shape_of(value), strict=False):
            lengths.setdefault(letter, set()).add(length)
    bad = {letter: sorted(found) for letter, found in lengths.items() if len(found - {1}) > 1}
    for letter, found in bad.items():
        yield Statement(
            f"{place.at}, the index '{letter}' of np.einsum has length "
            f"{' and '.join(map(str, found))}: {shapes(*_sides(args[1:], nodes[1:], place))}.",
            lambda: all("." not in letters for letters in inputs),
        )
    yield question(_WHICH)


def at_assignment(error: BaseException, place: Place) -> Statements:
    """ValueError at ``a[...] = b``: what is put, and into what."""
    node = place.node
    around = parent(node) if node is not None else None
    if not isinstance(node, ast.Subscript) or not isinstance(around, ast.Assign | ast.AugAssign):
        return
    holder, target, value = place.peek(node.value), place.peek(node), place.peek(around.value)
    target = UNKNOWN if type(holder) is not np.ndarray else target
    yield Statement(
        f"`{code(node.value).strip('`')}` is read-only in {place.line}: it is a view of "
        "something that "
        "must not change.",
        lambda: type(holder) is np.ndarray and not holder.flags.writeable,
    )
    into = (
        f"{place.quote(node)} has shape {shape_of(target)}"
        if len(shape_of(target))
        else f"{place.quote(node)} is one number"
    )
    put = place.quote(around.value)
    what = (
        f"{put} has shape {shape_of(value)}"
        if type(value) is np.ndarray
        else f"{put} is {describe(value)}"
    )
    yield Statement(
        f"{place.at}, {into} (`{code(node.value).strip('`')}` has shape {shape_of(holder)}), and "
        f"{what}.",
        lambda: target is not UNKNOWN and value is not UNKNOWN and not _fits(target, value),
    )
    yield Statement(
        f"{place.at}, {into} (`{code(node.value).strip('`')}` has shape {shape_of(holder)}); "
        "what is "
        f"put there, {put}, has another shape.",
        lambda: target is not UNKNOWN and value is UNKNOWN and isinstance(error, ValueError),
    )
    yield question(
        "What is one entry, row or slice of that array, and what shape should be put there?"
    )


def _fits(target: Any, value: Any) -> bool:
    """Whether a value can be laid over what is assigned to."""
    try:
        np.broadcast_to(np.empty(shape_of(value)), shape_of(target))
    except ValueError:
        return False
    return True
