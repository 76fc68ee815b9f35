"""Small changes to the reference solutions, one at a time, made on the syntax tree.

A change is known by its function, the expression before and the expression after it, so that its
name survives a change elsewhere in the assignment.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np

from autograder.authoring.course import find_units

ROOT = Path(__file__).resolve().parents[2]

SWAPS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt,),
    ast.Eq: (ast.NotEq,),
}


@dataclass(frozen=True)
class Change:
    """One change of one solution."""

    unit: str
    function: str
    before: str
    after: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.unit} {self.function}: {self.before} -> {self.after}"


@cache
def solutions(unit: str) -> dict[str, str]:
    """Source of every solution cell of an assignment, by the name of what it defines."""
    chosen = next(u for u in find_units(ROOT) if u.graded and u.name.startswith(f"{unit}_"))
    return {cell.solution: cell.source for cell in chosen.read(ROOT) if cell.solution}


@cache
def given(unit: str) -> CodeType:
    """Imports, functions and classes that the assignment gives."""
    chosen = next(u for u in find_units(ROOT) if u.graded and u.name.startswith(f"{unit}_"))
    kept: list[ast.stmt] = []
    for cell in chosen.read(ROOT):
        if cell.kind == "code" and not (cell.solution or cell.grade or cell.free):
            kept += [s for s in ast.parse(cell.source).body if isinstance(s, _DEFINES)]
    return compile(ast.Module(kept, []), "<given>", "exec")


_DEFINES = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)


def namespace(unit: str, change: Change | None = None) -> dict[str, Any]:
    """What a notebook of this unit defines, solved, with one solution changed."""
    names: dict[str, Any] = {"np": np, "__name__": "notebook"}
    exec(given(unit), names)
    for name, source in solutions(unit).items():
        text = change.source if change is not None and change.function == name else source
        exec(_compiled(name, text), names)
    return names


@lru_cache(maxsize=256)
def _compiled(name: str, text: str) -> CodeType:
    return compile(text, f"<{name}>", "exec")


def changes(unit: str) -> Iterator[Change]:
    """Every change of every solution of a unit that gives another text."""
    seen = set()
    for function, source in solutions(unit).items():
        tree = ast.parse(source)
        original, places = ast.unparse(tree), places_of(tree)
        for node in list(ast.walk(tree)):
            for edit in _edits(node):
                text = rewritten(tree, places.get(id(node), ()), edit(node))
                if text == original:
                    continue
                before = ast.unparse(_statement(tree, node)).splitlines()[0]
                change = Change(unit, function, before, _difference(original, text), text)
                if change.name not in seen:
                    seen.add(change.name)
                    yield change


Edit = Callable[[Any], ast.AST | None]
Place = tuple[Any, Any]


def _edits(node: ast.AST) -> Iterator[Edit]:
    """The changes of one node; None removes a statement."""
    if isinstance(node, ast.BinOp):
        for other in SWAPS.get(type(node.op), ()):
            yield lambda n, other=other: ast.BinOp(n.left, other(), n.right)
        yield lambda n: n.left
        yield lambda n: n.right
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other in SWAPS.get(type(node.ops[0]), ()):
            yield lambda n, other=other: ast.Compare(n.left, [other()], n.comparators)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield lambda n: n.operand
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield lambda n: n.value
    if isinstance(node, ast.keyword) and node.arg in ("axis", "keepdims"):
        yield lambda n: ast.keyword(n.arg, _other(n.value))
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield lambda n: ast.Constant(n.value + 1)
    if isinstance(node, ast.IfExp):
        yield lambda n: ast.IfExp(n.test, n.orelse, n.body)
    if isinstance(node, ast.AugAssign):
        yield lambda n: ast.Assign([n.target], _load(n.target), lineno=1)
        yield lambda n: ast.Assign([n.target], n.value, lineno=1)
    if isinstance(node, (ast.Assign, ast.Expr)) and not _docstring(node):
        yield lambda n: ast.Pass()


def _other(value: Any) -> ast.expr:
    """Another axis: 1 for 0, 0 for 1 and -1; of several axes the first alone."""
    if isinstance(value, ast.Tuple):
        return value.elts[0]
    return ast.Constant(1 - int(value.value) if isinstance(value, ast.Constant) else 0)


def _load(target: Any) -> Any:
    loaded = copy.deepcopy(target)
    loaded.ctx = ast.Load()
    return loaded


def _docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def places_of(tree: ast.AST) -> dict[int, list[Place]]:
    """Where each node stands, by its id: the object or list that holds it, and under what."""
    found: dict[int, list[Place]] = {}
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if isinstance(value, ast.AST):
                found.setdefault(id(value), []).append((parent, name))
            for number, item in enumerate(value if isinstance(value, list) else ()):
                if isinstance(item, ast.AST):
                    found.setdefault(id(item), []).append((value, number))
    return found


def rewritten(tree: ast.AST, places: Sequence[Place], new: ast.AST | None) -> str:
    """The text with another node in these places; the tree stays as it was."""
    old = [_put(place, new) for place in places]
    text = ast.unparse(tree)
    for place, node in zip(places, old, strict=True):
        _put(place, node)
    return text


def _put(place: Place, new: Any) -> Any:
    """Put a node into a place, and return what stood there."""
    holder, under = place
    if isinstance(holder, list):
        old, holder[under] = holder[under], new
    else:
        old = getattr(holder, under)
        setattr(holder, under, new)
    return old


def _statement(tree: ast.AST, node: ast.AST) -> ast.AST:
    """The smallest statement that holds the node."""
    holding = [s for s in ast.walk(tree) if isinstance(s, ast.stmt) and node in ast.walk(s)]
    return min(holding, key=lambda s: len(list(ast.walk(s))), default=tree)


def _difference(before: str, after: str) -> str:
    """The first line that differs, as it is after the change."""
    old = before.splitlines()
    for number, line in enumerate(after.splitlines()):
        if number >= len(old) or line != old[number]:
            return line.strip()
    return "(removed)"
