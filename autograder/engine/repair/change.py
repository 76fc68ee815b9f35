"""One change of a tree, and how it is told."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Any

from autograder.errors.words import code


@dataclass(frozen=True)
class Slot:
    """A place in a tree where a node stands, or where several stand in a row."""

    parent: ast.AST
    field: str
    index: int | None = None

    @property
    def node(self) -> Any:
        """What stands there."""
        held = getattr(self.parent, self.field)
        return held if self.index is None else held[self.index]

    def put(self, node: Any) -> None:
        """Put another node there."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


class Kind(Enum):
    """What a change is, as far as another one may do as well."""

    ANY = auto()
    #: another name, another number, an expression, in the place of a name or a number
    NAME = auto()
    NUMBER = auto()
    POWER = auto()
    EXPRESSION = auto()
    #: an end of a range that is moved
    RANGE = auto()
    #: a name in the place of an expression
    WHOLE = auto()
    #: other brackets; an expression without a part of it
    BRACKETS = auto()
    PART = auto()
    #: what an expression lacks
    TERM = auto()
    FACTOR = auto()
    SIZE = auto()
    DIVISOR = auto()


#: What an expression may lack at several places of its way.
LACKING = (Kind.TERM, Kind.FACTOR, Kind.SIZE, Kind.DIVISOR)


@dataclass(frozen=True)
class Change:
    """What takes the place of some pieces of a tree.

    Attributes
    ----------
    puts : tuple of (Slot, node)
        What is put where.
    line : int
        The line of the cell that it concerns.
    told : str
        What has to be changed there, without saying into what.
    ask : str
        The question that leads to it.
    rank : int
        The lower, the likelier, and the sooner tried.
    count : int
        How many changes it is.
    besides : str
        What else does as well, as the end of a sentence.
    kind : Kind
    """

    puts: tuple[tuple[Slot, Any], ...]
    line: int
    told: str
    ask: str
    rank: int
    count: int = 1
    besides: str = ""
    kind: Kind = Kind.ANY

    def apply(self) -> list[tuple[Slot, Any]]:
        """Change the tree, and return what undoes it."""
        before = [(slot, slot.node) for slot, _ in self.puts]
        for slot, node in self.puts:
            slot.put(at(node, slot.node) if isinstance(slot.node, ast.AST) else node)
        return before


def slots(node: ast.AST) -> Iterator[Slot]:
    """Yield the slots of all expressions below a node, the outer ones first."""
    for field, held in ast.iter_fields(node):
        for index, child in enumerate(held) if isinstance(held, list) else [(None, held)]:
            if isinstance(child, ast.expr):
                yield Slot(node, field, index)
            if isinstance(child, ast.AST):
                yield from slots(child)


def at(node: Any, like: ast.AST) -> Any:
    """Give a new node, and the new ones in it, the place of another one in the source."""
    if hasattr(node, "lineno"):  # a piece of the tree as it was
        return node
    if isinstance(node, (ast.expr, ast.stmt, ast.keyword)):
        ast.copy_location(node, like)
    for child in ast.iter_child_nodes(node):
        at(child, like)
    return node


@lru_cache(maxsize=4096)
def quoted(node: ast.AST) -> str:
    """Return a piece of code in backticks; the same piece is asked for many times."""
    return code(node)


def change(
    slot: Slot,
    node: ast.AST,
    told: str,
    ask: str = "What stands there in the formula?",
    rank: int = 0,
    kind: Kind = Kind.ANY,
) -> Change:
    """Return the change of one expression."""
    old = slot.node
    return Change(((slot, node),), old.lineno, told, ask, rank, kind=kind)


def shifted(slot: Slot, told: str) -> Iterator[Change]:
    """Yield an index, or the end of a slice or a range, moved by one."""
    node = slot.node
    if isinstance(node, (ast.Name, ast.BinOp)):
        for operator in (ast.Add(), ast.Sub()):
            made = ast.BinOp(node, operator, ast.Constant(1))
            ask = "Write the indices down for the first and the last round. Which one is meant?"
            yield change(slot, made, told, ask)


def moves_lines(change: Change) -> bool:
    """Whether whole lines change their places: what they move where they stand says nothing."""
    return any(slot.index is None and isinstance(slot.node, list) for slot, _ in change.puts)


@contextmanager
def no_collection() -> Iterator[None]:
    """Make many objects that are all kept: looking for garbage among them took a third."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
