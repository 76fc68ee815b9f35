"""The same expression with its brackets elsewhere."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import TypeAlias

from autograder.engine.repair.change import quoted

Join: TypeAlias = Callable[[ast.expr], ast.expr]
#: An expression, and how its brackets are told as they are.
Made: TypeAlias = tuple[ast.expr, str]


def turned(node: ast.BinOp) -> Iterator[Made]:
    """Yield expressions of the same names and signs in the same order, with other brackets."""
    left, right, op = node.left, node.right, node.op
    # a * b ** c / d: what comes last may belong to a part of what is before it
    yield from _inside(left, lambda part: ast.BinOp(part, op, right), True)
    yield from _inside(right, lambda part: ast.BinOp(left, op, part), False)


def _inside(whole: ast.expr, join: Join, last: bool) -> Iterator[Made]:
    """Yield the whole with what is beside it joined to its last part, or to its first."""
    if isinstance(whole, ast.BinOp):
        part = whole.right if last else whole.left
        for inner, told in ((join(part), _read(join(whole))), *_inside(part, join, last)):
            left, right = (whole.left, inner) if last else (inner, whole.right)
            yield ast.BinOp(left, whole.op, right), told
    elif isinstance(whole, ast.UnaryOp):
        for inner, told in (
            (join(whole.operand), _read(join(whole))),
            *_inside(whole.operand, join, last),
        ):
            yield ast.UnaryOp(whole.op, inner), told
    elif isinstance(whole, ast.Call) and len(whole.args) == 1:
        argument, told = (
            whole.args[0],
            f"the brackets of {quoted(whole.func)} closed at another place",
        )
        yield ast.Call(whole.func, [join(argument)], whole.keywords), told
        if isinstance(argument, ast.BinOp) and not last:  # a . f(b . c): f(b) alone was meant
            first = ast.Call(whole.func, [argument.left], whole.keywords)
            yield ast.BinOp(join(first), argument.op, argument.right), told


def closing(node: ast.Call) -> Iterator[Made]:
    """Yield f(x) . y for f(x . y): the bracket closes earlier."""
    if len(node.args) == 1 and isinstance(node.args[0], ast.BinOp):
        argument = node.args[0]
        first = ast.Call(node.func, [argument.left], node.keywords)
        told = f"the brackets of {quoted(node.func)} closed at another place"
        yield ast.BinOp(first, argument.op, argument.right), told


def _read(node: ast.expr) -> str:
    if explicit(node) == ast.unparse(node):
        return f"the brackets of {quoted(node)} elsewhere"
    return f"other brackets, as Python reads {quoted(node)} as `{explicit(node)}`"


def explicit(node: ast.expr) -> str:
    """Return an expression with all its brackets."""
    if isinstance(node, ast.BinOp):
        sign = ast.unparse(ast.BinOp(ast.Name("a"), node.op, ast.Name("b")))[1:-1].strip()
        return f"{_inner(node.left)} {sign} {_inner(node.right)}"
    if isinstance(node, ast.UnaryOp):
        return f"{ast.unparse(ast.UnaryOp(node.op, ast.Name('a')))[:-1]}{_inner(node.operand)}"
    return ast.unparse(node)


def _inner(node: ast.expr) -> str:
    text = explicit(node)
    return f"({text})" if isinstance(node, (ast.BinOp, ast.UnaryOp)) else text
