"""Another name in the place of a name, and one that is moved by one or taken off 1."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.engine.repair.change import Change, Kind, Slot, change, quoted, shifted
from autograder.engine.repair.conditions import meets_itself
from autograder.engine.repair.scope import Scope

#: What is the same object, or in a list: with another name it may never be.
_SAME = (ast.Is, ast.IsNot, ast.In, ast.NotIn)


def other_names(slot: Slot, node: ast.Name, scope: Scope) -> Iterator[Change]:
    """Yield the changes of a name that is read."""
    for name, alike in scope.others(node.id):
        if not meets_itself(slot, name):
            told = f"another name in the place of {quoted(node)}"
            made: ast.expr = ast.Name(name, ast.Load())
            # that a condition is one too many comes before that
            same = isinstance(slot.parent, ast.Compare) and isinstance(slot.parent.ops[0], _SAME)
            rank = 2 if same else 1 - alike
            yield change(slot, made, told, _meant(slot, node), rank, Kind.NAME)
    if node.id in scope.counts() and isinstance(slot.parent, ast.Compare):
        yield from shifted(slot, f"{quoted(node)} moved by one")
    elif node.id in scope.numbers() and node.id not in scope.counts():
        made = ast.BinOp(ast.Constant(1), ast.Sub(), node)
        yield change(slot, made, f"{quoted(made)} for {quoted(node)}", rank=2)


def _meant(slot: Slot, node: ast.Name) -> str:
    """The question that leads to another name, by what is done with this one."""
    parent, held = slot.parent, quoted(node)
    if isinstance(parent, ast.Call) and getattr(parent.func, "id", "") == "len":
        return f"What is counted there? Is it {held}?"
    if isinstance(parent, ast.Attribute) and parent.attr in ("shape", "size", "ndim"):
        return f"Whose {parent.attr} is meant there? Is it that of {held}?"
    if isinstance(parent, ast.Compare):
        return "What is compared with what, in the text?"
    return f"Which array, or number, does the formula have where you have {held}?"
