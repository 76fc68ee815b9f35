"""Where the names in an index run: the loops around a piece of code."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.errors.places import Place, parent
from autograder.errors.statement import Statement, Statements


def loops(node: ast.AST | None, place: Place) -> Statements:
    """Where the names in an index run, and what they are now."""
    told = place.quote(node.slice).strip("`") if isinstance(node, ast.Subscript) else ""
    names = {n.id for n in ast.walk(getattr(node, "slice", ast.Pass())) if isinstance(n, ast.Name)}
    for loop, target, source in _rounds(node):
        for name in sorted(names):
            value = place.peek(ast.Name(name, ast.Load()))
            there = "" if name == told else f", which is {value} there,"
            yield Statement(
                f"`{name}`{there} comes from {place.quote(source)} in line {source.lineno}.",
                name in _stored(target) and type(value) is int and _stored(loop).count(name) == 1,
            )


def _rounds(node: ast.AST | None) -> Iterator[tuple[ast.AST, ast.AST, ast.expr]]:
    """The loops around a piece of code: the loop, its target, what it runs through."""
    while node is not None:
        if isinstance(node, ast.For):
            yield node, node.target, node.iter
        for inner in getattr(node, "generators", []):
            yield inner, inner.target, inner.iter
        node = parent(node)


def _stored(part: ast.AST) -> list[str]:
    """The names that get a value there, as often as they do."""
    found = (n for n in ast.walk(part) if isinstance(n, ast.Name))
    return [n.id for n in found if isinstance(n.ctx, ast.Store)]
