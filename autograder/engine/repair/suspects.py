"""Which statements can hold a slip: those that move what is wrong, and nothing that is right."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.engine.repair.change import Slot, at
from autograder.engine.repair.source import Source
from autograder.engine.repair.trials import Tried

#: By so much the value of a statement is moved.
_MOVED = 1.0 + 2.0**-6
#: What is said of a statement where that raises, and of one that moves nothing that is wrong.
_UNKNOWN, NEVER = 1, 9


def suspicion(source: Source, tried: Tried, wrong: frozenset[str]) -> dict[int, int]:
    """Return by the number of its line how far a statement is from suspicion, 0 the nearest.

    The value of each assignment is moved by a little, and what is returned is looked at. Where
    that raises, little is known: it may be a whole number, which counts something.
    """
    now = source.made()  # one change may have been made already
    first = tried.returned(now) if now is not None else None
    if first is None:
        return {}
    found: dict[int, int] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.Assign, ast.AugAssign)) and not _is_plain(node.value):
            # of several in one line the nearest counts
            found[node.lineno] = min(
                _far(source, slot, tried, first, wrong) for slot in _parts(node)
            )
    return found


def _parts(node: ast.Assign | ast.AugAssign) -> list[Slot]:
    """The value of an assignment; of ``a, b = x, y`` both."""
    if isinstance(node.value, ast.Tuple):
        return [Slot(node.value, "elts", n) for n in range(len(node.value.elts))]
    return [Slot(node, "value")]


def _far(
    source: Source, slot: Slot, tried: Tried, first: Mapping[str, Any], wrong: frozenset[str]
) -> int:
    """How far a value is from suspicion, by what it moves."""
    before = slot.node
    slot.put(at(ast.BinOp(before, ast.Mult(), ast.Constant(_MOVED)), before))
    made = source.made()
    slot.put(before)
    after = tried.returned(made) if made is not None else None
    moved = {n for n in tried.wanted if _differ(first, after, n)} if after is not None else set()
    if not moved:  # a zero to begin with, or what is written over: its place may be wrong
        return _UNKNOWN
    if wrong and not moved & wrong:
        return NEVER
    return 2 * bool(moved - wrong) + (not wrong <= moved)


def _is_plain(value: ast.expr) -> bool:
    """Whether it is no number that could be moved: a list, a dict, nothing."""
    empty = isinstance(value, ast.Tuple) and not value.elts
    return empty or isinstance(value, (ast.List, ast.Dict, ast.DictComp, ast.ListComp))


def _differ(first: Mapping[str, Any], after: Mapping[str, Any], name: str) -> bool:
    try:
        return not np.array_equal(np.asarray(first[name]), np.asarray(after[name]))
    except (ValueError, TypeError):
        return True
