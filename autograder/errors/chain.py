"""How a function that stopped came to be called: the lines above it, and what they handed over."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.errors.peek import UNKNOWN
from autograder.errors.places import Place
from autograder.errors.pure import is_a
from autograder.errors.statement import Statement, Statements
from autograder.errors.words import describe

_MOST = 3  # calls that are told
_ARGUMENTS = 4


def chain(found: Sequence[Place]) -> Statements:
    """One sentence a call, from the function that stopped outward."""
    callers = _callers(found)
    for depth, (callee, caller) in enumerate(callers[:_MOST]):
        handed = [] if depth else _hands_over(callee, caller)
        yield Statement(_sentence(callee, caller, handed), bool(caller.text))
    if callers and _hands_over(*callers[0]):
        yield Statement(
            f"If these are not what `{callers[0][0].function}` is written for, begin with "
            f"{f'line {callers[0][1].number}' if len(callers) == 1 else 'the lines that call it'}."
        )


def _callers(found: Sequence[Place]) -> list[tuple[Place, Place]]:
    """Pairs (function, the line that called it), the innermost first; without repetitions."""
    pairs: list[tuple[Place, Place]] = []
    seen: set[tuple[Any, int]] = set()
    for callee, caller in zip(reversed(found[1:]), reversed(found[:-1]), strict=True):
        key = (caller.code, caller.number)
        inner = callee.function == caller.function and callee.code is not caller.code
        if inner or key in seen or caller.function == "<module>":
            continue
        seen.add(key)
        pairs.append((callee, caller))
    return pairs


def _call(callee: Place, caller: Place) -> ast.Call | None:
    node = caller.node
    return node if isinstance(node, ast.Call) else None


def _sentence(callee: Place, caller: Place, handed: list[str]) -> str:
    node = _call(callee, caller)
    told = f"`{callee.function}` was called in {caller.line}"
    if node is None:
        return f"{told}."
    return f"{told}, as {caller.quote(node)}{', where ' if handed else ''}{'; '.join(handed)}."


def _hands_over(callee: Place, caller: Place) -> list[str]:
    """The arguments of the call that can be told, with the names they have in the function."""
    node = _call(callee, caller)
    if node is None or any(isinstance(arg, ast.Starred) for arg in node.args):
        return []
    code = callee.code
    shift = 1 if isinstance(node.func, ast.Attribute) and code.co_varnames[:1] == ("self",) else 0
    names = code.co_varnames[shift : code.co_argcount]
    pairs = [*zip(names, node.args, strict=False), *((w.arg or "", w.value) for w in node.keywords)]
    told = []
    for name, part in pairs:
        value = caller.peek(part)
        if value is UNKNOWN or isinstance(part, ast.Constant) or type(value) in (int, str, float):
            continue
        same = isinstance(part, ast.Name) and part.id == name
        what = f"`{name}` is" if same else f"`{name}` is {caller.quote(part)},"
        told.append(f"{what} {describe(value)}{_taken_from(part, caller)}")
    return told[:_ARGUMENTS]


def _taken_from(part: ast.expr, caller: Place) -> str:
    """Of ``a[t]``: along which axis of `a` the entry lies."""
    if not isinstance(part, ast.Subscript) or isinstance(part.slice, ast.Tuple):
        return ""
    holder, index = caller.peek(part.value), caller.peek(part.slice)
    if type(holder) is not np.ndarray or holder.ndim < 2 or not is_a(index, int):
        return ""
    return (
        f" (entry {index} along the first axis of {caller.quote(part.value)}, shape {holder.shape})"
    )
