"""Where the texts lie, and which notebook comes from which text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.authoring.cells import AuthoringError, Cell
from autograder.authoring.text import read_cells

TEXTS = "authoring"
LEDGER = f"{TEXTS}/built.json"


@dataclass(frozen=True)
class Unit:
    """One text and what is built from it; all paths are relative to the course's root."""

    name: str
    graded: bool

    @property
    def text(self) -> str:
        """The path of the py:percent text."""
        return f"{TEXTS}/{'assignments' if self.graded else 'lessons'}/{self.name}.py"

    @property
    def notebook(self) -> str:
        """The path of the notebook that says the same: the lesson, or nbgrader's master."""
        if not self.graded:
            return f"notebooks/{self.name}.ipynb"
        return f"source/{self.name}/{self.name.partition('_')[2]}.ipynb"

    @property
    def release(self) -> str | None:
        """The path of what students get, if this is an assignment."""
        return "release" + self.notebook.removeprefix("source") if self.graded else None

    def read(self, root: Path) -> list[Cell]:
        """Return the cells of the text, naming the file in every complaint."""
        try:
            return read_cells((root / self.text).read_text("utf-8"))
        except AuthoringError as error:
            raise AuthoringError(f"{self.text}: {error}") from None


def find_units(root: Path, names: Sequence[str] = ()) -> list[Unit]:
    """Return the units whose texts lie under `root`, all of them or the named ones."""
    found = []
    for graded in (False, True):
        folder = root / PurePosixPath(Unit("", graded).text).parent
        for path in sorted(folder.glob("*.py")):
            if not re.fullmatch(r"\d\d[a-z]?_[a-z0-9_]+", path.stem):
                raise AuthoringError(f"{path.name}: a text is called NN_name.py, like 04_mlp.py")
            found.append(Unit(path.stem, graded))
    unknown = sorted(set(names) - {unit.name for unit in found})
    if unknown:
        known = ", ".join(sorted({unit.name for unit in found})) or "none"
        raise AuthoringError(f"no text is called {unknown[0]!r}; there are: {known}")
    return [unit for unit in found if not names or unit.name in names]
