"""A new array in the place of one that a line writes into, or hands on under a second name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.engine.repair.change import Change, Slot, at, quoted

_HOLD = "Which other names hold this array, or a part of it?"


def in_all(tree: ast.AST) -> Iterator[Change]:
    """Yield the changes of all lines of a function."""
    for node in ast.walk(tree):
        for field in ("body", "orelse"):
            body = getattr(node, field, None)
            for k in range(len(body)) if isinstance(body, list) else ():
                yield from in_one(Slot(node, field, k))


def in_one(slot: Slot) -> Iterator[Change]:
    """Yield the changes of one statement."""
    node = slot.node
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        read = at(ast.Name(node.target.id, ast.Load()), node)
        made = ast.Assign([node.target], ast.BinOp(read, node.op, node.value))
        told = f"a new array for {quoted(node.target)}, where it writes into the old one"
        yield _one(slot, made, told, _HOLD)
    elif isinstance(node, ast.Assign) and isinstance(node.value, (ast.Name, ast.Subscript)):
        copied = ast.Call(ast.Attribute(node.value, "copy", ast.Load()), [], [])
        told = (
            f"a copy of {quoted(node.value)}, the very array that {quoted(node.targets[0])} is now"
        )
        ask = "Which later line writes into one of the two?"
        yield _one(slot, ast.Assign(node.targets, copied), told, ask)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield from _out(slot, node.value)


def _out(slot: Slot, call: ast.Call) -> Iterator[Change]:
    """np.tanh(z, out=a) writes into a."""
    for given in call.keywords:
        if given.arg == "out" and isinstance(given.value, ast.Name):
            rest = [k for k in call.keywords if k is not given]
            target = ast.Name(given.value.id, ast.Store())
            made = ast.Assign([target], ast.Call(call.func, call.args, rest))
            told = f"a new array for {quoted(given.value)}, where it writes into the old one"
            yield _one(slot, made, told, _HOLD)


def _one(slot: Slot, node: ast.stmt, told: str, ask: str) -> Change:
    return Change(((slot, at(node, slot.node)),), slot.node.lineno, told, ask, 1)
