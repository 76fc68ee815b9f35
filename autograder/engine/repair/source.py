"""The source of a student's function as a tree, and the function that a changed tree is."""

from __future__ import annotations

import ast
import linecache
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from autograder.engine.repair.change import Change

#: What a function may not use that is run many times over.
_OUTSIDE = {"open", "input", "exec", "eval", "plt", "os", "sys", "globals", "time"}
#: Longer functions are not searched.
_LONGEST = 120


@dataclass(frozen=True)
class Source:
    """A function that was written in a cell.

    Attributes
    ----------
    function : function
    tree : ast.FunctionDef
        A tree of its own, which may be changed.
    lines : list of str
        The lines of the cell.
    """

    function: FunctionType
    tree: ast.FunctionDef
    lines: list[str]

    def made(self) -> FunctionType | None:
        """Return the function that the tree is now; None if Python refuses it."""
        try:
            module = ast.Module([self.tree], [])
            code = compile(module, self.function.__code__.co_filename, "exec")
        except (SyntaxError, ValueError, TypeError, RecursionError):
            return None
        own = next(c for c in code.co_consts if isinstance(c, CodeType))
        made = FunctionType(own, self.function.__globals__, own.co_name)
        made.__defaults__, made.__kwdefaults__ = (
            self.function.__defaults__,
            self.function.__kwdefaults__,
        )
        return made

    def made_with(self, change: Change) -> FunctionType | None:
        """Return the function with one change, which is undone then; None if Python refuses it."""
        before = change.apply()
        made = self.made()
        for slot, node in reversed(before):
            slot.put(node)
        return made

    def indent(self, number: int) -> int:
        """Return how far a line of the cell is moved in."""
        text = self.lines[number - 1] if 0 < number <= len(self.lines) else ""
        return len(text) - len(text.lstrip())

    def line(self, number: int) -> str:
        """Return a line of the cell."""
        return self.lines[number - 1].strip() if 0 < number <= len(self.lines) else ""


def source_of(function: Any) -> Source | None:
    """Return the source of a plain function of a cell; None where there is none.

    That is so in a grader's run, and of a function that is imported from a file.
    """
    if not isinstance(function, FunctionType) or function.__closure__:
        return None
    code = function.__code__
    if Path(code.co_filename).exists():
        return None
    lines = linecache.getlines(code.co_filename)
    try:
        found = ast.parse("".join(lines)).body
    except (SyntaxError, ValueError):
        return None
    for node in found:
        if isinstance(node, ast.FunctionDef) and node.name == code.co_name:
            last = node.end_lineno or node.lineno
            first = node.lineno == code.co_firstlineno and not node.decorator_list
            if first and last - node.lineno < _LONGEST and not _reaches_out(node):
                return Source(function, node, lines)
    return None


def _reaches_out(tree: ast.AST) -> bool:
    """Whether a function may do something that is not undone by forgetting what it returned."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal)):
            return True
        if isinstance(node, ast.Name) and node.id in _OUTSIDE:
            return True
    return False
