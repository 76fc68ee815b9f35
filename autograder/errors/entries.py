"""An index beyond an array or a list, or an index of a wrong kind."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from autograder.errors.loops import loops
from autograder.errors.names import is_value
from autograder.errors.origin import divided
from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place
from autograder.errors.pure import is_a, shape_of
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.words import count, describe, shapes, some


def no_entry(error: BaseException, place: Place) -> Statements:
    """IndexError: index, axis and size; or or an index of a wrong kind."""
    node = place.node
    if not isinstance(node, ast.Subscript):
        if getattr(error, "axis", None) is not None:
            yield from no_axis(error, place)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            holder = place.peek(node.func.value)
            yield Statement(
                f"{place.quote(node.func.value)} is {is_value(holder)} in {place.line}.",
                lambda: holder is not UNKNOWN,
            )
        return
    holder, code = place.peek(node.value), place.quote(node.value)
    if holder is UNKNOWN:
        yield Statement(f"{place.quote(node)} in {place.line} asks for an entry that is not there.")
    elif type(holder) in (list, tuple, str):
        yield from _beyond(place.peek(node.slice), len(holder), node.slice, code, place)
    elif type(holder) is np.ndarray:
        yield from _of_array(holder, node, code, place)
    yield from loops(node, place)
    yield question(
        "Which numbers may this index take? Counting begins at 0, so the last one is the length "
        "minus 1."
    )


def _beyond(index: Any, size: int, node: ast.AST, code: str, place: Place) -> Statements:
    told = (
        f"{place.quote(node)} is {index}"
        if not isinstance(node, ast.Constant)
        else f"the index is {index}"
    )
    empty = f"{code} has {count(size, 'item')}" if size else f"{code} is empty"
    yield Statement(
        f"{place.at}, {told}, and {empty}" + (f": its last index is {size - 1}." if size else "."),
        lambda: is_a(index, int | np.integer) and not -size <= index < size,
    )


def _of_array(holder: Any, node: ast.Subscript, code: str, place: Place) -> Statements:
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    values = [place.peek(part) for part in parts]
    counted = [v for v in values if v is not None and v is not Ellipsis]
    yield Statement(
        f"{place.at}, {place.quote(node)} has {len(counted)} indices, and {code} has shape "
        f"{holder.shape}: it takes at most {holder.ndim}.",
        lambda: len(counted) > max(holder.ndim, 1) and not any(map(_is_mask, counted)),
    )
    yield Statement(
        f"{place.at}, {code} is one number and takes no index.", holder.ndim == 0 and bool(counted)
    )
    lists = [(place.quote(p), v) for p, v in zip(parts, values, strict=True) if shape_of(v)]
    yield Statement(
        f"{place.at}, the arrays in the index are laid beside each other, and {shapes(*lists)}.",
        len({shape_of(value) for _, value in lists}) > 1,
    )
    axis, few = 0, len(counted) < holder.ndim
    for part, value in zip(parts, values, strict=True):
        if value is Ellipsis or _is_mask(value):
            return
        if value is None:
            continue
        yield from _axis(holder, code, axis, part, value, place, few)
        axis += 1


def _is_mask(value: Any) -> bool:
    return type(value) is np.ndarray and value.dtype.kind == "b"


def _axis(
    holder: Any, code: str, axis: int, part: ast.AST, value: Any, place: Place, few: bool
) -> Statements:
    """What is wrong with one of the indices of an array; `few` of them name no later axis."""
    if axis >= holder.ndim:
        return
    size = holder.shape[axis]
    yield Statement(
        f"{place.at}, {place.quote(part)} is {value}, and axis {axis} of {code}, shape "
        f"{holder.shape}, has length {size}: its last index is {size - 1}.",
        lambda: is_a(value, int | np.integer) and not -size <= value < size,
    )
    others = [
        i for i, n in enumerate(holder.shape) if i != axis and type(value) is int and value < n
    ]
    yield Statement(
        f"It would fit along axis {some([str(i) for i in others], 'or')}.",
        lambda: type(value) is int and value >= size and others and few,
    )
    yield Statement(
        f"{place.at}, {code} is {describe(holder)}, and its index {place.quote(part)} is "
        f"{describe(value)}; an index is a whole number or a slice.",
        lambda: is_a(value, float | str | np.floating),
    )
    yield from (divided(part, place) if is_a(value, float) else ())
    yield Statement(
        f"{place.at}, {place.quote(part)} is an array of floats; indices are whole numbers.",
        lambda: type(value) is np.ndarray and value.dtype.kind == "f",
    )
    yield Statement(
        f"{place.at}, {place.quote(part)} has entries beyond axis {axis} of {code}, whose length "
        f"is {size}.",
        lambda: type(value) is np.ndarray and value.dtype.kind in "iu" and not _within(value, size),
    )


def _within(value: Any, size: int) -> bool:
    return bool(((value >= -size) & (value < size)).all())


def no_axis(error: BaseException, place: Place) -> Statements:
    """AxisError: an axis beyond those of the array; the exception knows both numbers."""
    axis, ndim = getattr(error, "axis", None), getattr(error, "ndim", None)
    node = place.node
    yield Statement(
        f"{place.at}, axis {axis} is asked of an array with "
        f"{count(ndim or 0, 'axis').replace('axiss', 'axes')}"
        + (
            f": they are numbered 0 to {ndim - 1}."
            if ndim and ndim > 1
            else ": it is axis 0."
            if ndim
            else "."
        ),
        lambda: is_a(axis, int) and is_a(ndim, int),
    )
    if isinstance(node, ast.Call):
        arrays = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        for part in [*arrays, *node.args[:1]]:
            value = place.peek(part)
            yield Statement(
                f"{place.quote(part)} has shape {shape_of(value)}.",
                type(value) is np.ndarray and value.ndim == ndim,
            )
    yield question("What does each axis of that array count, and which of them has to disappear?")
