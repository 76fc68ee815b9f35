"""From a folder that a student handed in to a notebook that can be graded."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.grading.assignment import Master
from autograder.grading.notebook.grade import METADATA
from autograder.grading.submission.read import Unreadable, is_plain, read_bytes, read_notebook
from autograder.grading.submission.repair import repair_cells

MAX_FILES = 200
MAX_TOTAL = 20 << 20


def load(folder: Path, root: Path, master: Master) -> Any:
    """Return a notebook with all tracked cells in place, whatever the folder holds.

    What had to be put right stands in its metadata under ``repairs``; a submission that could not
    be read is empty but for the master's cells, and ``unreadable`` says why.
    """
    notes: list[str] = []
    about: dict[str, Any] = {"repairs": notes}
    try:
        path = _find(folder, root, master, notes)
        nb, found = read_notebook(path, root)
        notes += found
    except Unreadable as error:
        about["unreadable"] = f"the notebook could not be graded: {error}"
        nb = new_notebook(cells=[new_markdown_cell(f"**{about['unreadable']}**", id="unreadable")])
        repair_cells(nb, master)
    else:
        notes += repair_cells(nb, master)
    nb.metadata[METADATA] = about
    return nb


def data_files(folder: Path, root: Path) -> dict[str, bytes]:
    """Read the plain files beside a notebook, by their path in the folder."""
    files: dict[str, bytes] = {}
    total = 0
    for path in sorted(folder.rglob("*"))[: 10 * MAX_FILES]:
        if path.suffix == ".ipynb" or not is_plain(path, root) or not _harmless(path):
            continue
        total += path.lstat().st_size
        if total > MAX_TOTAL or len(files) >= MAX_FILES:
            break
        files[str(path.relative_to(folder))] = read_bytes(path)
    return files


def unsafe_entries(folder: Path) -> list[Path]:
    """List what cannot be copied: links, pipes, sockets, devices, locked and very large files."""
    entries = (p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir())
    return [p for p in entries if not _harmless(p)]


def _harmless(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    readable = os.access(path, os.R_OK, follow_symlinks=False)
    return stat.S_ISREG(found.st_mode) and found.st_size <= MAX_TOTAL and readable


def _find(folder: Path, root: Path, master: Master, notes: list[str]) -> Path:
    """Find the notebook: under its name, or else the only one there is."""
    path = folder / f"{master.name}.ipynb"
    if path.is_symlink() or path.exists():
        return path
    others = sorted(p for p in folder.glob("*.ipynb") if is_plain(p, root))
    if len(others) != 1:
        raise Unreadable(f"there is no {path.name}, but {len(others)} others")
    notes.append(f"'{others[0].name}' was taken for '{path.name}'"[:200])
    return others[0]
