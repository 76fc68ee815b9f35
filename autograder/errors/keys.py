"""A key that a dict does not have."""

from __future__ import annotations

import ast
from typing import Any

from autograder.errors.loops import loops
from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place, parent
from autograder.errors.statement import Statement, Statements, question
from autograder.errors.words import article, keys, near, some, type_name


def no_key(error: BaseException, place: Place) -> Statements:
    """KeyError: the key that is missing and the keys that are there."""
    if len(error.args) != 1 or type(error.args[0]) not in (str, int, tuple, float, bool):
        return
    key = error.args[0]
    node = place.node
    part = node.value if isinstance(node, ast.Subscript) else _method(node)
    holder = place.peek(part) if part is not None else UNKNOWN
    if isinstance(part, ast.Dict):
        holder = {place.peek(k): None for k in part.keys}
    code = place.quote(part) if part is not None else "the dict"
    if type(holder) is not dict or key in holder:
        yield Statement(f"{place.at}, a key {key!r} is asked for that is not there.")
        yield question("Print the keys of what is read there: which of them is meant?")
        return
    has = f"it has {keys(holder)}" if holder else "it is empty"
    yield Statement(f"{code} has no key {key!r} in {place.line}; {has}.")
    spelt = near(key, holder) if type(key) is str else []
    yield Statement(
        f"Spelt nearly so {'are' if len(spelt) > 1 else 'is'} {some([repr(n) for n in spelt])}.",
        lambda: spelt,
    )
    yield Statement(
        f"The key {_twin(key, holder)!r} is {article(type_name(_twin(key, holder)))}; {key!r} is "
        f"{article(type_name(key))}.",
        lambda: _twin(key, holder) is not None,
    )
    yield Statement(
        "The line reads the entry before it has given it a first value.", _being_made(node)
    )
    yield from loops(node, place)
    yield question(
        "Who fills this dict, and under which names? Which numbers does the loop run through, and "
        "which layers or steps are there?"
    )


def _being_made(node: ast.AST | None) -> bool:
    """Whether the entry that is read is the one that the line assigns to."""
    around = node
    while around is not None and not isinstance(around, ast.stmt):
        around = parent(around)
    if isinstance(around, ast.AugAssign):
        return around.target is node
    targets = around.targets if isinstance(around, ast.Assign) else []
    return node is not None and any(ast.unparse(t) == ast.unparse(node) for t in targets)


def _method(node: ast.AST | None) -> ast.expr | None:
    """The dict of ``d.pop(key)``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.value
    return None


def _twin(key: Any, holder: dict[Any, Any]) -> Any:
    """A key that is written alike and has another type."""
    known = (k for k in holder if type(k) in (str, int) and type(k) is not type(key))
    return next((k for k in known if str(k) == str(key)), None)
