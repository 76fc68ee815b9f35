"""The pictures of an assignment's given cells: drawn once a worker, not once a submission."""

from __future__ import annotations

import ast
from typing import Any

from autograder.grading.assignment import Master, SourceCell

Call = tuple[str, list[Any], dict[str, Any]]

_PLAIN = (int, float, str, bool, type(None))


def given_pictures(master: Master) -> list[Call]:
    """Find the cells that hold nothing but ``figures.some_picture(constants)``.

    What they show is the same for everyone. Read from the master, so that no submission decides
    what is drawn outside of its own process.

    Returns
    -------
    list of (name, args, kwargs)
    """
    calls = (_call(cell) for cell in master.cells.values() if _is_given(cell))
    return [call for call in calls if call is not None]


def _is_given(cell: SourceCell) -> bool:
    meta = cell.metadata
    return cell.cell_type == "code" and not meta["solution"] and not meta["grade"]


def _call(cell: SourceCell) -> Call | None:
    try:
        body = ast.parse(cell.source).body
    except SyntaxError:  # a magic
        return None
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return None
    if ast.unparse(call.func.value) != "figures":
        return None
    try:
        args = [ast.literal_eval(arg) for arg in call.args]
        kwargs = {str(word.arg): ast.literal_eval(word.value) for word in call.keywords}
    except ValueError:
        return None
    plain = all(isinstance(value, _PLAIN) for value in [*args, *kwargs.values()])
    return (call.func.attr, args, kwargs) if plain else None
