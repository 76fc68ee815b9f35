"""A factor, or a term, that an expression lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import combinations, islice

import numpy as np

from autograder.engine.repair.change import LACKING, Change, Kind, Slot, quoted
from autograder.engine.repair.others import is_entrywise
from autograder.engine.repair.scope import Scope
from autograder.networks import Array

#: A factor, whether it divides, and its shape.
Factor = tuple[ast.expr, bool, tuple[int, ...]]

LACKS = "Write the formula of this line beside it. Which part of the formula does your line lack?"
OFTEN = (
    "How often does this line run for one entry of the result, and how often does the formula have "
    "this term? Or does the formula divide by that size?"
)
ONCE = (
    "How often does this line run for one entry of the result, and in how many of these rounds "
    "does the formula have this term?"
)
TOO_OFTEN = "Which factors does the formula have there, and how often each? Which one has it not?"
#: What they make lacks nothing: a factor changes its type at most, which is told as that.
_EMPTY = ("zeros", "zeros_like", "empty", "empty_like")
#: So many parts of arrays are tried as a factor.
_PARTS = 10
#: So many rounds are tried as the only one.
_ROUNDS = 30
TWICE = "Does the formula begin with it, or does the same come in by another line as well?"


def changes(within: Iterable[Slot], near: Iterable[Slot], scope: Scope) -> Iterator[Change]:
    """Yield expressions near what is wrong with one factor more, then with one term more."""
    slots = list(within)
    roots = [slot for slot in near if is_whole(slot)]
    for factors in (_likely(scope), _by_name(scope), _parts(slots, scope)):
        yield from (one for slot in roots for one in _multiplied(slot, factors, scope))
    rounds = list(islice(_rounds(slots, scope.counts()), _ROUNDS))
    for slot in roots:
        node = slot.node
        for made in _in_one_round(node, rounds):
            told = f"{quoted(node)} only in some rounds"
            yield Change(((slot, made),), node.lineno, told, ONCE, 2)
        nothing = ast.BinOp(node, ast.Mult(), ast.Constant(0))
        told = f"{quoted(node)} left out, as if zeros stood there"
        yield Change(((slot, nothing),), node.lineno, told, TWICE, 1)
        made = ast.UnaryOp(ast.USub(), node)
        told = f"the other sign before {quoted(node)}"
        yield Change(((slot, made),), node.lineno, told, "Which sign does it have?", 1)
    read = pieces_read(slots)
    for slot in roots:
        node = slot.node
        for more in (*(piece for piece, _ in scope.pieces()), *_beside(node, scope)):
            told = f"a further term, with {quoted(more)}, beside {quoted(node)}"
            rank = 3 if ast.unparse(more) in read else 1  # what nobody reads is forgotten
            for operator in (ast.Add(), ast.Sub()):
                made = ast.BinOp(node, operator, more)
                yield Change(((slot, made),), node.lineno, told, LACKS, rank, kind=Kind.TERM)


def _beside(node: ast.expr, scope: Scope) -> Iterator[ast.expr]:
    """Entries of other dicts and arrays under the index that stands in an expression: sums[k]."""
    index = (ast.Name, ast.Tuple, ast.BinOp, ast.JoinedStr)
    parts = (n for n in ast.walk(node) if isinstance(n, ast.Subscript))
    for part in (n for n in parts if isinstance(n.slice, index) and isinstance(n.value, ast.Name)):
        for name, _ in scope.others(ast.unparse(part.value)):
            if isinstance(scope.held[name], dict):
                yield ast.Subscript(ast.Name(name, ast.Load()), part.slice, ast.Load())


def pieces_read(slots: Iterable[Slot]) -> set[str]:
    """The names and entries of which a function reads more than a shape."""
    looked_at = ("shape", "size", "ndim")
    nodes = (s.node for s in slots if getattr(s.parent, "attr", "") not in looked_at)
    pieces = (n for n in nodes if isinstance(n, (ast.Name, ast.Subscript)))
    return {ast.unparse(n) for n in pieces if isinstance(n.ctx, ast.Load)}


def scales(change: Change) -> bool:
    """Whether a change may be one of a factor alone, which does as well further down its way."""
    slot, made = change.puts[0]
    swapped = {_called(node) for node in (slot.node, made)} == {"sum", "mean"}
    return change.kind in LACKING or swapped


def _called(node: object) -> str:
    """The name of the function that is called, or named: ``"sum"`` of np.sum and a.sum."""
    func = node.func if isinstance(node, ast.Call) else node
    return func.attr if isinstance(func, ast.Attribute) else ""


def is_filled(slot: Slot) -> bool:  # no new array of zeros, or of nothing
    return _called(slot.node) not in _EMPTY


def is_whole(slot: Slot) -> bool:
    """Whether an expression is a whole product: all of a line, a summand, one side of a product."""
    node, parent = slot.node, slot.parent
    if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
        return False
    if isinstance(node, (ast.Tuple, ast.List, ast.Dict, ast.Constant, ast.Lambda)):
        return False
    if isinstance(parent, (ast.Assign, ast.AugAssign, ast.Return, ast.Dict)):
        return slot.field in ("value", "values")
    if isinstance(parent, (ast.Tuple, ast.List)):
        return isinstance(parent.ctx, ast.Load) and isinstance(
            node, (ast.BinOp, ast.Call, ast.Name, ast.Subscript, ast.Attribute)
        )
    if isinstance(parent, ast.BinOp):
        return isinstance(parent.op, (ast.Add, ast.Sub, ast.MatMult))
    if not (isinstance(parent, ast.Call) and slot.field == "args"):
        return False
    kept = getattr(parent.func, "attr", "") in ("append", "insert")
    own = isinstance(parent.func, ast.Name) and len(parent.args) == 1  # sigmoid(z)
    return kept or own or isinstance(node, ast.BinOp) or is_entrywise(parent.func)


def _rounds(slots: Iterable[Slot], counts: list[str]) -> Iterator[tuple[str, ast.expr]]:
    """Yield what a whole number is equal to in one round of a loop, that of a `for` first."""
    targets = [s.node for s in slots if isinstance(s.parent, ast.For) and s.field == "target"]
    turned = [node.id for node in targets if isinstance(node, ast.Name) and node.id in counts]
    yield from ((name, ast.Constant(0)) for name in turned)
    by_loop = ((name, other) for name in turned for other in counts if other not in turned)
    for name, other in dict.fromkeys((*by_loop, *combinations(counts, 2))):
        yield name, ast.Name(other, ast.Load())


def _in_one_round(node: ast.expr, rounds: list[tuple[str, ast.expr]]) -> Iterator[ast.expr]:
    """Yield the expression times whether two whole numbers are equal, as where a loop begins."""
    for name, other in rounds:
        equal = ast.Compare(ast.Name(name, ast.Load()), [ast.Eq()], [other])
        yield ast.BinOp(node, ast.Mult(), equal)


def _multiplied(slot: Slot, factors: list[Factor], scope: Scope) -> Iterator[Change]:
    node = slot.node
    for factor, over, shape in factors:
        told = f"a further factor at {quoted(node)}"
        if isinstance(factor, (ast.Name, ast.Subscript)):
            told = f"a further factor, {quoted(factor)}, at {quoted(node)}"
        if not isinstance(node, ast.Name) or _meet(scope, node.id, shape):
            operator: ast.operator = ast.Div() if over else ast.Mult()
            made = ast.BinOp(node, operator, factor)
            if over and _is_size(factor, scope):
                less = f"{quoted(node)} divided by a size"
                yield Change(((slot, made),), node.lineno, less, OFTEN, 3, kind=Kind.SIZE)
            elif over:
                less = f"{quoted(node)} divided by {quoted(factor)}"
                yield Change(((slot, made),), node.lineno, less, TOO_OFTEN, 3, kind=Kind.DIVISOR)
            else:
                yield Change(((slot, made),), node.lineno, told, LACKS, 3, kind=Kind.FACTOR)


def _is_size(factor: ast.expr, scope: Scope) -> bool:
    """Whether it is a length, or a whole number: how often a loop runs is one."""
    held = scope.held.get(factor.id) if isinstance(factor, ast.Name) else 0
    return isinstance(held, (int, np.integer))


def _likely(scope: Scope) -> list[Factor]:
    """Numbers, sizes, and what is the slope of an activation."""
    made: list[Factor] = [(ast.Constant(number), False, ()) for number in (2, 0.5)]
    sizes: dict[int, ast.expr] = {}
    for name in scope.numbers():
        value = np.asarray(scope.held[name])
        made += [(slope, False, value.shape) for slope in _slopes(name, value)]
        for axis, size in enumerate(value.shape):
            held = ast.Attribute(ast.Name(name, ast.Load()), "shape", ast.Load())
            sizes.setdefault(size, ast.Subscript(held, ast.Constant(axis), ast.Load()))
    return made + [(size, True, ()) for size in sizes.values()]


def _by_name(scope: Scope) -> list[Factor]:
    """Each number and each array, as a factor and as a divisor."""
    # times zeros is no factor that is lacking
    held = [(node, np.asarray(value)) for node, value in scope.pieces()]
    shapes = [(node, value.shape) for node, value in held if value.any()]
    return [(node, over, shape) for node, shape in shapes for over in (False, True)]


def _parts(slots: Iterable[Slot], scope: Scope) -> list[Factor]:
    """Parts of arrays that stand in other lines, as ``slope[i]`` in a loop."""
    found: dict[str, ast.expr] = {}
    for node in (slot.node for slot in slots):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
            held = scope.held.get(node.value.id) if isinstance(node.value, ast.Name) else None
            if isinstance(held, np.ndarray):
                found.setdefault(ast.unparse(node), node)
    return [(node, False, ()) for node in list(found.values())[:_PARTS]]


def _slopes(name: str, value: Array) -> Iterator[ast.expr]:
    """Yield 1 - a², a(1 - a), 1 - a and a > 0, where the numbers can be those of an activation."""
    if value.dtype.kind != "f":  # a whole number is a size
        return
    held, one = ast.Name(name, ast.Load()), ast.Constant(1)
    if (np.abs(value) <= 1).all():
        yield ast.BinOp(one, ast.Sub(), ast.BinOp(held, ast.Pow(), ast.Constant(2)))
    if ((value >= 0) & (value <= 1)).all():
        yield ast.BinOp(held, ast.Mult(), ast.BinOp(one, ast.Sub(), held))
        yield ast.BinOp(one, ast.Sub(), held)
    if not (value > 0).all():
        yield ast.Compare(held, [ast.Gt()], [ast.Constant(0)])


def _meet(scope: Scope, name: str, shape: tuple[int, ...]) -> bool:
    """Whether what a name held can be multiplied by an array of that shape."""
    if name not in scope.held:
        return True
    try:
        np.broadcast_shapes(np.shape(scope.held[name]), shape)
    except ValueError:
        return False
    return True
