"""Read whatever a student handed in: a sound notebook comes out, or the reason why none does."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from nbformat.v4 import new_notebook

from autograder.grading.student_side.wire import text
from autograder.grading.submission.salvage import salvage, without_outputs
from autograder.grading.submission.sanitize import clean_attachments

MAX_BYTES = 200 << 20
_MAX_TEXT = 50 << 20  # characters, without outputs
_MAX_CELLS = 2_000
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_CODE: dict[str, Any] = {"outputs": [], "execution_count": None}


class Unreadable(Exception):
    """The submission holds no notebook that could be graded; the message says why."""


def read_notebook(path: Path, root: Path) -> tuple[Any, list[str]]:
    """Read a submitted notebook.

    Parameters
    ----------
    path : Path
        Where it should be.
    root : Path
        The folder of all submissions: below it no symbolic link is followed.

    Returns
    -------
    notebook, notes
        As from `parse_notebook`.
    """
    return parse_notebook(_read(path, root))


def parse_notebook(content: bytes) -> tuple[Any, list[str]]:
    """Read a notebook from the bytes of its file.

    Returns
    -------
    notebook : NotebookNode
        Rebuilt cell by cell in the current format; outputs are left out.
    notes : list of str
        What had to be put right.

    Raises
    ------
    Unreadable
        If there is no notebook in it.
    """
    notes: list[str] = []
    data = _parse(content, notes)
    cells = data.get("cells")
    if cells is None and isinstance(data.get("worksheets"), list):  # format 3
        sheets = [sheet for sheet in data["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in sheet.get("cells") or []]
        notes.append("the notebook was in an old format")
    if not isinstance(cells, list):
        raise Unreadable("it holds no list of cells")
    if len(cells) > _MAX_CELLS:
        raise Unreadable(f"it has {len(cells)} cells, more than {_MAX_CELLS}")
    rebuilt = [cell for cell in map(_cell, cells) if cell is not None]
    _name_cells(rebuilt, cells)
    if len(rebuilt) < len(cells):
        notes.append(f"{len(cells) - len(rebuilt)} cells were not well formed and are left out")
    return new_notebook(cells=rebuilt), notes


def is_plain(path: Path, root: Path) -> bool:
    """Tell whether a path is a regular file that no symbolic link below `root` leads to."""
    parts = path.relative_to(root).parts
    folders = [root.joinpath(*parts[:n]) for n in range(1, len(parts))]
    try:
        return stat.S_ISREG(path.lstat().st_mode) and not any(f.is_symlink() for f in folders)
    except OSError:
        return False


def read_bytes(path: Path) -> bytes:
    """Read a regular file without following a link or waiting for a pipe."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Unreadable("it is not a regular file")
        return file.read(MAX_BYTES + 1)


def _read(path: Path, root: Path) -> bytes:
    if not is_plain(path, root):
        raise Unreadable("it is a symbolic link, or not a regular file")
    try:
        data = read_bytes(path)
    except OSError as error:
        raise Unreadable(f"it cannot be read: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise Unreadable(f"it is larger than {MAX_BYTES >> 20} MB")
    return data


def _parse(data: bytes, notes: list[str]) -> dict[str, Any]:
    if not data.strip():
        raise Unreadable("it is empty")
    for encoding in ("utf-8-sig", "utf-16", "latin-1"):
        # UTF-16 is tried only behind its mark: nearly every byte string decodes as UTF-16
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            content = without_outputs(data.decode(encoding).strip())
        except UnicodeDecodeError:
            notes.append(f"the file is not {encoding.upper().removesuffix('-SIG')}")
            continue
        if len(content) > _MAX_TEXT:
            raise Unreadable(f"it is larger than {_MAX_TEXT >> 20} MB, without its outputs")
        try:
            parsed = json.loads(content)
        except (ValueError, RecursionError) as error:
            saved = salvage(content)
            if saved is None:
                raise Unreadable(f"it is not JSON: {error}"[:200]) from error
            parsed, told = saved
            notes.append(told)
        if not isinstance(parsed, dict):
            raise Unreadable("it is not a notebook")
        return parsed
    raise Unreadable("its encoding is unknown")


def _name_cells(rebuilt: list[Any], cells: list[Any]) -> None:
    """Keep the cells' ids where they are sound; elsewhere number them, so that a rerun agrees."""
    given = [cell.get("id") for cell in cells if isinstance(cell, dict)]
    sound = len(given) == len(rebuilt) and all(isinstance(i, str) and _ID.match(i) for i in given)
    for number, cell in enumerate(rebuilt):
        cell.id = given[number] if sound and len(set(given)) == len(given) else f"cell-{number}"


def _cell(cell: Any) -> NotebookNode | None:
    """Rebuild one cell from its type, source and those metadata that count; None if it is none."""
    if not isinstance(cell, dict):
        return None
    kind, source = cell.get("cell_type"), cell.get("source", cell.get("input", ""))
    if kind == "heading":  # format 3
        kind = "markdown"
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if kind not in ("code", "markdown", "raw") or not isinstance(source, str):
        return None
    metadata = cell.get("metadata")
    kept: dict[str, Any] = {}
    if isinstance(metadata, dict):
        if isinstance(metadata.get("nbgrader"), dict):
            kept["nbgrader"] = {
                key: metadata["nbgrader"].get(key) for key in ("grade_id", "grade", "points")
            }
        if isinstance(metadata.get("tags"), list):
            kept["tags"] = [tag for tag in metadata["tags"] if isinstance(tag, str)][:20]
    # not nbformat's own makers, which check each cell against the schema: that is done at the end
    parts = {"cell_type": kind, "metadata": kept, "source": text(source)}
    made: NotebookNode = from_dict(parts | (_CODE if kind == "code" else {}))
    if kind == "markdown" and isinstance(cell.get("attachments"), dict):
        made.attachments = clean_attachments(cell["attachments"])
    return made
