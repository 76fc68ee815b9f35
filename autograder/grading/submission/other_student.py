"""Whether the questions that a notebook answers were another student's.

Where questions are drawn from an id, the notebook names the id itself. Another one may be a slip, a
team, or a neighbour's notebook: that is for a person to judge, and costs no point.
"""

from __future__ import annotations

import re
from typing import Any

from nbgrader.utils import is_solution

#: `{"student": "student-007"}`, or `student = "student-007"`. A pattern, as what students write is
#: not to be parsed here.
_NAMED = re.compile(r"\bstudent[\"']?\s*[:=]\s*[\"']([^\"'\n]{1,100})[\"']")
#: So much of a cell is read.
_MOST = 20_000
#: What shows questions that are drawn from an id. Elsewhere "student" is a word like any other.
_DRAWN = re.compile(r"\bfrom autograder\.concepts|\bfigures\.case")


def other_students(nb: Any, student: str) -> list[str]:
    """Return a line for each cell of answers that names another id than that of the submission."""
    lines = []
    code_cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    drawn = any(_DRAWN.search(cell.source[:_MOST]) for cell in code_cells)
    for cell in filter(is_solution, code_cells if drawn else ()):
        code = "\n".join(
            line for line in cell.source[:_MOST].split("\n") if not line.lstrip().startswith("#")
        )
        named = [id.strip() for id in _NAMED.findall(code)]
        others = [id for id in named if id.casefold() != student.strip().casefold()]
        if others:
            name = cell.metadata.nbgrader.get("grade_id", "")
            lines.append(
                f"cell '{name}' names the id {others[-1]!r}: its questions are those of that id, "
                "and were judged so"
            )
    return lines
