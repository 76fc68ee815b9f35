"""Read the notebooks that grading left; whatever else has come to lie there stops nobody."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from autograder.grading.submission.read import Unreadable, read_bytes

_LOST = "the graded notebook {name!r} cannot be read ({why}); its points are the gradebook's"


def read_graded(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Return the assignment's notebooks in a graded folder by name, as JSON.

    One that cannot be read comes back without cells, with a line that says so among the repairs.
    Other files are not looked at.
    """
    found = {}
    for name in names:
        path = folder / f"{name}.ipynb"
        if path.is_symlink() or path.exists():
            try:
                found[name] = _notebook(path)
            except (Unreadable, OSError, ValueError, RecursionError) as error:
                why = "it is not JSON" if isinstance(error, ValueError) else str(error)
                told = _LOST.format(name=path.name, why=why)
                found[name] = {"cells": [], "metadata": {"autograder": {"repairs": [told]}}}
    return found


def _notebook(path: Path) -> dict[str, Any]:
    """Read one notebook; of its cells, those that are whole.

    Raises
    ------
    Unreadable, OSError, ValueError, RecursionError
        If it is none.
    """
    data = json.loads(read_bytes(path))
    cells = data.get("cells") if isinstance(data, dict) else None
    if not isinstance(cells, list):
        raise Unreadable("it holds no list of cells")
    whole = [c for c in cells if isinstance(c, dict) and isinstance(c.get("metadata"), dict)]
    about = data.get("metadata")
    return {"cells": whole, "metadata": about if isinstance(about, dict) else {}}
