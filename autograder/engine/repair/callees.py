"""An array that a function before this one hands on, and goes on writing into.

What a forward pass returns may be right while its cache is not: a later line wrote into the array
that the cache holds. Nothing is wrong in a line of the function that reads it.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator

from autograder.engine.exercise import Exercise
from autograder.engine.given_callee import before
from autograder.engine.repair import new_arrays
from autograder.engine.repair.change import Change, Slot, change, quoted, slots
from autograder.engine.repair.source import source_of
from autograder.engine.repair.whole import is_right
from autograder.engine.student import Student

#: For so many seconds at most.
SECONDS = 1.0


def in_callee(
    exercise: Exercise, student: Student, seed: int, seconds: float
) -> tuple[Change, str, str] | None:
    """Return a change of a function before this one with which this one is right, or None.

    With it come the line, and the function's name.
    """
    until = time.process_time() + min(seconds, SECONDS)
    for name in before(exercise, student):
        source = source_of(student.namespace.get(name)) if name not in student.given else None
        for one in () if source is None else _changes(source.tree):
            assert source is not None
            if time.process_time() > until:
                return None
            made = source.made_with(one)
            if made is None:
                continue
            other = student.beside({**student.given, name: made})
            if is_right(exercise, other, seed):
                return one, source.line(one.line), name
    return None


def _changes(tree: ast.FunctionDef) -> Iterator[Change]:
    """New arrays, and copies of what is put into a tuple, a list or a dict."""
    yield from new_arrays.in_all(tree)
    for slot in (slot for statement in tree.body for slot in slots(statement)):
        if isinstance(slot.node, ast.Name) and _keeps(slot):
            copied = ast.Call(ast.Attribute(slot.node, "copy", ast.Load()), [], [])
            told = f"a copy of {quoted(slot.node)}"
            ask = f"Which later line writes into {quoted(slot.node)}, which the cache holds?"
            yield change(slot, copied, told, ask)


def _keeps(slot: Slot) -> bool:
    parent = slot.parent
    held = isinstance(parent, (ast.Tuple, ast.List)) and isinstance(parent.ctx, ast.Load)
    called = getattr(getattr(parent, "func", None), "attr", "")
    return held or isinstance(parent, ast.Dict) or called == "append"
