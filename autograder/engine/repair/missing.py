"""A factor, or a term, that an expression lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import combinations

from autograder.engine.repair.change import Change, Slot, at, quoted
from autograder.engine.repair.others import is_entrywise
from autograder.engine.repair.scope import Scope

LACKS = "Write the formula of this line beside it. Which part of the formula does your line lack?"


def changes(within: Iterable[Slot], scope: Scope) -> Iterator[Change]:
    """Yield expressions with one factor more, then with one term more."""
    roots = [slot for slot in within if _is_root(slot)]
    names = scope.numbers()
    for slot in roots:
        node = slot.node
        told = f"a further factor at {quoted(node)}"
        for factor, over in _factors(names):
            operator: ast.operator = ast.Div() if over else ast.Mult()
            made = at(ast.BinOp(node, operator, factor), node)
            yield Change(((slot, made),), node.lineno, told, LACKS, 3)
        for made in _in_one_round(node, scope.counts()):
            told, ask = f"{quoted(node)} in some rounds alone", "In which round does it enter?"
            yield Change(((slot, at(made, node)),), node.lineno, told, ask, 2)
        made = at(ast.UnaryOp(ast.USub(), node), node)
        told = f"the other sign before {quoted(node)}"
        yield Change(((slot, made),), node.lineno, told, "Which sign does it have?", 1)
    for slot in roots:
        node = slot.node
        told = f"a further term beside {quoted(node)}"
        for name in names:
            for operator in (ast.Add(), ast.Sub()):
                more = ast.Name(name, ast.Load())
                made = at(ast.BinOp(node, operator, more), node)
                yield Change(((slot, made),), node.lineno, told, LACKS, 4)


def _is_root(slot: Slot) -> bool:
    """Whether an expression is a whole product: all of a line, a summand, one side of a product."""
    node, parent = slot.node, slot.parent
    if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
        return False
    if isinstance(node, (ast.Tuple, ast.List, ast.Dict, ast.Constant, ast.Lambda)):
        return False
    if isinstance(parent, (ast.Assign, ast.AugAssign, ast.Return, ast.Dict)):
        return slot.field in ("value", "values")
    if isinstance(parent, ast.Tuple):
        return isinstance(parent.ctx, ast.Load) and isinstance(
            node, (ast.BinOp, ast.Call, ast.Name)
        )
    if isinstance(parent, ast.BinOp):
        return isinstance(parent.op, (ast.Add, ast.Sub, ast.MatMult))
    if not (isinstance(parent, ast.Call) and slot.field == "args"):
        return False
    return isinstance(node, ast.BinOp) or is_entrywise(parent.func)


def _in_one_round(node: ast.expr, counts: list[str]) -> Iterator[ast.expr]:
    """Yield the expression times whether two whole numbers are equal, as where a loop begins."""
    for one, other in combinations(counts, 2):
        equal = ast.Compare(ast.Name(one, ast.Load()), [ast.Eq()], [ast.Name(other, ast.Load())])
        yield ast.BinOp(node, ast.Mult(), equal)


def _factors(names: list[str]) -> Iterator[tuple[ast.expr, bool]]:
    for name in names:
        yield ast.Name(name, ast.Load()), False
        yield ast.Name(name, ast.Load()), True
    for number in (2, 0.5):
        yield ast.Constant(number), False
    for name in names:
        held = ast.Name(name, ast.Load())
        square = ast.BinOp(held, ast.Pow(), ast.Constant(2))
        one = ast.Constant(1)
        yield ast.BinOp(one, ast.Sub(), square), False
        yield ast.BinOp(held, ast.Mult(), ast.BinOp(one, ast.Sub(), held)), False
        yield ast.BinOp(one, ast.Sub(), held), False
        yield ast.Compare(held, [ast.Gt()], [ast.Constant(0)]), False
        for axis in (0, 1):
            shape = ast.Attribute(held, "shape", ast.Load())
            yield ast.Subscript(shape, ast.Constant(axis), ast.Load()), True
