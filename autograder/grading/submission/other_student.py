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


def other_students(nb: Any, student: str) -> list[str]:
    """Return a line for each cell of answers that names another id than that of the submission."""
    lines = []
    for cell in nb.cells:
        if not is_solution(cell) or cell.cell_type != "code":
            continue
        code = "\n".join(
            line for line in cell.source[:_MOST].split("\n") if not line.lstrip().startswith("#")
        )
        named = {id.strip().casefold(): id.strip() for id in _NAMED.findall(code)}
        for known, id in named.items():
            if known != student.strip().casefold():
                name = cell.metadata.nbgrader.get("grade_id", "")
                lines.append(
                    f"cell '{name}' names the id {id!r}: its questions are those of that id, and "
                    "were judged so"
                )
    return lines
