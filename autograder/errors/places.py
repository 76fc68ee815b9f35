"""Where an exception came from: the student's own frames, and the code that each of them ran."""

from __future__ import annotations

import ast
import linecache
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import Any

import numpy as np

from autograder.errors.peek import UNKNOWN, peek
from autograder.errors.words import code

_INNER = ("<listcomp>", "<genexpr>", "<dictcomp>", "<setcomp>", "<lambda>")
_PACKAGE = Path(__file__).parents[1]
#: Code below these folders is nobody's own: Python, NumPy, whatever is installed, and this package.
_FOREIGN = tuple(
    dict.fromkeys(
        [
            str(_PACKAGE),
            str(_PACKAGE.parent / "student_side"),
            str(Path(np.__file__).parents[1]),
            *(sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib")),
            f"{sys.base_prefix}/lib",
        ]
    )
)


@dataclass(frozen=True)
class Place:
    """One of the student's frames, and the instruction at which it stands.

    `outer` is the place around it, if the frame is that of a comprehension.
    """

    frame: FrameType
    instruction: int
    number: int
    outer: Place | None = None

    @property
    def code(self) -> CodeType:
        """What the frame runs."""
        return self.frame.f_code

    @property
    def function(self) -> str:
        """The function as the student named it; a comprehension is part of the one around it."""
        parts = self.code.co_qualname.split(".<locals>.")
        while len(parts) > 1 and parts[-1] in _INNER:
            parts.pop()
        return parts[-1]

    @cached_property
    def lines(self) -> list[str]:
        """The source of the cell or file."""
        return linecache.getlines(self.code.co_filename)

    @property
    def text(self) -> str:
        """The line of source."""
        return linecache.getline(self.code.co_filename, self.number).strip()

    @property
    def line(self) -> str:
        """The place in words: ``"line 4 of linear_backward"``."""
        within = "the cell" if self.function == "<module>" else f"`{self.function}`"
        return f"line {self.number} of {within}"

    @property
    def at(self) -> str:
        """The place as a sentence begins with it."""
        return f"In {self.line}"

    @cached_property
    def tree(self) -> ast.AST | None:
        """The syntax tree of the source, with a `parent` at each node."""
        return _parsed("".join(self.lines))

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """What the instruction belongs to, the largest first; empty if the source is not known."""
        if self.tree is None or self.instruction < 0:
            return []
        spots = list(self.code.co_positions())
        spot = spots[self.instruction // 2] if self.instruction // 2 < len(spots) else None
        if spot is None or None in spot:
            return []
        return list(_by_span(self.tree).get(spot, ()))  # type: ignore[arg-type]

    @property
    def node(self) -> ast.AST | None:
        """The smallest piece of code that the instruction belongs to as a whole."""
        return self.nodes[0] if self.nodes else None

    @cached_property
    def definition(self) -> ast.AST | None:
        """The function that the place lies in, or the whole cell."""
        found = self.node
        while found is not None and not isinstance(found, ast.FunctionDef | ast.Module):
            found = parent(found)
        return found

    def peek(self, node: ast.AST | None) -> Any:
        """The value of an expression there; a comprehension has the names around it as well."""
        value = peek(node, self.frame)
        if value is not UNKNOWN or self.outer is None or node is None:
            return value
        names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        return UNKNOWN if names & self.frame.f_locals.keys() else self.outer.peek(node)

    def quote(self, node: ast.AST) -> str:
        """A piece of code in backticks."""
        return code(node, self.lines)


def places(trace: TracebackType | None, names: Mapping[str, Any] | None) -> list[Place]:
    """The student's frames of a traceback, the outermost first."""
    found: list[Place] = []
    while trace is not None:
        if _is_students(trace.tb_frame, names):
            inner = trace.tb_frame.f_code.co_name in _INNER
            outer = found[-1] if found and inner else None
            # between two lines, where a clock can stop it, there is no line
            line = trace.tb_lineno or trace.tb_frame.f_code.co_firstlineno
            found.append(Place(trace.tb_frame, trace.tb_lasti, line, outer))
        trace = trace.tb_next
    return found


def _is_students(frame: FrameType, names: Mapping[str, Any] | None) -> bool:
    if names and frame.f_globals is names:
        return True
    file = frame.f_code.co_filename
    if file.startswith(("<frozen", "<__array", "<string>")) or file.startswith(_FOREIGN):
        return False
    return bool(linecache.getlines(file))


def parent(node: ast.AST) -> ast.AST | None:
    """The node around a node."""
    found = getattr(node, "parent", None)
    return found if isinstance(found, ast.AST) else None


def _span(node: ast.AST) -> tuple[int, int, int, int] | None:
    if not hasattr(node, "lineno"):
        return None
    return (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset)  # type: ignore[attr-defined]


@lru_cache(32)
def _by_span(tree: ast.AST) -> dict[tuple[int, int, int, int] | None, list[ast.AST]]:
    """What stands at each place of a tree, the largest first: a slip stops at one of them often."""
    found: dict[tuple[int, int, int, int] | None, list[ast.AST]] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Expr):
            found.setdefault(_span(node), []).append(node)
    return found


_SHARED = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)


@lru_cache(32)
def _parsed(source: str) -> ast.AST | None:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            # Python has one Load() and one Add() for all trees: they lie in no one of them
            if not isinstance(child, _SHARED):
                child.parent = node  # type: ignore[attr-defined]
    return tree
