"""Something else in the place of a name: an expression of another line, a function of a name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

import numpy as np

from autograder.engine.repair.change import Change, Kind, Slot, change, quoted
from autograder.engine.repair.scope import Scope

#: NumPy's functions of each entry.
_ENTRYWISE = ("tanh", "exp", "log", "sqrt", "square", "abs", "sign")
#: So many expressions are tried in the place of each name.
_MOST = 24
#: So many parts of arrays that stand nowhere yet.
_PARTS = 16
#: What stands in so many places alone, the first of them where it is made, may be forgotten.
_HARDLY = 2


def changes(within: Sequence[Slot], near: Sequence[Slot], scope: Scope) -> Iterator[Change]:
    """Yield names for which something else is taken: from another line, the shorter ones first."""
    texts: dict[str, ast.expr] = {}
    for slot in within:
        read = not isinstance(getattr(slot.node, "ctx", None), ast.Store)
        if read and isinstance(slot.node, (ast.Call, ast.BinOp, ast.Subscript, ast.Attribute)):
            texts.setdefault(ast.unparse(slot.node), slot.node)
    expressions = sorted(texts.values(), key=lambda node: len(ast.unparse(node)))[:_MOST]
    expressions += _parts_of_others(within, texts, scope)[:_PARTS]
    for slot in near:
        node = slot.node
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            told = f"something else in the place of {quoted(node)}"
            ask = f"What does {quoted(node)} hold, and what does the formula have there?"
            for other in expressions:
                inside = any(piece is node for piece in ast.walk(other))
                new = deepcopy(other) if inside else other
                yield change(slot, new, told, ask, 4, Kind.EXPRESSION)
            for called in _called(within):
                for name in _shaped_like(scope, node.id):
                    made = ast.Call(deepcopy(called), [ast.Name(name, ast.Load())], [])
                    yield change(slot, made, told, ask, 4, Kind.EXPRESSION)


def _parts_of_others(
    within: Sequence[Slot], texts: Mapping[str, ast.expr], scope: Scope
) -> list[ast.expr]:
    """Arrays under an index that another one has: g[:, :, t] where a[:, :, t] stands somewhere."""
    nodes = [s.node for s in within if isinstance(s.node, ast.Subscript)]
    indices = {ast.unparse(n.slice): n.slice for n in nodes if isinstance(n.slice, ast.Tuple)}
    arrays = {n: np.ndim(scope.held[n]) for n in scope.numbers()}
    found: list[ast.expr] = []
    for name, axes in arrays.items():
        for index in indices.values():
            made = ast.Subscript(ast.Name(name, ast.Load()), index, ast.Load())
            if axes == len(index.elts) and ast.unparse(made) not in texts:
                found.append(made)
    return found


def names_for(within: Sequence[Slot], near: Sequence[Slot], scope: Scope) -> Iterator[Change]:
    """Yield expressions for which the name of an array is taken: one that is read hardly ever."""
    read = [n.node.id for n in within if isinstance(n.node, ast.Name)]
    arrays = [n for n in scope.numbers() if np.ndim(scope.held[n]) and n not in scope.unset]
    for slot in near:
        node, parent = slot.node, slot.parent
        whole = isinstance(parent, (ast.BinOp, ast.Assign, ast.Return, ast.Call, ast.Tuple))
        if not whole or not isinstance(node, (ast.BinOp, ast.Call)) or slot.field == "func":
            continue
        told = f"a name in the place of {quoted(node)}"
        ask = f"What is {quoted(node)}, and does the formula have that there?"
        for name in arrays:
            rank = 2 if read.count(name) <= _HARDLY else 5
            yield change(slot, ast.Name(name, ast.Load()), told, ask, rank, Kind.WHOLE)


def in_each_place(within: Sequence[Slot], scope: Scope) -> Iterator[Change]:
    """Yield a name that stands several times in one line, with another one in each place."""
    lines: dict[tuple[int, str], list[Slot]] = {}
    for slot in within:
        node = slot.node
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            lines.setdefault((node.lineno, node.id), []).append(slot)
    for (line, name), places in lines.items():
        for other in scope.numbers() if len(places) > 1 and name in scope.numbers() else ():
            if other != name:
                puts = tuple(
                    (s, ast.copy_location(ast.Name(other, s.node.ctx), s.node)) for s in places
                )
                told = f"another name in each place of `{name}`"
                yield Change(puts, line, told, f"Is it `{name}` that stands in the formula?", 2)


def _called(within: Sequence[Slot]) -> list[ast.expr]:
    """The functions of one array that are called somewhere: np.tanh, sigmoid."""
    calls = [s.node for s in within if isinstance(s.node, ast.Call) and len(s.node.args) == 1]
    plain = [c for c in calls if not c.keywords and isinstance(c.func, (ast.Name, ast.Attribute))]
    return list({ast.unparse(c.func): c.func for c in plain if _of_one(c.func)}.values())


def _of_one(func: ast.expr) -> bool:
    return isinstance(func, ast.Name) or is_entrywise(func)


def is_entrywise(func: ast.expr) -> bool:
    """Whether it is a function of NumPy's that is applied to each entry."""
    of_numpy = isinstance(func, ast.Attribute) and getattr(func.value, "id", "") == "np"
    return of_numpy and getattr(func, "attr", "") in _ENTRYWISE


def _shaped_like(scope: Scope, name: str) -> list[str]:
    """The names of arrays of one's shape, that one among them."""
    shape = np.shape(scope.held[name]) if name in scope.numbers() else None
    return [n for n in scope.numbers() if shape and np.shape(scope.held[n]) == shape]
