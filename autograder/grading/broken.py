"""What became of functions whose cell did not run through: told where a test misses them."""

from __future__ import annotations

import re
from typing import Any

_DEFINED = re.compile(r"^(?:async def|def|class) +(\w+)", re.MULTILINE)
_LINE = re.compile(r"\bline (\d+)\)?\s*$")
_LONGEST = 200


def broken_functions(nb: Any, outputs: dict[int, list[Any]]) -> dict[str, str]:
    """Say of each function that a stopped cell would define why it is not there.

    Parameters
    ----------
    nb : NotebookNode
    outputs : dict of int to list
        The outputs of the cells that ran, by index, as the student side reported them.
    """
    found: dict[str, str] = {}
    for index, cell in enumerate(nb.cells):
        if cell.cell_type != "code":
            continue
        error = next((o for o in outputs.get(index, ()) if _is_error(o)), None)
        for name in _DEFINED.findall(cell.source):
            found.pop(name, None)  # a later cell defines it again
            if error is not None:
                found[name] = _told(str(error.get("ename", "")), str(error.get("evalue", "")))
    return found


def _is_error(output: Any) -> bool:
    return isinstance(output, dict) and output.get("output_type") == "error"


def _told(kind: str, message: str) -> str:
    message = message.partition("\n")[0][:_LONGEST]
    if kind in ("SyntaxError", "IndentationError", "TabError"):
        line = _LINE.search(message)
        where = f", line {line[1]}" if line else ""
        what = message.rpartition(" (")[0] if line else message
        return f"its cell does not compile{where}: {kind}: {what}"
    return f"its cell stopped with {kind}{': ' + message if message else ''}"
