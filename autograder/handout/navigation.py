"""Cells that lead from notebook to notebook; they hold in the hand-out's folder alone.

They are no cells of nbgrader's, so the grader takes them for the student's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from nbformat.v4 import new_markdown_cell

LESSONS, ASSIGNMENTS = "lessons", "assignments"
START, GLOSSARY = "START-HERE.ipynb", "GLOSSARY.ipynb"
ATLAS = "atlas/index.html"
_CHECK = """\
**Before you hand in.** Restart the kernel, run all cells and save. To see what the points stand at,
run in a terminal, in the folder of [START-HERE]({start}):

```
.venv/bin/python -m autograder check {path}
```

(on Windows, `.venv\\Scripts\\python`)."""


@dataclass(frozen=True)
class Way:
    """One unit's place in the hand-out: paths in its folder, "" for what a unit does not have."""

    number: str
    lesson: str
    assignment: str


def ways(lessons: Sequence[str], assignments: Sequence[str]) -> list[Way]:
    """Return the units in their order, from the paths of all notebooks in the folder."""
    by_number: dict[str, list[str]] = {}
    for place, paths in enumerate((lessons, assignments)):
        for path in paths:
            number = PurePosixPath(path).parts[1].partition("_")[0]
            by_number.setdefault(number, ["", ""])[place] = path
    return [Way(number, *paths) for number, paths in sorted(by_number.items())]


def lead_on(notebook: Any, path: str, way: Way, following: Way | None) -> None:
    """Add to a notebook, in place, a cell below its title and one at its end.

    Parameters
    ----------
    path : str
        Of the notebook, one of those of `way`.
    following : Way or None
        The next unit.
    """
    head = f"[Start]({_from(path, START)}) · [words]({_from(path, GLOSSARY)})"
    head += f" · [misconceptions]({_from(path, ATLAS)})"
    graded = path == way.assignment
    if graded and way.lesson:
        head += f" · read first: [lesson {way.number}]({_from(path, way.lesson)})"
    elif not graded and way.assignment:
        head += f" · afterwards: [assignment {way.number}]({_from(path, way.assignment)})"
    foot = "\n\n".join(_foot(path, way, following, graded))
    notebook.cells.insert(1, new_markdown_cell(head, id="way-head"))
    notebook.cells.append(new_markdown_cell(foot, id="way-foot"))


def _foot(path: str, way: Way, following: Way | None, graded: bool) -> Iterator[str]:
    if graded:
        yield _CHECK.format(start=_from(path, START), path=path)
    elif way.assignment:
        yield f"Now the [assignment {way.number}]({_from(path, way.assignment)})."
        return
    if following:
        first = following.lesson or following.assignment
        yield f"Next: [unit {following.number}]({_from(path, first)})."
    else:
        yield f"This is the last unit. [Back to the start]({_from(path, START)})."


def _from(path: str, target: str) -> str:
    """Return the link from one path of the folder to another."""
    return "../" * (len(PurePosixPath(path).parts) - 1) + target
