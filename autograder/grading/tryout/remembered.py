"""An assignment that was found in order need not be tried again until something changes."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import autograder
from autograder.grading.tryout.tryout import Assignment

FILE = ".autograder-tried.json"


def is_remembered(root: Path, assignment: Assignment) -> bool:
    """Whether this assignment, as it stands, was found in order by this grader."""
    return _read(root / FILE).get(assignment.name) == _digest(assignment)


def remember(root: Path, assignment: Assignment) -> None:
    """Note in the course folder that an assignment is in order."""
    known = _read(root / FILE) | {assignment.name: _digest(assignment)}
    made = root / f"{FILE}.{os.getpid()}"
    made.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    made.replace(root / FILE)


def _read(path: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        found = json.loads(path.read_text("utf-8"))
        return found if isinstance(found, dict) else {}
    return {}


def _digest(assignment: Assignment) -> str:
    """The same for what gives the same points: master, release, files, and the grader itself."""
    found = hashlib.sha256(_grader())
    for master in assignment.masters:
        found.update(repr((master.name, master.cells, sorted(master.code.inside))).encode())
    for files in (assignment.solved, assignment.released, assignment.given):
        for name, data in sorted(files.items()):
            found.update(repr((name, hashlib.sha256(data).digest())).encode())
    return found.hexdigest()


@cache
def _grader() -> bytes:
    files = sorted(Path(autograder.__file__).parent.rglob("*.py"))  # the checks as well
    return b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)
