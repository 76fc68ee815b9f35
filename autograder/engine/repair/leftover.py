"""What the last round of a loop leaves behind: it is right after the loop by luck alone."""

from __future__ import annotations

import ast

from autograder.engine.repair.change import Change, moves_lines


class Leftovers:
    """The names of a function that are given a value in loops alone, and are read there alone."""

    def __init__(self, tree: ast.FunctionDef):
        loops = [n for n in ast.walk(tree) if isinstance(n, (ast.For, ast.While))]
        self._lines = {
            line for loop in loops for line in range(loop.lineno, (loop.end_lineno or 0) + 1)
        }
        names = [n for n in ast.walk(tree) if isinstance(n, ast.Name)]
        outside = {n.id for n in names if n.lineno not in self._lines}
        arguments = {argument.arg for argument in tree.args.args}
        self._names = {n.id for n in names} - outside - arguments

    def in_(self, change: Change) -> bool:
        """Whether a change outside of all loops brings in one of them."""
        if change.line in self._lines or moves_lines(change) or not self._names:
            return False
        return any(
            isinstance(node, ast.Name) and node.id in self._names
            for _, made in change.puts
            for node in ast.walk(made)
        )
