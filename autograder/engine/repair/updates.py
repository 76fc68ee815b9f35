"""What a loop hands on to its next round: a value too few, or one that no round should keep."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import copy
from typing import Any

import numpy as np

from autograder.engine.repair.change import Change, Slot, at
from autograder.engine.repair.scope import Scope

#: So many values are tried for each name.
_MOST = 12


def changes(tree: ast.AST, scope: Scope) -> Iterator[Change]:
    """Yield loops with one more line at their end: `carried = made`."""
    for loop in ast.walk(tree):
        if isinstance(loop, (ast.For, ast.While)):
            written = _names(loop, ast.Store)
            for name in sorted(_names(loop, ast.Load) - written):
                before = scope.held.get(name)
                if not isinstance(before, (np.ndarray, float)):
                    continue
                told = f"a line at the end of this loop that gives `{name}` its next value"
                ask = f"What does `{name}` hold in the first round, and what in the second?"
                again = sum(isinstance(n.ctx, ast.Store) for n in _named(tree, name)) > 1
                shape = None if again else np.shape(before)  # it became something else
                for value in list(_values(scope, written, shape))[:_MOST]:
                    line = at(ast.Assign([ast.Name(name, ast.Store())], value), loop.body[-1])
                    body = [*loop.body, line]
                    yield Change(((Slot(loop, "body"), body),), loop.lineno, told, ask, 1)


def fresh(tree: ast.AST, scope: Scope) -> Iterator[Change]:
    """Yield loops in which a name begins each round with what it held before the loop."""
    for parent in ast.walk(tree):
        body = getattr(parent, "body", None)
        for k, loop in enumerate(body) if isinstance(body, list) else ():
            if isinstance(loop, (ast.For, ast.While)):
                lines = (n for n in ast.walk(loop) if isinstance(n, ast.AugAssign))
                for line in lines:
                    if isinstance(line.target, ast.Name) and line.target.id in scope.numbers():
                        yield _begun_anew(Slot(parent, "body"), k, loop, line)


def _begun_anew(block: Slot, k: int, loop: ast.For | ast.While, line: ast.AugAssign) -> Change:
    name, before = ast.unparse(line.target), "_before_the_loop"
    kept = ast.Assign([ast.Name(before, ast.Store())], ast.Name(name, ast.Load()))
    # + 0 makes a new array: the old one is not written into
    anew = ast.BinOp(ast.Name(before, ast.Load()), ast.Add(), ast.Constant(0))
    first = ast.Assign([ast.Name(name, ast.Store())], anew)
    other = copy(loop)
    other.body = [at(first, loop), *loop.body]
    made = [*block.node[:k], at(kept, loop), other, *block.node[k + 1 :]]
    told = f"a name of its own for what `{name}` becomes here: the next round begins with it"
    ask = f"What does `{name}` hold when the second round begins, and what should it hold?"
    return Change(((block, made),), line.lineno, told, ask, 3)


def _named(tree: ast.AST, name: str = "") -> Iterator[ast.Name]:
    named = (n for n in ast.walk(tree) if isinstance(n, ast.Name))
    return (n for n in named if n.id == name or not name)


def _names(loop: ast.AST, kind: type[ast.expr_context]) -> set[str]:
    return {n.id for n in _named(loop) if isinstance(n.ctx, kind)}


def _values(scope: Scope, written: set[str], shape: tuple[int, ...] | None) -> Iterator[ast.expr]:
    """Yield what the loop makes that has the same shape, or any, also under a key."""
    for name in sorted(written):
        held: Any = scope.held.get(name)
        if isinstance(held, dict):
            for key, value in held.items():
                if isinstance(key, str) and _is_like(value, shape):
                    yield ast.Subscript(ast.Name(name, ast.Load()), ast.Constant(key), ast.Load())
        elif _is_like(held, shape):
            yield ast.Name(name, ast.Load())


def _is_like(value: Any, shape: tuple[int, ...] | None) -> bool:
    return isinstance(value, (np.ndarray, float)) and shape in (None, np.shape(value))
