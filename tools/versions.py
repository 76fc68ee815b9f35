"""The version stands in pyproject.toml alone; what repeats it has to agree."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path


def version(root: Path) -> str:
    """Return the version of the course at `root`, ``"0.1.0"``."""
    return str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def disagreements(root: Path) -> Iterator[str]:
    """Yield what tells another version than pyproject.toml."""
    wanted = version(root)
    cited = re.search(r"^version: (.*)$", (root / "CITATION.cff").read_text("utf-8"), re.M)
    changed = re.search(r"^## (\S+)", (root / "CHANGELOG.md").read_text("utf-8"), re.M)
    for name, found in (("CITATION.cff", cited), ("CHANGELOG.md", changed)):
        told = found[1].strip("\"'") if found else "none"
        if told != wanted:
            yield f"{name} has the version {told}, and pyproject.toml has {wanted}"
