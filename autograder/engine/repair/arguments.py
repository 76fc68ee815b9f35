"""An argument whose name is given to something else before it was used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.engine.repair.change import Change, Slot, slots

#: Tried before every other change: a later line with another name would do as well by luck.
_FIRST = -2


def kept(tree: ast.FunctionDef) -> Iterator[Change]:
    """Yield the lines that write over an argument, with another name in its place."""
    inputs = {a.arg for a in (*tree.args.posonlyargs, *tree.args.args, *tree.args.kwonlyargs)}
    for line in (n for n in ast.walk(tree) if isinstance(n, ast.Assign)):
        read = {n.id for n in ast.walk(line.value) if isinstance(n, ast.Name)}
        for slot in slots(line):
            node = slot.node
            stored = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            if stored and node.id in inputs - read:
                yield _named_otherwise([slot], node)
    for loop in (n for n in ast.walk(tree) if isinstance(n, (ast.For, ast.While))):
        for number, inside in enumerate(loop.body):
            targets = inside.targets if isinstance(inside, ast.Assign) else []
            for target in (t for t in targets if isinstance(t, ast.Name)):
                if target.id in inputs or target.id in _taken_from(inside):
                    places = _from_there_on(loop, number, target.id)
                    yield _named_otherwise(places, target, target.id in inputs)


def _taken_from(line: ast.stmt) -> set[str]:
    """The names of which the line takes a part: x = x[:, :, t]."""
    parts = (n.value for n in ast.walk(line) if isinstance(n, ast.Subscript))
    return {n.id for n in parts if isinstance(n, ast.Name)}


def _from_there_on(loop: ast.For | ast.While, number: int, name: str) -> list[Slot]:
    """Where a name stands for what a line of a loop gives to it, in that line and in those after.

    The next round reads what the name held before.
    """
    first = loop.body[number]
    written = [Slot(first, "targets", 0)]
    later = [slot for line in loop.body[number + 1 :] for slot in slots(line)]
    return written + [s for s in later if isinstance(s.node, ast.Name) and s.node.id == name]


def _named_otherwise(places: list[Slot], node: ast.Name, argument: bool = True) -> Change:
    what = f"the argument `{node.id}`" if argument else f"`{node.id}`"
    before = "came in" if argument else "was before the loop"
    told = f"{what} kept as it {before}, which this line writes over"
    ask = f"What does `{node.id}` hold before this line, and what does it hold after it?"
    name = f"_not_{node.id}"
    made = [(s, ast.copy_location(ast.Name(name, s.node.ctx), s.node)) for s in places]
    return Change(tuple(made), node.lineno, told, ask, _FIRST)
