"""The rules that the cells of a text keep."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from autograder.authoring.cells import Cell

LINES, SOLUTION_LINES, WIDTH = 12, 30, 100
_MARKS = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS)")
_FORBIDDEN = {
    r"\\newcommand": r"\newcommand, which GitHub does not show",
    r"\\operatorname": r"\operatorname, which GitHub does not show",
    r"```\s*mermaid": "a mermaid diagram, which nbgrader's feedback does not show",
    r"!\[[^\]]*\]\(\s*<?\s*(https?:)?//": "a picture from the network",
    r"<img\b[^>]*\bsrc\s*=\s*[\"']?\s*(https?:)?//": "a picture from the network",
}


def broken_rules(cells: Sequence[Cell], checks: Collection[str]) -> Iterator[str]:
    """Yield one sentence for each rule that a cell breaks.

    Parameters
    ----------
    cells : the cells of one text
    checks : the names of all checks there are
    """
    if not cells or cells[0].kind != "markdown" or not cells[0].source.startswith("# "):
        yield "the first cell is a text cell that begins with the title, `# Title`"
    for cell in cells:
        for fault in (*_size(cell), *_content(cell), *_marks(cell)):
            yield f"cell {cell.label}: {fault}"
        if cell.grade and cell.grade not in checks:
            yield f"cell {cell.label}: no check has this name"
    yield from _order(cells)


def _size(cell: Cell) -> Iterator[str]:
    if not cell.source and not cell.grade and not cell.free:
        yield "is empty"
    if cell.kind == "markdown":
        return
    lines = [line for line in cell.source.splitlines() if not _MARKS.search(line)]
    most = SOLUTION_LINES if cell.solution else LINES
    if len(lines) > most:
        yield f"has {len(lines)} lines of code, more than {most}"
    widest = max(map(len, lines), default=0)
    if widest > WIDTH:
        yield f"has a line of {widest} characters, more than {WIDTH}"


def _content(cell: Cell) -> Iterator[str]:
    for pattern, what in _FORBIDDEN.items():
        if re.search(pattern, cell.source, re.IGNORECASE):
            yield f"holds {what}"


def _marks(cell: Cell) -> Iterator[str]:
    """Yield what is wrong with the marks around solutions and hidden tests."""
    marks = [match[0] for match in _MARKS.finditer(cell.source)]
    allowed = "SOLUTION" if cell.solution else "HIDDEN TESTS" if cell.grade else None
    pairs = len(marks) // 2
    if marks and allowed is None:
        yield f"holds {marks[0]} but is neither a solution nor a hidden test"
    elif marks != [f"BEGIN {allowed}", f"END {allowed}"] * pairs:
        yield f"its marks are not pairs of ### BEGIN {allowed} and ### END {allowed}"
    elif not marks and (cell.solution or (cell.grade and cell.source)):
        yield f"has no ### BEGIN {allowed}: all of it would be handed out"


def _order(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield the solutions without a hidden test and the hidden tests without their solution."""
    current, tested = None, True
    for cell in [*cells, Cell("code", "", solution="the end")]:
        if cell.solution:
            if current and not tested:
                yield f"cell {current!r}: no grade cell named {current}__... follows it"
            current, tested = cell.solution, False
        elif cell.grade and current and cell.grade.startswith(f"{current}__"):
            tested = True
        elif cell.grade:
            yield f"cell {cell.label}: does not follow the solution of its function"


def unsolved_exercises(release: Any) -> Iterator[str]:
    """Yield the answer cells of a released notebook that would not raise until solved."""
    for node in release.cells:
        if not node.metadata.get("nbgrader", {}).get("solution"):
            continue
        try:
            body = ast.parse(node.source).body
        except SyntaxError as error:
            yield f"released cell {node.id!r} is no Python: {error.msg}"
            continue
        functions = [s for s in body if isinstance(s, ast.FunctionDef)]
        for name, part in [(f.name, f.body) for f in functions] or [("it", body)]:
            if not any(map(_raises, part)):
                yield f"released cell {node.id!r}: {name} does not raise NotImplementedError"


def _raises(statement: ast.stmt) -> bool:
    """Return whether the statement is ``raise NotImplementedError()``."""
    if not isinstance(statement, ast.Raise) or statement.exc is None:
        return False
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
