"""What may be changed in one expression: a name, an operator, a bracket, an axis, an index."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from autograder.engine.repair.brackets import turned
from autograder.engine.repair.calls import calls, of_axes, ordered, puts_together
from autograder.engine.repair.change import Change, Kind, Slot, change, quoted
from autograder.engine.repair.conditions import in_one
from autograder.engine.repair.other_names import other_names
from autograder.engine.repair.scope import Scope
from autograder.engine.repair.subscripts import subscripts

#: In the place of an operator.
_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.MatMult, ast.Add, ast.Pow),
    ast.Div: (ast.Mult, ast.FloorDiv, ast.Sub),
    ast.FloorDiv: (ast.Div, ast.Mod),
    ast.Mod: (ast.FloorDiv, ast.Div),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
#: A number from here on may stand for infinity, or for one that is so much larger.
LARGE, _LARGER = 100, 1e6


def changes(slot: Slot, scope: Scope) -> Iterator[Change]:
    """Yield what may be changed in the expression of a slot."""
    node = slot.node
    if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
        return
    if isinstance(node, ast.Name):
        yield from other_names(slot, node, scope)
    elif isinstance(node, ast.Constant):
        yield from _constants(slot, node, scope)
    elif isinstance(node, ast.BinOp):
        yield from _operations(slot, node, scope)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield change(slot, node.operand, f"{quoted(node)} with the other sign", _SIGN)
    elif isinstance(node, ast.Call):
        yield from calls(slot, node)
    elif isinstance(node, ast.Attribute) and node.attr == "size":
        yield from of_axes(slot, node.value, f"{quoted(node)}, which counts all entries")
    elif isinstance(node, ast.Attribute) and node.attr == "inf":
        yield change(slot, ast.UnaryOp(ast.USub(), node), f"{quoted(node)} with a sign", _SIGN)
    elif isinstance(node, ast.Subscript):
        yield from subscripts(node)
    elif isinstance(node, (ast.List, ast.Tuple)) and puts_together(slot):
        yield from ordered(slot, node)
    yield from in_one(slot)
    yield from _transposed(slot)


_ROUNDS = "Write these numbers down for the first and the last round. Which ones are meant?"
_SIGN = "Which sign does this term have in the formula?"


def _constants(slot: Slot, node: ast.Constant, scope: Scope) -> Iterator[Change]:
    value = node.value
    if isinstance(value, str):
        if isinstance(slot.parent, ast.Subscript):
            told = f"another key in the place of {quoted(node)}"
            for key in scope.keys:
                if key != value:
                    yield change(slot, ast.Constant(key), told, "Which array does it need there?")
        return
    if isinstance(value, bool):
        yield change(
            slot,
            ast.Constant(not value),
            f"the other choice in the place of {quoted(node)}",
            rank=1,
        )
        return
    if not isinstance(value, (int, float)):
        return
    axis = isinstance(slot.parent, ast.keyword) and slot.parent.arg == "axis"
    if axis:
        told, ask = "another axis", "Over which index does the sum of the formula run?"
    else:
        told = f"another number in the place of {quoted(node)}"
        ask = "Does the formula have a number there, and which one?"
        if _is_axis(slot):
            ask = "Which size is meant there, that of which axis?"
        elif _counts(slot):
            ask = "What is counted there, and with which number does it begin or end?"
    near: tuple[Any, ...] = (0, 1, 2, None)
    if not axis:
        larger = [_LARGER * value, math.inf] * (abs(value) >= LARGE)
        tenths = [10 * value, value / 10] if isinstance(value, float) else []
        near = (1, 2, -1, 0.5, value + 1, value - 1, 3, 0, *larger, *tenths)
    for other in dict.fromkeys(near):
        # a term times 0, or a count by 0, is one too many: that is told as such
        if other == value or (other == 0 and isinstance(slot.parent, (ast.BinOp, ast.AugAssign))):
            continue
        whole = isinstance(other, int) and not isinstance(slot.parent, ast.AugAssign)
        rank = 0 if axis or whole else 1
        if axis and other is None:
            told, ask = "more axes than one", "Over which indices does the sum of the formula run?"
        kind = Kind.ANY if axis else Kind.NUMBER
        yield change(slot, ast.Constant(other), told, ask, rank, kind)


def _is_axis(slot: Slot) -> bool:
    """Whether a number chooses the axis of a shape."""
    return getattr(getattr(slot.parent, "value", None), "attr", "") == "shape"


def _counts(slot: Slot) -> bool:
    """Whether a number is an index, or an end of a slice or of a range."""
    called = getattr(getattr(slot.parent, "func", None), "id", "")
    return isinstance(slot.parent, (ast.Subscript, ast.Slice)) or called == "range"


def _operations(slot: Slot, node: ast.BinOp, scope: Scope) -> Iterator[Change]:
    for made, told in turned(node):
        yield change(
            slot, made, told, "Which part belongs together in the formula?", kind=Kind.BRACKETS
        )
    left, right = node.left, node.right
    if isinstance(node.op, ast.Pow):
        yield from _powers(node, scope)
    yield from _through(slot, node)
    for operator in _OPERATORS.get(type(node.op), ()):
        one = _is_one(right) or (operator is ast.Mult and _is_one(left))
        if operator in (ast.Mult, ast.Div, ast.Pow) and one:
            continue  # nothing but the other side is left: that is told as such
        if isinstance(node.op, (ast.Add, ast.Sub)) and operator is not ast.Mult:
            told, ask = f"the other sign before {quoted(right)}", _SIGN
        else:
            told = f"another operator between {quoted(left)} and {quoted(right)}"
            ask = "What is done with the two in the formula?"
        first = operator is _OPERATORS[type(node.op)][0]
        yield change(slot, ast.BinOp(left, operator(), right), told, ask, 0 if first else 1)
    if isinstance(node.op, ast.MatMult):
        outer = ast.Call(ast.Attribute(ast.Name("np", ast.Load()), "outer", ast.Load()), [], [])
        outer.args = [left, right]
        told = f"another product in the place of {quoted(node)}"
        ask = f"Print the shape of {quoted(node)}. Which shape does the formula have there?"
        yield change(slot, outer, told, ask, 1)
    if isinstance(node.op, (ast.MatMult, ast.Sub, ast.Div)):
        told = f"the two sides of {quoted(node)} in the other order"
        yield change(slot, ast.BinOp(right, node.op, left), told, "Which one comes first?")
    if isinstance(left, ast.BinOp):
        told = f"{quoted(node)} without the last two, {quoted(left.right)} and {quoted(right)}"
        ask = "Where do these two come from in the formula?"
        yield change(slot, left.left, told, ask, 2)
    for kept, other in ((left, right), (right, left)):
        told = f"{quoted(node)} without {quoted(other)}"
        ask = f"Where does {quoted(other)} come from in the formula?"
        if isinstance(other, ast.Constant) and type(other.value) is int:
            ask = _ROUNDS if slot.field == "slice" else "Which terms does the formula have there?"
        yield change(slot, kept, told, ask, 2, Kind.PART)
        if kept is right and isinstance(node.op, ast.Sub):  # -x of 1 - x
            yield change(slot, ast.UnaryOp(ast.USub(), kept), told, ask, 2)


def _powers(node: ast.BinOp, scope: Scope) -> Iterator[Change]:
    """Another exponent: ``x ** 3``, ``x ** -3``."""
    minus = isinstance(node.right, ast.UnaryOp)
    slot = Slot(node.right, "operand") if minus else Slot(node, "right")
    if isinstance(slot.node, ast.Constant):
        for other in _constants(slot, slot.node, scope):
            yield replace(other, kind=Kind.POWER)


def _through(slot: Slot, node: ast.BinOp) -> Iterator[Change]:
    """A factor that belongs to one side of a product of matrices, not to the whole."""
    if not isinstance(node.op, ast.Mult):
        return
    for factor, whole in ((node.left, node.right), (node.right, node.left)):
        sides = _sides(whole)
        for k in range(len(sides)):
            parts = list(sides)
            parts[k] = ast.BinOp(factor, ast.Mult(), parts[k])
            told = f"{quoted(factor)} inside of the product {quoted(whole)}, not outside"
            ask = f"With what is {quoted(factor)} multiplied in the formula, entry by entry?"
            yield change(slot, ast.BinOp(parts[0], ast.MatMult(), parts[1]), told, ask)


def _sides(node: ast.expr) -> list[ast.expr]:
    """The two sides of a product of matrices; none of anything else."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return [node.left, node.right]
    dot = isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("dot", "matmul")
    return node.args if dot and isinstance(node, ast.Call) and len(node.args) == 2 else []


def _is_one(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 1


def _transposed(slot: Slot) -> Iterator[Change]:
    node = slot.node
    product = isinstance(slot.parent, ast.BinOp) and isinstance(slot.parent.op, ast.MatMult)
    if getattr(getattr(slot.parent, "func", None), "id", "") == "len":
        return  # another axis is counted: that is told as such
    called = getattr(getattr(slot.parent, "func", None), "attr", "")
    summed = product or called in ("dot", "matmul", "inner", "einsum")
    ask = "Which index of it is summed over?" if summed else "Which of its axes comes first?"
    if isinstance(node, ast.Attribute) and node.attr == "T":
        told = f"{quoted(node.value)} not transposed"
        yield change(slot, node.value, told, ask)
    call = isinstance(slot.parent, ast.Call) and slot.field == "args"
    named = isinstance(node, (ast.Name, ast.Subscript))
    if named and (product or call):
        told = f"{quoted(node)} transposed"
        made = ast.Attribute(node, "T", ast.Load())
        yield change(slot, made, told, ask)
