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
    for target, source, line in _rounds(node):
        for name in sorted(names):
            value = place.peek(ast.Name(name, ast.Load()))
            there = "" if name == told else f", which is {value} there,"
            yield Statement(
                f"`{name}`{there} comes from {place.quote(source)} in line {line}.",
                (name in _stored(target) and type(value) is int),
            )


def _rounds(node: ast.AST | None) -> Iterator[tuple[ast.AST, ast.AST, int]]:
    """The loops around a piece of code: their targets and what they run through."""
    while node is not None:
        if isinstance(node, ast.For):
            yield node.target, node.iter, node.lineno
        for inner in getattr(node, "generators", []):
            yield inner.target, inner.iter, inner.iter.lineno
        node = parent(node)


def _stored(target: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
