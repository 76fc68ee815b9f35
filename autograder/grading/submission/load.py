"""From a folder that a student handed in to a notebook that can be graded."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.grading.assignment import Master
from autograder.grading.notebook.grade import METADATA
from autograder.grading.submission.read import Unreadable, is_plain, read_bytes, read_notebook
from autograder.grading.submission.repair import repair_cells

MAX_FILES = 200
MAX_TOTAL = 20 << 20
# What stands in a folder without anybody's doing; of the first row nobody need be told.
_QUIET = (".ipynb_checkpoints", "__pycache__")
_JUNK = (".DS_Store", "__MACOSX", "Thumbs.db", "desktop.ini", ".directory", *_QUIET)


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
    return _sorted_out(folder, root)[0]


def left_aside(folder: Path, root: Path, notebooks: Iterable[str]) -> list[str]:
    """Say in one line, or none, which entries of a submission grading does not look at.

    Parameters
    ----------
    notebooks : iterable of str
        Names of the assignment's notebooks, without their ending.
    """
    aside = _sorted_out(folder, root)[1]
    if all((folder / f"{name}.ipynb").exists() for name in notebooks):
        known = {f"{name}.ipynb" for name in notebooks}
        aside += sorted(p.name for p in _notebooks(folder, root) if p.name not in known)
    if not aside:
        return []
    told = ", ".join(repr(name[:60]) for name in aside[:4])
    more = f" and {len(aside) - 4} more" if len(aside) > 4 else ""
    return [f"left aside, no part of the assignment or not readable: {told}{more}"]


def is_junk(name: str) -> bool:
    """Whether an operating system or an editor put an entry of this name into the folder."""
    return name.startswith(("._", ".Trash")) or name in _JUNK


def _sorted_out(folder: Path, root: Path) -> tuple[dict[str, bytes], list[str]]:
    """Read what can be read, and list the rest by name; a folder of junk counts once."""
    files: dict[str, bytes] = {}
    aside: dict[str, None] = {}
    total = 0
    for path in sorted(folder.rglob("*"))[: 10 * MAX_FILES]:
        name = path.relative_to(folder)
        junk = [n for n, part in enumerate(name.parts) if is_junk(part)]
        if junk:
            top = Path(*name.parts[: junk[0] + 1])
            if top.name not in _QUIET:
                aside[str(top)] = None
        elif path.suffix == ".ipynb" or (path.is_dir() and not path.is_symlink()):
            continue
        elif not is_plain(path, root) or not _harmless(path):
            aside[str(name)] = None
        elif total + path.lstat().st_size > MAX_TOTAL or len(files) >= MAX_FILES:
            aside[f"{name} (too many or too large)"] = None
        else:
            files[str(name)] = read_bytes(path)
            total += len(files[str(name)])
    return files, list(aside)


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
    """Find the notebook: under its name, or else the one that is it by its cells."""
    path = folder / f"{master.name}.ipynb"
    if path.is_symlink() or path.exists():
        return path
    others = _notebooks(folder, root)
    chosen = others if len(others) == 1 else _by_cells(others, root, master)
    if len(chosen) != 1:
        raise Unreadable(f"there is no {path.name}, but {len(others)} others")
    notes.append(f"'{chosen[0].name}' was taken for '{path.name}'"[:200])
    return chosen[0]


def _notebooks(folder: Path, root: Path) -> list[Path]:
    paths = sorted(folder.glob("*.ipynb"))
    return [p for p in paths if is_plain(p, root) and not is_junk(p.name)]


def _by_cells(paths: list[Path], root: Path, master: Master) -> list[Path]:
    """Choose those that have the most of the assignment's cells; an empty Untitled has none."""
    counts: dict[Path, int] = {}
    for path in paths[:20]:
        with suppress(Unreadable):
            cells = read_notebook(path, root)[0].cells
            names = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells}
            counts[path] = sum(name in names for name in master.cells)
    most = max(counts.values(), default=0)
    return [path for path, count in counts.items() if count == most > 0]
