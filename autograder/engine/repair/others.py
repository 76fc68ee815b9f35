"""An expression that stands in the function already, in the place of a name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from copy import deepcopy

from autograder.engine.repair.change import Change, Slot, change, quoted

#: So many expressions are tried in the place of each name.
_MOST = 24


def changes(within: Sequence[Slot]) -> Iterator[Change]:
    """Yield names for which an expression of another line is taken, the shorter ones first."""
    texts: dict[str, ast.expr] = {}
    for slot in within:
        read = not isinstance(getattr(slot.node, "ctx", None), ast.Store)
        if read and isinstance(slot.node, (ast.Call, ast.BinOp, ast.Subscript, ast.Attribute)):
            texts.setdefault(ast.unparse(slot.node), slot.node)
    expressions = sorted(texts.values(), key=lambda node: len(ast.unparse(node)))[:_MOST]
    for slot in within:
        node = slot.node
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            told = f"something else in the place of {quoted(node)}"
            ask = f"What does {quoted(node)} hold, and what does the formula have there?"
            for other in expressions:
                # a copy: the name may stand in that very expression
                yield change(slot, deepcopy(other), told, ask, 3)
