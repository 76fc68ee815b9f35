"""Changes of the reference solutions' syntax trees, thousands of them: what a slip may look like.

Beside those of `ast_mutants`: another name that is in scope, a neighbouring NumPy function, a
factor, a sign, two arguments or two returned values that changed places, another key or index.
"""

from __future__ import annotations

import ast
import copy
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[1] / "mutation"))

from ast_mutants import _edits, places_of, rewritten, solutions

#: Functions that are taken for each other.
NEIGHBOURS = (
    ("sum", "mean", "max", "prod"),
    ("exp", "log", "sqrt", "square"),
    ("maximum", "minimum"),
    ("zeros", "ones", "empty"),
    ("zeros_like", "ones_like"),
    ("tanh", "sin"),
    ("dot", "multiply", "outer"),
    ("argmax", "argmin"),
)


@dataclass(frozen=True)
class Changed:
    """One solution with one change."""

    unit: str
    function: str
    name: str
    source: str


@cache
def changed(unit: str, most: int) -> list[Changed]:
    """Return `most` changes of a unit's solutions, always the same ones, of every function some."""
    drawn = random.Random(f"changes of unit {unit}")
    by_function = {}
    for function, source in solutions(unit).items():
        found = list({c.source: c for c in _of(unit, function, source)}.values())
        drawn.shuffle(found)
        by_function[function] = found
    chosen: list[Changed] = []
    while len(chosen) < most and any(by_function.values()):
        chosen += [found.pop() for found in by_function.values() if found]
    return chosen[:most]


def _of(unit: str, function: str, source: str) -> Iterator[Changed]:
    tree = ast.parse(source)
    original, places, scopes = ast.unparse(tree), places_of(tree), _scopes(tree)
    lines = original.splitlines()
    for node in list(ast.walk(tree)):
        for edit in (*_edits(node), *_more(node, scopes.get(id(node), ()))):
            text = rewritten(tree, places.get(id(node), ()), edit(node))
            if text != original:
                pairs = zip(lines, text.splitlines(), strict=False)
                line = next((b for a, b in pairs if a != b), "(removed)")
                yield Changed(unit, function, f"{function}: {line.strip()}", text)


def _scopes(tree: ast.AST) -> dict[int, tuple[str, ...]]:
    """The names that each function of the cell binds, for every node inside it."""
    found: dict[int, tuple[str, ...]] = {}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = [a.arg for a in function.args.args]
        names += [
            n.id
            for n in ast.walk(function)
            if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        ]
        for node in ast.walk(function):
            found[id(node)] = tuple(dict.fromkeys(names))
    return found


Edit = Callable[[Any], ast.AST]


def _more(node: ast.AST, names: tuple[str, ...]) -> Iterator[Edit]:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for other in names:
            yield lambda n, other=other: ast.Name(other, n.ctx)
        yield lambda n: ast.Attribute(n, "T", n.ctx)
    if isinstance(node, ast.Attribute):
        for group in NEIGHBOURS:
            for other in group if node.attr in group else ():
                yield lambda n, other=other: ast.Attribute(n.value, other, n.ctx)
    if isinstance(node, ast.BinOp):
        yield lambda n: ast.BinOp(n.right, n.op, n.left)
        yield lambda n: ast.BinOp(n, ast.Mult(), ast.Constant(2))
        yield lambda n: ast.UnaryOp(ast.USub(), n)
        yield lambda n: ast.BinOp(n, ast.MatMult(), copy.deepcopy(n.right))
    if isinstance(node, ast.Call) and len(node.args) > 1:
        yield lambda n: ast.Call(n.func, [n.args[1], n.args[0], *n.args[2:]], n.keywords)
    if isinstance(node, ast.Call) and node.keywords:
        yield lambda n: ast.Call(n.func, n.args, n.keywords[1:])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield lambda n: n.func.value
    if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        yield lambda n: ast.Tuple([n.elts[1], n.elts[0], *n.elts[2:]], n.ctx)
        yield lambda n: ast.Tuple(n.elts[:-1], n.ctx)
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield lambda n: ast.Constant(n.value - 1)
    if isinstance(node, ast.Return) and node.value is not None:
        yield lambda n: ast.Return(None)
        yield lambda n: ast.Return(ast.UnaryOp(ast.USub(), n.value))
    if isinstance(node, ast.If):
        yield lambda n: n.body[0]
