"""Names of the student's function that are read nowhere: often a factor or a term that is lost."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from autograder.engine.diagnosis.general.spelling import joined
from autograder.engine.repair.source import Source

#: Of more names nobody knows which one is meant.
_MOST = 2


def unread(source: Source, needless: Sequence[str] = ()) -> str:
    """Return a sentence on what comes in, or is computed, and read nowhere; empty if all is.

    Nothing is said of the arguments in `needless`, whose entries a right answer need not read.
    """
    tree = source.tree
    read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    changed = (n.target for n in ast.walk(tree) if isinstance(n, ast.AugAssign))
    read |= {target.id for target in changed if isinstance(target, ast.Name)}  # += reads it
    inputs = [a.arg for a in (*tree.args.posonlyargs, *tree.args.args, *tree.args.kwonlyargs)]
    asked = [name for name in inputs if name not in needless]
    lost = [f"`{name}` comes in and is read nowhere" for name in asked if name not in read]
    for line in (n for n in ast.walk(tree) if isinstance(n, ast.Assign)):
        for target in (t for t in line.targets if isinstance(t, ast.Name)):
            told = f"`{target.id}` is computed in line {line.lineno} and read nowhere"
            if target.id not in {*read, *inputs, "_"} and told not in lost:
                lost.append(told)
    if lost and len(lost) <= _MOST:
        return f"{joined(lost)}. Ask yourself: Where is it needed?"
    measured = [name for name in asked if name in read and _is_measured(tree, name)]
    if lost or len(measured) != 1:
        return ""
    return (
        f"Of `{measured[0]}` nothing but its size is read. Ask yourself: Does the formula have its "
        "entries somewhere?"
    )


def _is_measured(tree: ast.AST, name: str) -> bool:
    """Whether a name stands before .shape, .size or .ndim, or in len(), and nowhere else."""
    sizes = (
        n.value if isinstance(n, ast.Attribute) else n.args[0]
        for n in ast.walk(tree)
        if (isinstance(n, ast.Attribute) and n.attr in ("shape", "size", "ndim"))
        or (isinstance(n, ast.Call) and getattr(n.func, "id", "") == "len" and n.args)
    )
    measured = {id(n) for n in sizes}
    stands = (n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == name)
    return all(id(n) in measured for n in stands)
