"""The value of an expression in a frame that has stopped, without running any code of its own.

Names, attributes, entries, arithmetic and NumPy's own functions on plain arrays are evaluated;
whatever could run a student's code is `UNKNOWN`. So what is said of an operand holds.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from types import FrameType, ModuleType
from typing import Any

import numpy as np

from autograder.errors.pure import ARRAY_FACTS, BUILTINS, METHODS, OPERATORS, PURE, is_a, is_plain


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Any = _Unknown()

_MOST = 1_000_000  # entries of an array that is made here


def peek(node: ast.AST | None, frame: FrameType) -> Any:
    """The value of an expression where the frame stands; `UNKNOWN` if that takes running code."""
    try:
        with np.errstate(all="ignore"):
            return _peek(node, frame)
    except Exception:  # what cannot be evaluated is not known
        return UNKNOWN


def look_up(name: str, frame: FrameType) -> Any:
    """What a name stands for there, as Python looks it up; `UNKNOWN` if for nothing."""
    for names in (frame.f_locals, frame.f_globals, frame.f_builtins):
        if isinstance(names, dict) and name in names:
            return names[name]
    return UNKNOWN


def _peek(node: ast.AST | None, frame: FrameType) -> Any:
    known = _KINDS.get(type(node))
    return UNKNOWN if known is None else known(node, frame)


def _sequence(node: Any, frame: FrameType) -> Any:
    items = [_peek(item, frame) for item in node.elts]
    if any(item is UNKNOWN for item in items):
        return UNKNOWN
    return tuple(items) if isinstance(node, ast.Tuple) else items


def _attribute(node: ast.Attribute, frame: FrameType) -> Any:
    return attribute(_peek(node.value, frame), node.attr)


def attribute(value: Any, name: str) -> Any:
    """An attribute that can be read without running code; else `UNKNOWN`."""
    if type(value) is ModuleType:
        return vars(value).get(name, UNKNOWN)
    if type(value) is np.ndarray:
        return getattr(value, name) if name in ARRAY_FACTS else UNKNOWN
    if value is UNKNOWN or any(name in vars(kind) for kind in type(value).__mro__):
        return UNKNOWN
    own = object.__getattribute__(value, "__dict__")
    return own.get(name, UNKNOWN) if type(own) is dict else UNKNOWN


def _slice(node: ast.Slice, frame: FrameType) -> Any:
    ends = [None if e is None else _peek(e, frame) for e in (node.lower, node.upper, node.step)]
    return UNKNOWN if any(end is UNKNOWN for end in ends) else slice(*ends)


def _subscript(node: ast.Subscript, frame: FrameType) -> Any:
    return entry(_peek(node.value, frame), _peek(node.slice, frame))


def entry(value: Any, index: Any) -> Any:
    """``value[index]`` of a plain array, tuple, list or dict; raises as Python does."""
    plain = all(is_plain(part) for part in (index if type(index) is tuple else (index,)))
    if index is UNKNOWN or not plain or type(value) not in (np.ndarray, tuple, list, dict, str):
        return UNKNOWN
    return value[index]


def _unary(node: ast.UnaryOp, frame: FrameType) -> Any:
    value = _peek(node.operand, frame)
    return OPERATORS[type(node.op)](value) if is_plain(value) else UNKNOWN


def _binary(node: ast.BinOp, frame: FrameType) -> Any:
    return combine(node.op, _peek(node.left, frame), _peek(node.right, frame))


def combine(op: ast.AST, left: Any, right: Any) -> Any:
    """What an operator makes of two plain values that are not too large."""
    if not (is_plain(left) and is_plain(right)):
        return UNKNOWN
    arrays = is_a(left, np.ndarray) or is_a(right, np.ndarray)
    if not arrays and isinstance(op, ast.Pow | ast.Mult) and not _small(left, right):
        return UNKNOWN
    if np.size(left) * np.size(right) > _MOST * 100:
        return UNKNOWN
    return OPERATORS[type(op)](left, right)


def _small(*numbers: Any) -> bool:
    return all(isinstance(n, int | float | np.number) and -1000 < n < 1000 for n in numbers)


def _compare(node: ast.Compare, frame: FrameType) -> Any:
    if len(node.ops) > 1:
        return UNKNOWN
    return combine(node.ops[0], _peek(node.left, frame), _peek(node.comparators[0], frame))


def _text(node: ast.JoinedStr, frame: FrameType) -> Any:
    parts: list[str] = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        elif isinstance(part, ast.FormattedValue) and part.format_spec is None:
            value = _peek(part.value, frame)
            if type(value) not in (int, str) or part.conversion != -1:
                return UNKNOWN
            parts.append(str(value))
        else:
            return UNKNOWN
    return "".join(parts)


def arguments(node: ast.Call, frame: FrameType) -> tuple[list[Any], dict[str, Any]]:
    """The values of a call's arguments, `UNKNOWN` among them; a ``*`` makes all of them unknown."""
    if any(isinstance(arg, ast.Starred) for arg in node.args):
        return [UNKNOWN], {}
    named = {word.arg or "**": peek(word.value, frame) for word in node.keywords}
    return [peek(arg, frame) for arg in node.args], named


def _call(node: ast.Call, frame: FrameType) -> Any:
    args, named = arguments(node, frame)
    function: Any = PURE.get(id(_peek(node.func, frame))) or BUILTINS.get(
        id(_peek(node.func, frame))
    )
    if function is None and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
        array = _peek(node.func.value, frame)
        if type(array) is np.ndarray:
            function, args = getattr(np.ndarray, node.func.attr), [array, *args]
    if function is None or not all(map(_argument, [*args, *named.values()])):
        return UNKNOWN
    return function(*args, **named)


def _argument(value: Any) -> bool:
    """Whether a value may be handed to one of NumPy's functions here."""
    if type(value) in (tuple, list):
        return len(value) < 1000 and all(map(_argument, value))
    return (is_plain(value) and np.size(value) <= _MOST) or any(
        value is kind for kind in (float, int, bool)
    )


def _name(node: ast.Name, frame: FrameType) -> Any:
    return look_up(node.id, frame)


_KINDS: Mapping[Any, Callable[[Any, FrameType], Any]] = {
    ast.Constant: lambda node, frame: node.value,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Slice: _slice,
    ast.Tuple: _sequence,
    ast.List: _sequence,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.JoinedStr: _text,
    ast.Call: _call,
}
