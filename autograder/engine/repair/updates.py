"""What a loop hands on to its next round: a value too few, or one that no round should keep."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import copy
from typing import Any

import numpy as np

from autograder.engine.repair.change import Change, Slot, at, quoted
from autograder.engine.repair.scope import Scope

#: So many values are tried for each name.
_MOST = 12


def changes(tree: ast.AST, scope: Scope) -> Iterator[Change]:
    """Yield loops with one more line at their end: `carried = made`."""
    for loop in ast.walk(tree):
        if isinstance(loop, (ast.For, ast.While)):
            written = _names(loop, ast.Store) | _written_into(loop)
            for name in sorted(_names(loop, ast.Load) - written):
                before = scope.held.get(name)
                if not isinstance(before, (np.ndarray, float, dict)):
                    continue
                told = f"a line at the end of this loop that gives `{name}` its next value"
                ask = f"What does `{name}` hold in the first round, and what in the second?"
                again = sum(isinstance(n.ctx, ast.Store) for n in _named(tree, name)) > 1
                like = None if again else before  # it became something else
                for value in list(_values(scope, written, like))[:_MOST]:
                    line = at(ast.Assign([ast.Name(name, ast.Store())], value), loop.body[-1])
                    body = [*loop.body, line]
                    yield Change(((Slot(loop, "body"), body),), loop.lineno, told, ask, 1)


def joined(tree: ast.AST) -> Iterator[Change]:
    """Yield loops in which a dict gets the keys of each round, and is not made anew in each."""
    for parent in ast.walk(tree):
        body = getattr(parent, "body", None)
        for k, loop in enumerate(body) if isinstance(body, list) else ():
            for n, line in enumerate(loop.body) if isinstance(loop, (ast.For, ast.While)) else ():
                if not isinstance(line, ast.Assign) or not isinstance(line.value, ast.Dict):
                    continue
                if isinstance(line.targets[0], ast.Name):
                    yield _made_once(Slot(parent, "body"), k, loop, n)


def _made_once(block: Slot, k: int, loop: ast.For | ast.While, n: int) -> Change:
    line: Any = loop.body[n]
    begun = ast.Assign(line.targets, ast.Dict([], []))
    more = ast.AugAssign(line.targets[0], ast.BitOr(), line.value)
    other = copy(loop)
    other.body = [*loop.body[:n], at(more, line), *loop.body[n + 1 :]]
    made = [*block.node[:k], at(begun, loop), other, *block.node[k + 1 :]]
    name = quoted(line.targets[0])
    told = f"{name} begun before the loop, and given the keys of each round"
    return Change(((block, made),), line.lineno, told, f"Which keys has {name} at the end?", 1)


def fresh(tree: ast.AST, scope: Scope) -> Iterator[Change]:
    """Yield loops in which a name begins each round with what it held before the loop."""
    for parent in ast.walk(tree):
        body = getattr(parent, "body", None)
        for k, loop in enumerate(body) if isinstance(body, list) else ():
            if isinstance(loop, (ast.For, ast.While)):
                lines = (n for n in ast.walk(loop) if isinstance(n, ast.AugAssign))
                for line in lines:
                    if isinstance(line.target, ast.Name) and line.target.id in scope.numbers():
                        name = line.target.id
                        told = (
                            f"a name of its own for what `{name}` becomes here: the next round "
                            "begins with it"
                        )
                        yield _begun_anew(Slot(parent, "body"), k, loop, name, line.lineno, told)
                for name, number in _entries(loop, scope).items():
                    told = f"`{name}` made anew in each round, without what the rounds before wrote"
                    yield _begun_anew(Slot(parent, "body"), k, loop, name, number, told)


def _entries(loop: ast.AST, scope: Scope) -> dict[str, int]:
    """The arrays of which a loop writes entries, and where it does so first."""
    found: dict[str, int] = {}
    for line in (n for n in ast.walk(loop) if isinstance(n, ast.Assign)):
        into = line.targets[0]
        name = getattr(into.value, "id", "") if isinstance(into, ast.Subscript) else ""
        if isinstance(scope.held.get(name), np.ndarray):
            found.setdefault(name, line.lineno)
    return found


def _begun_anew(
    block: Slot, k: int, loop: ast.For | ast.While, name: str, line: int, told: str
) -> Change:
    before = "_before_the_loop"
    kept = ast.Assign([ast.Name(before, ast.Store())], ast.Name(name, ast.Load()))
    # + 0 makes a new array: the old one is not written into
    anew = ast.BinOp(ast.Name(before, ast.Load()), ast.Add(), ast.Constant(0))
    first = ast.Assign([ast.Name(name, ast.Store())], anew)
    other = copy(loop)
    other.body = [at(first, loop), *loop.body]
    made = [*block.node[:k], at(kept, loop), other, *block.node[k + 1 :]]
    ask = f"What does `{name}` hold when the second round begins, and what should it hold?"
    return Change(((block, made),), line, told, ask, 3)


def _named(tree: ast.AST, name: str = "") -> Iterator[ast.Name]:
    named = (n for n in ast.walk(tree) if isinstance(n, ast.Name))
    return (n for n in named if n.id == name or not name)


def _names(loop: ast.AST, kind: type[ast.expr_context]) -> set[str]:
    return {n.id for n in _named(loop) if isinstance(n.ctx, kind)}


def _written_into(loop: ast.AST) -> set[str]:
    """The names of what gets a new entry: p[key] -= step."""
    stored = (n for n in ast.walk(loop) if isinstance(n, ast.Subscript))
    into = (n.value for n in stored if isinstance(n.ctx, ast.Store))
    return {n.id for n in into if isinstance(n, ast.Name)}


def _values(scope: Scope, written: set[str], like: Any) -> Iterator[ast.expr]:
    """Yield what the loop makes that has the shape or the keys of another value, also under a key.

    Where that is None, all that it makes.
    """
    for name in sorted(written):
        held: Any = scope.held.get(name)
        if _is_like(held, like):
            yield ast.Name(name, ast.Load())
        elif isinstance(held, dict):
            for key, value in held.items():
                if isinstance(key, str) and _is_like(value, like):
                    yield ast.Subscript(ast.Name(name, ast.Load()), ast.Constant(key), ast.Load())


def _is_like(value: Any, other: Any) -> bool:
    if isinstance(other, dict):
        return isinstance(value, dict) and value.keys() <= other.keys()
    number = isinstance(value, (np.ndarray, float))
    return number and (other is None or np.shape(value) == np.shape(other))
