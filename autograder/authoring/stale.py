"""Is what lies in the course what its texts give?"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from autograder.authoring.build import read_ledger, read_notebook_cells
from autograder.authoring.cells import fingerprint
from autograder.authoring.course import LEDGER, Unit, find_units

# Two processors may round the last bit of a curve differently, and two PNG encoders pack the
# same picture differently: this share of the pixels may differ visibly, everything else not.
_PIXELS = 1e-3


def stale(root: Path, fresh: Path, units: Sequence[Unit]) -> Iterator[str]:
    """Yield what differs between the course at `root` and the fresh build of `units`."""
    for unit in units:
        for path in filter(None, (unit.notebook, unit.release)):
            if not (root / path).exists():
                yield f"{path} is missing: run `make build`"
            elif not same_file(root / path, fresh / path):
                where = _first_difference(root / path, fresh / path)
                cure = _cure(root, unit)
                yield f"{path} is not what {unit.text} gives (first in {where}): {cure}"
    if not (root / LEDGER).exists() or not same_file(root / LEDGER, fresh / LEDGER):
        yield f"{LEDGER} does not describe the last build: run `make build`"


def strangers(root: Path) -> Iterator[str]:
    """Yield the files among the built ones that no text gives."""
    units = find_units(root)
    known = {path for unit in units for path in (unit.notebook, unit.release)}
    for top in ("notebooks", "source", "release"):
        for path in sorted((root / top).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and name not in known and ".ipynb_checkpoints" not in path.parts:
                beside = " (nbgrader hands out what lies beside a notebook)" * (top != "notebooks")
                yield f"{name} comes from no text in authoring/{beside}: remove it"


def same_file(one: Path, other: Path) -> bool:
    """Return whether two files are equal byte for byte, or notebooks but for a few pixels."""
    if one.read_bytes() == other.read_bytes():
        return True
    if one.suffix != ".ipynb":
        return False
    try:
        notebooks = [json.loads(path.read_text("utf-8")) for path in (one, other)]
    except ValueError:
        return False
    pictures = [list(_take_pictures(notebook)) for notebook in notebooks]
    return (
        json.dumps(notebooks[0]) == json.dumps(notebooks[1])
        and len(pictures[0]) == len(pictures[1])
        and all(map(_look_alike, *pictures))
    )


def _take_pictures(notebook: Any) -> Iterator[str]:
    """Yield the PNG pictures of a notebook and leave a mark in their places."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                yield output["data"]["image/png"]
                output["data"]["image/png"] = "picture"


def _look_alike(one: str, other: str) -> bool:
    """Return whether two base64 PNG pictures show the same."""
    if one == other:
        return True
    import matplotlib.image
    import numpy as np

    a, b = (matplotlib.image.imread(io.BytesIO(base64.b64decode(p))) for p in (one, other))
    return a.shape == b.shape and float(np.mean(np.abs(a - b).max(axis=-1) > 0.1)) <= _PIXELS


def _cure(root: Path, unit: Unit) -> str:
    """Return what to run, from which of text and notebook was changed since the build."""
    built = read_ledger(root).get(unit.text)
    text, notebook = fingerprint(unit.read(root)), fingerprint(read_notebook_cells(root, unit))
    if notebook in (text, built):
        return "run `make build`"
    if text == built:
        return f"{unit.notebook} was edited: run `make absorb`, then `make build`"
    return f"{unit.notebook} and its text were both edited: carry one edit over by hand"


def _first_difference(one: Path, other: Path) -> str:
    """Return the name of the first cell, or else the part, in which two notebooks differ."""
    try:
        a, b = (json.loads(path.read_text("utf-8")) for path in (one, other))
        for left, right in zip(a["cells"], b["cells"], strict=False):
            if left != right:
                return f"cell {right['id']!r}"
        return "the number of cells" if len(a["cells"]) != len(b["cells"]) else "its metadata"
    except (ValueError, KeyError):
        return "its format: it is no notebook"
