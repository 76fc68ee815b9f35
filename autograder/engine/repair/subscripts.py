"""What may be changed in an index: one further, a slice with other ends, steps of a stride."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import numpy as np

from autograder.engine.repair.change import Change, Slot, at, change, quoted, shifted, slots
from autograder.engine.repair.scope import Scope

_PLACE = "For the second value of the index, where does the slice have to begin?"
#: So many sizes are tried as the end of a part.
_SIZES = 4
_ENDS = "Which is the first entry that is meant, and which one is the last?"


def subscripts(node: ast.Subscript) -> Iterator[Change]:
    """Yield the changes of one index, or of each of several."""
    parts: Sequence[Slot] = [Slot(node, "slice")]
    if isinstance(node.slice, ast.Tuple):
        parts = [Slot(node.slice, "elts", k) for k in range(len(node.slice.elts))]
    for slot in parts:
        if isinstance(slot.node, ast.Slice):
            yield from _of_slice(node, slot)
        else:
            told = f"the index {quoted(slot.node)} in {quoted(node)} moved by one"
            yield from shifted(slot, told)


def _of_slice(node: ast.Subscript, slot: Slot) -> Iterator[Change]:
    held = slot.node
    for end in ("lower", "upper"):
        if getattr(held, end) is not None:
            told = f"an end of the slice in {quoted(node)} moved by one"
            yield from shifted(Slot(held, end), told)
    told = f"the slice in {quoted(node)} with other ends"
    if (held.lower is None) != (held.upper is None) and held.step is None:
        yield change(slot, ast.Slice(held.upper, held.lower), told, _ENDS)  # what comes behind it
    for lower, upper in ((None, None), (1, None), (None, -1)):
        ends = [None if end is None else ast.Constant(end) for end in (lower, upper)]
        made = ast.Slice(*ends)
        if ast.unparse(made) != ast.unparse(held):
            yield change(slot, made, told, _ENDS)


def stretched(tree: ast.AST, scope: Scope) -> Iterator[Change]:
    """Yield lines in which a whole number is multiplied wherever it stands: h * d for h."""
    for line in ast.walk(tree):
        if isinstance(line, (ast.Assign, ast.AugAssign, ast.Expr)):
            for name, puts in _multiplied(line, scope.counts()):
                told = f"a further factor at `{name}`, wherever it stands in this line"
                ask = f"What does `{name}` count, and what does this line have to count?"
                yield Change(puts, line.lineno, told, ask, 0 if len(puts) > 1 else 1)


def of_slices(within: Iterable[Slot], scope: Scope) -> Iterator[Change]:
    """Yield slices in which a whole number is multiplied: j * stride for j, at both ends."""
    for slot in within:
        if isinstance(slot.parent, ast.Subscript) and slot.field == "slice":
            for name, puts in _multiplied(slot.node, scope.counts()):
                told = f"a further factor at `{name}` in {quoted(slot.parent)}"
                yield Change(puts, slot.node.lineno, told, _PLACE, 0)


def taken(within: Iterable[Slot], scope: Scope) -> Iterator[Change]:
    """Yield names of arrays and lists of which a part is taken: all but an end, or up to a size."""
    sizes: list[ast.expr] = [ast.Name(name, ast.Load()) for name in scope.counts()[:_SIZES]]
    ends = [(None, -1), (1, None), *((None, n) for n in sizes), *((n, None) for n in sizes)]
    for slot in within:
        name = slot.node
        if not isinstance(name, ast.Name) or not isinstance(name.ctx, ast.Load):
            continue
        if isinstance(slot.parent, (ast.Subscript, ast.Attribute)) and slot.field == "value":
            continue
        held = scope.held.get(name.id)
        if isinstance(held, (list, tuple)) or (isinstance(held, np.ndarray) and held.ndim):
            told, ask = f"a part of {quoted(name)}", f"Is it all of {quoted(name)}? {_ENDS}"
            for ends_ in ends:
                lower, upper = (ast.Constant(e) if isinstance(e, int) else e for e in ends_)
                made = ast.Subscript(name, ast.Slice(lower, upper), ast.Load())
                yield change(slot, made, told, ask, 3)


def _multiplied(
    piece: ast.AST, counts: Sequence[str]
) -> Iterator[tuple[str, tuple[tuple[Slot, ast.expr], ...]]]:
    """Yield the name of a whole number, and what multiplies it by another one, or by itself."""
    held = [s for s in slots(piece) if isinstance(s.node, ast.Name)]
    read = [s for s in held if isinstance(s.node.ctx, ast.Load) and s.node.id in counts]
    for name, other in product(dict.fromkeys(s.node.id for s in read), counts):
        factor = ast.Name(other, ast.Load())
        here = (s for s in read if s.node.id == name)
        yield name, tuple((s, at(ast.BinOp(s.node, ast.Mult(), factor), s.node)) for s in here)
