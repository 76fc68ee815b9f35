"""A line that a loop lacks: what it hands on to its next round keeps the value it began with."""

from __future__ import annotations

import ast
from collections.abc import Iterator
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
                for value in list(_values(scope, written, np.shape(before)))[:_MOST]:
                    line = at(ast.Assign([ast.Name(name, ast.Store())], value), loop.body[-1])
                    body = [*loop.body, line]
                    yield Change(((Slot(loop, "body"), body),), loop.lineno, told, ask, 1)


def _names(loop: ast.AST, kind: type[ast.expr_context]) -> set[str]:
    named = (n for n in ast.walk(loop) if isinstance(n, ast.Name))
    return {n.id for n in named if isinstance(n.ctx, kind)}


def _values(scope: Scope, written: set[str], shape: tuple[int, ...]) -> Iterator[ast.expr]:
    """Yield what the loop makes that has the same shape, also under a key."""
    for name in sorted(written):
        held: Any = scope.held.get(name)
        if isinstance(held, dict):
            for key, value in held.items():
                if isinstance(key, str) and _is_like(value, shape):
                    yield ast.Subscript(ast.Name(name, ast.Load()), ast.Constant(key), ast.Load())
        elif _is_like(held, shape):
            yield ast.Name(name, ast.Load())


def _is_like(value: Any, shape: tuple[int, ...]) -> bool:
    return isinstance(value, (np.ndarray, float)) and np.shape(value) == shape
