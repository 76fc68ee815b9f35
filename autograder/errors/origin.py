"""Where a value comes from, as far as the text of its function tells."""

from __future__ import annotations

import ast

from autograder.errors.places import Place
from autograder.errors.statement import Statement, Statements


def divided(part: ast.AST, place: Place) -> Statements:
    """Of a float where a whole number is needed: the division that made it."""
    told = "`/` always gives a float; `//` gives a whole number"
    if any(isinstance(n, ast.BinOp) and isinstance(n.op, ast.Div) for n in ast.walk(part)):
        yield Statement(f"{told}.")
        return
    names = {n.id for n in ast.walk(part) if isinstance(n, ast.Name)}
    for node in ast.walk(place.definition or ast.Pass()):
        targets = node.targets if isinstance(node, ast.Assign) else []
        found = [t.id for t in targets if isinstance(t, ast.Name) and t.id in names]
        if found and isinstance(node, ast.Assign):
            halves = (n for n in ast.walk(node.value) if isinstance(n, ast.BinOp))
            yield Statement(
                f"`{found[0]}` is made in line {node.lineno} with `/`: {told}.",
                any(isinstance(n.op, ast.Div) for n in halves),
            )


def handed_over(place: Place) -> bool:
    """Whether a name in the code that stopped is an argument, or is made of one."""
    code = place.code
    known = set(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
    body = place.definition
    if body is None or place.node is None or place.outer is not None:
        return True
    for _ in range(3):  # names that are made of names that are made of arguments
        for node in ast.walk(body):
            made = _made(node)
            if made is not None and _names(made[1]) & known:
                known |= _names(made[0])
    return bool(_names(place.node) & known)


def _made(node: ast.AST) -> tuple[ast.AST, ast.AST] | None:
    """What gets a value, and out of what."""
    if isinstance(node, ast.Assign):
        return ast.Tuple(node.targets, ast.Store()), node.value
    if isinstance(node, ast.AugAssign):
        return node.target, node.value
    return (node.target, node.iter) if isinstance(node, ast.For | ast.comprehension) else None


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
