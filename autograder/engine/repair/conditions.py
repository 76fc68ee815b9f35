"""A condition: another comparison, a part of it left out, or no condition at all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from autograder.engine.repair.change import Change, Slot, at, change, quoted

_COMPARED: tuple[type[ast.cmpop], ...] = (
    ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq,
)  # fmt: skip
_CASES = "In which cases does the text have it?"


def of_if(statement: ast.If) -> Iterator[Change]:
    """Yield an `if` that is always so, and one that holds in the other cases."""
    tested = quoted(statement.test)
    told = f"its condition {tested} left out, and what stands below it done in every case"
    if not _prints(statement):  # what is printed in every case is wrong, and no array shows it
        yield _tested(statement, ast.Constant(True), told, 0)
    if statement.orelse:
        told = f"what stands under `else` done in every case, without {tested}"
        yield _tested(statement, ast.Constant(False), told, 0)
    if isinstance(statement.test, (ast.Name, ast.Subscript)):  # 0 counts as false, as None does
        there = ast.Compare(statement.test, [ast.IsNot()], [ast.Constant(None)])
        told = f"{tested} compared with something: 0, and what is empty, count as false here"
        yield _tested(statement, there, told, 0, "Of which values does the text speak there?")
    turned = ast.UnaryOp(ast.Not(), statement.test)
    ask = "In which case does each part hold?"
    yield _tested(statement, turned, f"{tested} turned over", 1, ask)


def _prints(statement: ast.If) -> bool:
    calls = (n for part in statement.body for n in ast.walk(part) if isinstance(n, ast.Call))
    return any(getattr(call.func, "id", "") == "print" for call in calls)


def _tested(statement: ast.If, test: Any, told: str, rank: int, ask: str = _CASES) -> Change:
    made = at(test, statement.test)
    return Change(((Slot(statement, "test"), made),), statement.lineno, told, ask, rank)


def in_one(slot: Slot) -> Iterator[Change]:
    """Yield another comparison, and what is left without a condition or a part of it."""
    node = slot.node
    if isinstance(node, ast.IfExp):
        for kept in (node.body, node.orelse):
            told = f"{quoted(kept)} in every case, without the condition {quoted(node.test)}"
            yield change(slot, kept, told, _CASES)
        turned = ast.IfExp(node.test, node.orelse, node.body)
        yield change(slot, turned, f"the two cases of {quoted(node)} exchanged", _CASES)
    elif isinstance(node, ast.BoolOp):
        for left_out in node.values:
            rest = [value for value in node.values if value is not left_out]
            made = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            told = f"{quoted(node)} without {quoted(left_out)}"
            yield change(slot, made, told, "In which cases does it have to be true?")
        other: ast.boolop = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        told = f"{'or' if isinstance(other, ast.Or) else 'and'} in {quoted(node)}"
        ask = "In which cases does it have to be true?"
        yield change(slot, ast.BoolOp(other, node.values), told, ask, 1)
    elif isinstance(node, ast.Compare):
        yield from _compared(slot, node)
    if isinstance(slot.parent, ast.comprehension) and slot.field == "ifs":
        told = f"the condition {quoted(node)} left out"
        yield change(slot, ast.Constant(True), told, _CASES)


def _compared(slot: Slot, node: ast.Compare) -> Iterator[Change]:
    if len(node.ops) == 1:
        same = isinstance(node.ops[0], (ast.Eq, ast.NotEq))
        for other in _COMPARED[4:] if same else _COMPARED[:4]:
            if not isinstance(node.ops[0], other):
                made = ast.Compare(node.left, [other()], node.comparators)
                told = f"another comparison in the place of {quoted(node)}"
                ask = "For which values does it have to be true? Try the one at the border."
                yield change(slot, made, told, ask, 1)
    if len(node.ops) == 1 and not isinstance(node.comparators[0], ast.Constant):
        for bound in (0, 0.5, 1):
            made = ast.Compare(node.left, node.ops, [ast.Constant(bound)])
            told = f"a number in the place of {quoted(node.comparators[0])}"
            yield change(slot, made, told, "With which number is it compared in the text?", 2)


def meets_itself(slot: Slot, name: str) -> bool:
    """Whether a name in this place is compared with itself, or divided by itself, and the like.

    A condition that is always true, or a difference that is always 0, says nothing of the formula.
    """
    parent, sides = slot.parent, list[ast.expr]()
    if isinstance(parent, ast.Compare):
        sides = [parent.left, *parent.comparators]
    elif isinstance(parent, ast.BinOp) and isinstance(
        parent.op, (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod)
    ):
        sides = [parent.left, parent.right]
    others = [side for side in sides if side is not slot.node]
    return any(isinstance(side, ast.Name) and side.id == name for side in others)


def is_truth(node: ast.AST) -> bool:
    """Whether an expression is True or False: a comparison, or what tells of arrays."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        return name in ("bool", "all", "any", "allclose", "array_equal")
    negated = isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    return negated or isinstance(node, (ast.Compare, ast.BoolOp))
