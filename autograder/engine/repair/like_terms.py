"""A term like those that a sum has already, with other names: one gate of several forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from typing import Any

import numpy as np

from autograder.engine.repair.change import Change, Kind, Slot, quoted
from autograder.engine.repair.missing import LACKS
from autograder.engine.repair.scope import Scope
from autograder.errors.words import some

#: So many terms are tried beside each sum.
_MOST = 300
#: A product that stands alone is a sum with a forgotten term more seldom, and tried later.
_ALONE = 4


def changes(within: Sequence[Slot], scope: Scope) -> Iterator[Change]:
    """Yield sums of products with one term more, which differs from another one by its names.

    Then products in which one factor is a sum.
    """
    yield from _beside_factors(within, scope)
    for slot in within:
        terms = list(_terms(slot))
        known = {ast.unparse(term) for term in terms}
        made = (like for term in reversed(terms) for like in _like(term, scope))
        for like, names in islice(made, _MOST):
            text = ast.unparse(like)
            if text not in known:
                known.add(text)
                more = ast.BinOp(slot.node, ast.Add(), like)
                held, rank = some([f"`{n}`" for n in names]), 1 if len(terms) > 1 else _ALONE
                told = f"a further term like the one that stands there, with {held}"
                yield Change(((slot, more),), slot.node.lineno, told, LACKS, rank, kind=Kind.TERM)


def _beside_factors(within: Sequence[Slot], scope: Scope) -> Iterator[Change]:
    """Yield a further term beside a name that is a factor: ``(up + carry) * slope``."""
    arrays = {n: scope.held[n].shape for n in scope.numbers() if np.ndim(scope.held[n])}
    for slot in within:
        node = slot.node
        if not (isinstance(node, ast.Name) and node.id in arrays and _is_factor(slot)):
            continue
        for name in arrays:
            if arrays[name] == arrays[node.id] and name not in (node.id, *scope.unset):
                more = ast.BinOp(node, ast.Add(), ast.Name(name, ast.Load()))
                told = f"a further term, with `{name}`, beside {quoted(node)}"
                yield Change(((slot, more),), node.lineno, told, LACKS, 2, kind=Kind.TERM)


def _is_factor(slot: Slot) -> bool:
    """Whether an expression is multiplied by another one."""
    parent = slot.parent
    if isinstance(parent, ast.BinOp):
        return isinstance(parent.op, ast.Mult)
    called = getattr(getattr(parent, "func", None), "attr", "")
    return called in ("dot", "matmul", "outer", "multiply") and slot.field == "args"


def _terms(slot: Slot) -> Iterator[ast.expr]:
    """The products that a whole sum adds up, or the one that stands in its place."""
    node, parent = slot.node, slot.parent
    alone = isinstance(parent, (ast.Assign, ast.AugAssign)) and slot.field == "value"
    if not (_is_sum(node) or (alone and _is_product(node))):
        return
    if isinstance(parent, ast.BinOp) and isinstance(parent.op, (ast.Add, ast.Sub)):
        return  # a part of a longer sum
    left = [node]
    while left:
        one = left.pop()
        if _is_sum(one):
            left += [one.left, one.right]
        elif isinstance(one, (ast.BinOp, ast.Call)):
            yield one


def _is_sum(node: ast.AST) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add)


def _is_product(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, (ast.Mult, ast.MatMult))
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("dot", "matmul")


def _like(term: ast.expr, scope: Scope) -> Iterator[tuple[ast.expr, tuple[str, ...]]]:
    """Yield the term with one name exchanged, then with two, and which names came in."""
    arrays = {n: scope.held[n].shape for n in scope.numbers() if np.ndim(scope.held[n])}
    read = [n for n in ast.walk(term) if isinstance(n, ast.Name) and n.id in arrays]
    read.sort(key=lambda n: (n.lineno, n.col_offset))
    names = list(dict.fromkeys(n.id for n in read))
    others = {
        name: [n for n in arrays if arrays[n] == arrays[name] and n not in (name, *scope.unset)]
        for name in names
    }
    for count in (1, 2):
        for chosen in combinations(names, count):
            for new in product(*(others[name] for name in chosen)):
                if len(set(new)) == count:
                    yield _renamed(term, dict(zip(chosen, new, strict=True))), new


def _renamed(node: Any, names: Mapping[str, str]) -> Any:
    """A copy with other names; `deepcopy` takes ten times as long."""
    if isinstance(node, ast.Name):
        return ast.Name(names.get(node.id, node.id), node.ctx)
    if isinstance(node, list):
        return [_renamed(one, names) for one in node]
    if not isinstance(node, ast.AST):
        return node
    return type(node)(**{field: _renamed(held, names) for field, held in ast.iter_fields(node)})
