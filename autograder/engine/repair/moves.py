"""A line that stands too early, or too late."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from autograder.engine.repair.change import Change, Slot, at

_ORDER = "What does the line read, and which line writes it, or writes over it?"
#: Behind these nothing of a block runs.
_ENDS = (ast.Return, ast.Continue, ast.Break, ast.Raise)
#: So many lines a line may have to move.
_FAR = 4


def moved(tree: ast.AST) -> Iterator[Change]:
    """Yield the lines of a function at other places of their blocks."""
    for block in blocks(tree):
        yield from in_block(*block)


def blocks(tree: ast.AST) -> Iterator[tuple[ast.AST, str, list[Any]]]:
    """Yield where lines stand in a row: the node, its field, and the lines."""
    for node in ast.walk(tree):
        for field in ("body", "orelse"):
            body = getattr(node, field, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                yield node, field, body


def in_block(parent: ast.AST, field: str, body: list[Any]) -> Iterator[Change]:
    """Yield the lines of one block at other places of it."""
    for k, line in enumerate(body):
        if isinstance(line, (ast.Return, ast.FunctionDef)):
            continue
        for to in range(max(0, k - _FAR), min(len(body), k + _FAR + 1)):
            if abs(to - k) < 1 or (to == k - 1):  # a pair is exchanged once
                continue
            rest = body[:k] + body[k + 1 :]
            if to and isinstance(rest[to - 1], _ENDS):  # nothing behind it runs
                continue
            made = [*rest[:to], line, *rest[to:]]
            block = hasattr(line, "body")
            told = (
                "this line, with all that stands below it in its block," if block else "this line"
            )
            told += f" further {'down' if to > k else 'up'}"
            rank = 2 if block else 1  # whole loops stand where they belong more often than lines
            yield Change(((Slot(parent, field), made),), line.lineno, told, _ORDER, rank)


def out_of_if(parent: ast.AST, field: str, k: int, statement: ast.If) -> Iterator[Change]:
    """Yield the lines of a condition that hold in every case, before it."""
    body: list[Any] = getattr(parent, field)
    for n, line in enumerate(statement.body):
        rest = statement.body[:n] + statement.body[n + 1 :]
        if rest and isinstance(line, (ast.Assign, ast.AugAssign)):
            other = at(ast.If(statement.test, rest, statement.orelse), statement)
            told = f"this line outside of the condition of line {statement.lineno}"
            made = [*body[:k], line, other, *body[k + 1 :]]
            ask = "In which cases does the text have it?"
            yield Change(((Slot(parent, field), made),), line.lineno, told, ask, 1)
