"""A new array in the place of one that a line writes into, or hands on under a second name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from autograder.engine.repair.change import Change, Slot, at, change, quoted

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
    elif isinstance(node, ast.Assign) and len(node.targets) > 1:
        each = ast.Tuple([node.value for _ in node.targets], ast.Load())
        told = f"an array of its own for each of {', '.join(map(quoted, node.targets))}"
        made = ast.Assign([ast.Tuple(node.targets, ast.Store())], each)
        yield _one(slot, made, told, "How many arrays does this line make?", 0)
    elif isinstance(node, ast.Assign) and isinstance(node.value, (ast.Name, ast.Subscript)):
        copied = ast.Call(ast.Attribute(node.value, "copy", ast.Load()), [], [])
        told = f"an array of its own for {quoted(node.targets[0])}, a copy of {quoted(node.value)}"
        ask = "Which later line writes into one of the two?"
        yield _one(slot, ast.Assign(node.targets, copied), told, ask, 0)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield from _out(slot, node.value)


def repeated(slot: Slot) -> Iterator[Change]:
    """Yield `[zeros for _ in range(n)]` for `[zeros] * n`, and the like of a dict."""
    node: Any = slot.node
    each: ast.expr | None = None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        listed, count = (node.left, node.right)
        if isinstance(count, ast.List):
            listed, count = count, listed
        if isinstance(listed, ast.List) and len(listed.elts) == 1:
            times = ast.Call(ast.Name("range", ast.Load()), [count], [])
            each = ast.ListComp(listed.elts[0], [_round("_", times)])
    called = node.func.attr if isinstance(getattr(node, "func", None), ast.Attribute) else ""
    if called == "fromkeys" and len(node.args) == 2:
        key = ast.Name("_key", ast.Load())
        each = ast.DictComp(key, node.args[1], [_round("_key", node.args[0])])
    if each is not None:
        told = f"an array of its own for each entry of {quoted(node)}"
        yield change(slot, each, told, "How many arrays are made there?")


def _round(name: str, over: ast.expr) -> ast.comprehension:
    return ast.comprehension(ast.Name(name, ast.Store()), over, [], 0)


def _out(slot: Slot, call: ast.Call) -> Iterator[Change]:
    """np.tanh(z, out=a) writes into a."""
    for given in call.keywords:
        if given.arg == "out" and isinstance(given.value, ast.Name):
            rest = [k for k in call.keywords if k is not given]
            target = ast.Name(given.value.id, ast.Store())
            made = ast.Assign([target], ast.Call(call.func, call.args, rest))
            told = f"a new array for {quoted(given.value)}, where it writes into the old one"
            yield _one(slot, made, told, _HOLD)


def _one(slot: Slot, node: ast.stmt, told: str, ask: str, rank: int = 1) -> Change:
    return Change(((slot, at(node, slot.node)),), slot.node.lineno, told, ask, rank)
