"""Hidden tests as other nbgrader courses write them, each course a text of cells.

``# %% right`` and ``# %% wrong`` are answers, ``# %% test NAME`` hidden tests of one point each,
``# %% file NAME`` files that are handed out. A test runs after those above it, as in a notebook.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_MARK = re.compile(r"^# %% (\w+) ?(.*)\n", re.M)


@dataclass
class Course:
    """One notebook.

    Attributes
    ----------
    right, wrong : str
        The answer cell.
    tests : dict of str to str
        Hidden tests by name.
    files : dict of str to bytes
        Handed out with the notebook.
    """

    right: str = ""
    wrong: str = ""
    tests: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def read(path: Path) -> Course:
    """Read the text of a course."""
    course = Course()
    _, *cells = _MARK.split(path.read_text("utf-8"))
    for kind, name, source in zip(cells[::3], cells[1::3], cells[2::3], strict=True):
        if kind == "file":
            course.files[name] = source.strip().encode() + b"\n"
        elif kind == "test":
            assert name not in course.tests
            course.tests[name] = source.strip()
        else:
            setattr(course, kind, source.strip())
    return course


COURSES = {path.stem: read(path) for path in sorted(Path(__file__).parent.glob("*.txt"))}
