"""Names of the student's function that are read nowhere: often a factor or a term that is lost."""

from __future__ import annotations

import ast

from autograder.engine.diagnosis.general.spelling import joined
from autograder.engine.repair.source import Source

#: Of more names nobody knows which one is meant.
_MOST = 2


def unread(source: Source) -> str:
    """Return a sentence on what comes in, or is computed, and read nowhere; empty if all is."""
    tree = source.tree
    read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    changed = (n.target for n in ast.walk(tree) if isinstance(n, ast.AugAssign))
    read |= {target.id for target in changed if isinstance(target, ast.Name)}  # += reads it
    inputs = [a.arg for a in (*tree.args.posonlyargs, *tree.args.args, *tree.args.kwonlyargs)]
    lost = [f"`{name}` comes in and is read nowhere" for name in inputs if name not in read]
    for line in (n for n in ast.walk(tree) if isinstance(n, ast.Assign)):
        for target in (t for t in line.targets if isinstance(t, ast.Name)):
            told = f"`{target.id}` is computed in line {line.lineno} and read nowhere"
            if target.id not in {*read, *inputs, "_"} and told not in lost:
                lost.append(told)
    if not lost or len(lost) > _MOST:
        return ""
    return f"{joined(lost)}. Ask yourself: Where is it needed?"
