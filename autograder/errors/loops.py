"""Where the names in an index come from: the loops around it, or a line before."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import numpy as np

from autograder.errors.places import Place, parent
from autograder.errors.statement import Statement, Statements


def loops(node: ast.AST | None, place: Place) -> Statements:
    """Where the names in an index come from, and what they are now."""
    told = place.quote(node.slice).strip("`") if isinstance(node, ast.Subscript) else ""
    parts = _beyond(node, place) if isinstance(node, ast.Subscript) else []
    names = {n.id for part in parts for n in ast.walk(part) if isinstance(n, ast.Name)}
    yield from _made(names, told, place)
    for loop, target, source in _rounds(node):
        for name in sorted(names):
            value = place.peek(ast.Name(name, ast.Load()))
            there = "" if name == told else f", which is {value} there,"
            yield Statement(
                f"`{name}`{there} comes from {place.quote(source)} in line {source.lineno}.",
                name in _stored(target) and type(value) is int and _stored(loop).count(name) == 1,
            )


def _beyond(node: ast.Subscript, place: Place) -> list[ast.expr]:
    """The parts of an index that an array has not; all of them if none is known to be one."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    shape = getattr(place.peek(node.value), "shape", ())
    values = [place.peek(part) for part in parts]
    if len(shape) < len(parts) or not all(isinstance(v, int | np.integer) for v in values):
        return parts
    both = zip(parts, values, shape, strict=False)
    return [part for part, v, n in both if not -n <= v < n] or parts


def _made(names: set[str], told: str, place: Place) -> Statements:
    """In which line of a function each name gets its value, where that is one line alone."""
    whole = place.definition
    if not isinstance(whole, ast.FunctionDef):  # a cell has names of earlier cells
        return
    given = {n.arg for n in ast.walk(whole.args) if isinstance(n, ast.arg)}
    lines = [n for n in ast.walk(whole) if isinstance(n, ast.Assign)]
    names = names - given
    for name in sorted(names):
        value = place.peek(ast.Name(name, ast.Load()))
        there = "" if name == told else f", which is {value} there,"
        for line in (line for line in lines if name in _stored(line)):
            yield Statement(
                f"`{name}`{there} is made in line {line.lineno}: {place.quote(line)}.",
                isinstance(value, int | np.integer) and _stored(whole).count(name) == 1,
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
