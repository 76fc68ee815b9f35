"""A function, a sum or a product with an array that an expression lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from autograder.engine.repair.change import Change, Slot, change, quoted
from autograder.engine.repair.missing import is_whole, pieces_read
from autograder.engine.repair.scope import Scope

#: NumPy's functions of each entry, and those that leave one entry of many.
_ENTRYWISE = ("exp", "sqrt", "abs", "square", "log", "tanh")
_REDUCTIONS = ("sum", "max", "mean")
#: More axes than these are not summed over.
_AXES = (0, 1, 2)
#: A sum is forgotten more often than the others, which are tried when all that is likelier was.
_SUMS, _LATE = 2, 5
#: Of those that are read somewhere so many are multiplied with.
_ARRAYS = 8


def changes(within: Iterable[Slot], near: Sequence[Slot], scope: Scope) -> Iterator[Change]:
    """Yield expressions inside of a function, of a sum, or of a product with an array."""
    for slot in near:
        if is_whole(slot):
            yield from _inside(slot)
    for slot in near:
        if _is_taken_off(slot):
            yield from _reduced(slot)
        elif isinstance(slot.parent, (ast.Assign, ast.AugAssign)) and is_whole(slot):
            yield from _summed(slot)
    arrays = [node for node, value in scope.pieces() if np.ndim(value) == 2]
    read = pieces_read(within)
    forgotten = [node for node in arrays if ast.unparse(node) not in read]
    for pieces, rank in ((forgotten, 1), (arrays[:_ARRAYS], _LATE)):
        for slot in near:
            if is_whole(slot) and not _is_side(slot) and _is_array(slot.node, scope):
                yield from _times(slot, pieces, rank)


def _is_array(node: ast.expr, scope: Scope) -> bool:
    """Whether an expression may be an array, by what its names held."""
    if isinstance(node, (ast.Compare, ast.BoolOp, ast.Constant, ast.JoinedStr)):
        return False
    if isinstance(node, ast.IfExp):
        return _is_array(node.body, scope)
    if isinstance(node, ast.BinOp):
        return _is_array(node.left, scope) or _is_array(node.right, scope)
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") not in ("len", "range", "int", "enumerate", "zip")
    if isinstance(node, ast.Subscript):  # of a shape, or of an array
        return getattr(node.value, "attr", "") != "shape"
    held = scope.held.get(node.id) if isinstance(node, ast.Name) else None
    return held is None or (isinstance(held, np.ndarray) and held.ndim > 0)


def _is_side(slot: Slot) -> bool:
    """Whether it is multiplied by an array already."""
    return isinstance(slot.parent, ast.BinOp) and isinstance(slot.parent.op, ast.MatMult)


def _inside(slot: Slot) -> Iterator[Change]:
    told = f"a function of each entry around {quoted(slot.node)}"
    ask = f"What is done with each entry of {quoted(slot.node)} in the formula?"
    for name in _ENTRYWISE:
        yield change(slot, _called(name, slot.node), told, ask, _LATE)


def _is_taken_off(slot: Slot) -> bool:
    """Whether an array stands where often one number of many does: it divides, or is taken off."""
    parent = slot.parent
    if isinstance(parent, ast.BinOp):
        return isinstance(parent.op, (ast.Sub, ast.Div)) and slot.field == "right"
    divides = isinstance(parent, ast.AugAssign) and isinstance(parent.op, (ast.Sub, ast.Div))
    return divides and slot.field == "value"


def _reduced(slot: Slot) -> Iterator[Change]:
    told = f"one number of many in the place of {quoted(slot.node)}: a sum, a mean, the largest"
    ask = f"Does the formula have each entry of {quoted(slot.node)} there, or one for several?"
    keep = ast.keyword("keepdims", ast.Constant(True))
    for name in _REDUCTIONS:
        for axis in _AXES:
            made = _called(name, slot.node)
            made.keywords = [ast.keyword("axis", ast.Constant(axis)), keep]
            yield change(slot, made, told, ask, _SUMS)
        yield change(slot, _called(name, slot.node), told, ask, _SUMS)


def _summed(slot: Slot) -> Iterator[Change]:
    """A whole line that is not summed over an axis."""
    told = f"a sum over an axis of {quoted(slot.node)}"
    ask = "Which index does the left side have no longer? Over that one the formula adds up."
    for axis in _AXES:
        for keep in ([], [ast.keyword("keepdims", ast.Constant(True))]):
            made = _called("sum", slot.node)
            made.keywords = [ast.keyword("axis", ast.Constant(axis)), *keep]
            yield change(slot, made, told, ask, _SUMS)


def _called(name: str, node: ast.expr) -> ast.Call:
    func = ast.Attribute(ast.Name("np", ast.Load()), name, ast.Load())
    return ast.Call(func, [node], [])


def _times(slot: Slot, arrays: Sequence[ast.expr], rank: int) -> Iterator[Change]:
    told = f"a product with a further array at {quoted(slot.node)}"
    ask = "Which product does the formula have there, and which index is summed over?"
    for array in arrays:
        for other in (array, ast.Attribute(array, "T", ast.Load())):
            for sides in ((slot.node, other), (other, slot.node)):
                made = ast.BinOp(sides[0], ast.MatMult(), sides[1])
                yield change(slot, made, told, ask, rank)
