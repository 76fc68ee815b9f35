"""What a function has at hand: its names and keys, and what they held when it ended."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from types import CodeType, FrameType
from typing import Any

import numpy as np

from autograder.engine.repair.source import Source

#: Names and keys that are spelt alike to this degree are taken for each other.
_ALIKE = 0.5


@dataclass(frozen=True)
class Scope:
    """The names of a function and what they held, the keys in it, and what np.empty makes in it."""

    held: Mapping[str, Any]
    keys: tuple[str, ...]
    unset: frozenset[str] = frozenset()
    kept: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)

    def others(self, name: str) -> list[tuple[str, bool]]:
        """Return the names that may be meant in the place of one, and whether they are alike."""
        if name not in self.kept and name in self.held:
            value = self.held[name]
            alike_to = (n for n, v in self.held.items() if n != name and _same_kind(value, v))
            found = [n for n in alike_to if n not in self.unset]
            self.kept[name] = [(n, alike(n, name)) for n in found]
        return self.kept.get(name, [])

    def counts(self) -> list[str]:
        """Return the names of whole numbers."""
        whole = (int, np.integer)
        return [n for n, v in self.held.items() if isinstance(v, whole) and not isinstance(v, bool)]

    def numbers(self) -> list[str]:
        """Return the names of what can be multiplied."""
        return [n for n, v in self.held.items() if _is_number(v)]

    def pieces(self) -> list[tuple[ast.expr, Any]]:
        """Return what can be multiplied and its value: names, and entries of dicts under a key."""
        found: list[tuple[ast.expr, Any]] = []
        for name in self.numbers():
            found.append((ast.Name(name, ast.Load()), self.held[name]))
        for name, held in self.held.items():
            for key, value in held.items() if isinstance(held, dict) else ():
                if isinstance(key, str) and _is_number(value):
                    entry = ast.Subscript(ast.Name(name, ast.Load()), ast.Constant(key), ast.Load())
                    found.append((entry, value))
        return found


def scope_of(source: Source, run: Callable[[], Any]) -> Scope:
    """Return what a function has at hand; `run` calls it."""
    held: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    code = source.function.__code__
    below = _functions_in(code)

    def watch(frame: FrameType, event: str, argument: Any) -> None:
        if event == "return" and frame.f_code is code:
            held.update(frame.f_locals)
        elif event == "return" and frame.f_code in below:
            inner.update(frame.f_locals)

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        run()
    finally:
        sys.setprofile(before)
    keys = [
        node.slice.value
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    ]
    held = {**inner, **held}
    keys += [k for v in held.values() if isinstance(v, dict) for k in v if isinstance(k, str)]
    return Scope(held, tuple(dict.fromkeys(keys)), _unset(source.tree))


def _functions_in(code: CodeType) -> set[CodeType]:
    """The functions that are defined in another one, and in these."""
    own = {c for c in code.co_consts if isinstance(c, CodeType)}
    return own.union(*(_functions_in(c) for c in own))


def _unset(tree: ast.AST) -> frozenset[str]:
    """The names of arrays that np.empty makes: before they are filled nobody knows what they hold.

    With one of them in the place of another array a function may be right by chance.
    """
    lines = (n for n in ast.walk(tree) if isinstance(n, ast.Assign))
    made = (n for n in lines if isinstance(n.value, ast.Call))
    empty = (n for n in made if getattr(n.value.func, "attr", "") in ("empty", "empty_like"))  # type: ignore[attr-defined]
    return frozenset(t.id for n in empty for t in n.targets if isinstance(t, ast.Name))


def _is_number(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fiub" and value.size > 0
    return isinstance(value, (int, float, np.number))


def _same_kind(one: Any, other: Any) -> bool:
    if _is_number(one) != _is_number(other):
        return False
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return not (one.shape == other.shape and np.array_equal(one, other, equal_nan=False))
    if _is_number(one):
        return np.ndim(one) == np.ndim(other) == 0 or np.ndim(one) != np.ndim(other)
    return type(one) is type(other)


def alike(one: str, other: str) -> bool:
    """Return whether two names are spelt so that one is taken for the other."""
    short = len(one) == len(other) <= 2
    return short or SequenceMatcher(None, one, other).ratio() >= _ALIKE
