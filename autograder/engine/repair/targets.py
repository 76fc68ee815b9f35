"""What is left of an equals sign: a value that goes under a name that nobody reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.engine.repair.change import Change, Slot, quoted

_ASK = "Which names does the next round, or a later line, read, and which of them does this renew?"


def changes(tree: ast.AST) -> Iterator[Change]:
    """Yield tuples taken apart where a name that is read stands for one that is not."""
    nodes = list(ast.walk(tree))
    names = [n for n in nodes if isinstance(n, ast.Name)]
    read = {n.id for n in names if isinstance(n.ctx, ast.Load)}
    stored = dict.fromkeys(n.id for n in names if isinstance(n.ctx, ast.Store))
    for line in (n for n in nodes if isinstance(n, ast.Assign)):
        target = line.targets[0]
        if not isinstance(target, ast.Tuple):
            continue
        for k, one in enumerate(target.elts):
            if not isinstance(one, ast.Name) or one.id in read:
                continue
            told = f"another name in the place of {quoted(one)}, left of the equals sign"
            for name in stored:
                if name in read and all(name != getattr(e, "id", "") for e in target.elts):
                    put = ((Slot(target, "elts", k), ast.Name(name, ast.Store())),)
                    yield Change(put, line.lineno, told, _ASK, 1)
