"""What a function before this one hands on: an array that it goes on writing into, or another one.

What a forward pass returns may be right while its cache is not: a later line wrote into the array
that the cache holds, or it holds what stands under another name. Nothing is wrong in a line of the
function that reads it.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import FunctionType

import numpy as np

from autograder.engine.exercise import Exercise, Property, exercise_of
from autograder.engine.given_callee import before
from autograder.engine.repair import new_arrays
from autograder.engine.repair.change import Change, Slot, change, quoted, slots
from autograder.engine.repair.moves import moved
from autograder.engine.repair.source import source_of
from autograder.engine.repair.whole import in_place, is_right, with_function
from autograder.engine.run import run
from autograder.engine.student import Student

#: For so many seconds at most.
SECONDS = 0.6
#: So many products are tried in the place of a name.
_MOST = 12
_KEPT = (
    "What does each name hold when this line runs, and what does the function that reads the cache "
    "take it for?"
)


def in_callee(
    exercise: Exercise, student: Student, seed: int, asked: Sequence[Property]
) -> tuple[Change, str, str] | None:
    """Return a change of a function before this one with which this one is right, or None.

    With it come the line, and the function's name. The properties in `asked` have to hold too.
    """
    until = time.process_time() + SECONDS
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
            # what a caller has to return may follow from the changed one: that has to be right too
            if (
                _first_is_right(exercise, other, seed)
                and is_right(exercise, other, seed, asked)
                and _stays_right(exercise_of(name, student.namespace), student, made, seed)
            ):
                return one, source.line(one.line), name
    return None


def _stays_right(callee: Exercise, student: Student, made: FunctionType, seed: int) -> bool:
    """Whether the changed function keeps all that is asked of it, as memory of its own."""
    asked = [wanted for wanted in callee.properties if wanted.holds is not None]
    with in_place(callee.name, made):
        return is_right(callee, with_function(student, callee.name, made), seed, asked)


def _first_is_right(exercise: Exercise, student: Student, seed: int) -> bool:
    """Whether the first trial is right: most changes are seen to mend nothing by that alone."""
    try:
        first = next(iter(exercise.trials(student, np.random.default_rng(seed))))
        outcome = run(exercise, first, student)
        return not (outcome.wrong or outcome.trouble)
    except Exception:  # a changed function may do anything
        return False


def _changes(tree: ast.FunctionDef) -> Iterator[Change]:
    """New arrays, and something else for what is put into a tuple, a list or a dict."""
    yield from new_arrays.in_all(tree)
    within = [slot for statement in tree.body for slot in slots(statement)]
    kept = [slot for slot in within if isinstance(slot.node, ast.Name) and _keeps(slot)]
    for slot in (*kept, *filter(_lends, within)):
        copied = ast.Call(ast.Attribute(slot.node, "copy", ast.Load()), [], [])
        ask = f"Which later line writes into {quoted(slot.node)}, which the cache holds?"
        yield change(slot, copied, f"a copy of {quoted(slot.node)}", ask)
    names = _names(tree)
    kept = [slot for slot in kept if slot.node.id in names]
    for slot in kept:
        told = f"another name in the place of {quoted(slot.node)}"
        for name in (n for n in names if n != slot.node.id):
            yield change(slot, ast.Name(name, ast.Load()), told, _KEPT)
    yield from (replace(one, ask=_KEPT) for one in moved(tree))
    for slot in kept:
        told = f"something else in the place of {quoted(slot.node)}"
        for other in _products(tree):
            yield change(slot, other, told, _KEPT)


def _products(tree: ast.FunctionDef) -> list[ast.expr]:
    """What is computed of two operands, and has no name perhaps: the shorter ones first."""
    nodes = (n for n in ast.walk(tree) if isinstance(n, ast.BinOp))
    found: dict[str, ast.expr] = {ast.unparse(n): n for n in nodes}
    return [found[text] for text in sorted(found, key=len)][:_MOST]


def _names(tree: ast.FunctionDef) -> list[str]:
    """The arguments, and what is given a value; no list and no dict, which would hold itself."""
    nodes = list(ast.walk(tree))
    stored = (n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    filled = {
        ast.unparse(n.value)
        for n in nodes
        if (isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store))
        or (isinstance(n, ast.Attribute) and n.attr in ("append", "insert", "extend", "update"))
    }
    found = dict.fromkeys([*(argument.arg for argument in tree.args.args), *stored])
    return [name for name in found if name not in filled]


def _lends(slot: Slot) -> bool:
    """Whether a part of an array goes into a call, which may keep it: h[:, t - 1]."""
    part = isinstance(slot.node, ast.Subscript) and isinstance(slot.node.slice, ast.Tuple)
    return part and isinstance(slot.parent, ast.Call) and slot.field == "args"


def _keeps(slot: Slot) -> bool:
    parent = slot.parent
    held = isinstance(parent, (ast.Tuple, ast.List)) and isinstance(parent.ctx, ast.Load)
    called = getattr(getattr(parent, "func", None), "attr", "")
    return held or isinstance(parent, ast.Dict) or called == "append"
