"""The files beside a notebook: those that go into its working folder, and those left aside."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath

from autograder.grading.submission.folder import (
    MAX_FILES,
    MAX_TOTAL,
    QUIET,
    File,
    is_harmless,
    is_junk,
    notebooks,
    packed,
    walk,
)
from autograder.grading.submission.read import Unreadable, is_plain, read_bytes


def data_files(folder: Path, root: Path, inside: Iterable[str] = ()) -> dict[str, bytes]:
    """Read the plain files beside a notebook, by their path in the folder.

    Parameters
    ----------
    inside : iterable of str
        Folders or archives in which a notebook was found; what lies beside it there is given the
        path that it has from there as well.
    """
    files = _sorted_out(folder, root)[0]
    for place in filter(None, inside):
        found = dict(files)
        if not (folder / place).is_dir():
            found = _data_of(packed(folder, root)[0], place)
        start = f"{place}/"
        moved = {n.removeprefix(start): data for n, data in found.items() if n.startswith(start)}
        files = together(moved, files)
    return files


def together(files: dict[str, bytes], above: dict[str, bytes]) -> dict[str, bytes]:
    """Join files by their paths; those `above` win, also over a folder of the same name."""
    folders = {str(p) for name in above for p in PurePosixPath(name).parents}
    taken = folders | above.keys()
    kept = {
        name: data
        for name, data in files.items()
        if name not in taken and not any(str(p) in above for p in PurePosixPath(name).parents)
    }
    return kept | above


def left_aside(folder: Path, root: Path, used: Iterable[str]) -> list[str]:
    """Say in one line, or none, which entries of a submission grading does not look at.

    Parameters
    ----------
    used : iterable of str
        Paths of the notebooks that were graded.
    """
    taken = set(used)
    aside = _sorted_out(folder, root)[1]
    others = (file.path for file in notebooks(folder, root) if ".ipynb" in file.name.lower())
    aside += [path for path in others if path not in taken]
    if not aside:
        return []
    told = ", ".join(repr(name[:60]) for name in aside[:4])
    more = f" and {len(aside) - 4} more" if len(aside) > 4 else ""
    return [f"left aside, no part of the assignment or not readable: {told}{more}"]


def _data_of(files: list[File], place: str) -> dict[str, bytes]:
    """Read what lies beside a notebook in an archive, as far as there is room."""
    found: dict[str, bytes] = {}
    room = MAX_TOTAL
    for file in files:
        beside = file.path.startswith(f"{place}/") and not file.name.endswith(".ipynb")
        if beside and len(found) < MAX_FILES and room > 0:
            with suppress(Unreadable):
                data = file.read()
                room -= len(data)
                if room >= 0:
                    found = together({file.path: data}, found)
    return found


def _sorted_out(folder: Path, root: Path) -> tuple[dict[str, bytes], list[str]]:
    """Read what can be read, and list the rest by name; a folder of junk counts once."""
    files: dict[str, bytes] = {}
    aside: dict[str, None] = {}
    total = 0
    for path in walk(folder):
        name = path.relative_to(folder)
        junk = [n for n, part in enumerate(name.parts) if is_junk(part)]
        if junk:
            top = Path(*name.parts[: junk[0] + 1])
            if top.name not in QUIET:
                aside[str(top)] = None
        elif path.suffix == ".ipynb" or (path.is_dir() and not path.is_symlink()):
            continue
        elif not is_plain(path, root) or not is_harmless(path):
            aside[str(name)] = None
        elif total + path.lstat().st_size > MAX_TOTAL or len(files) >= MAX_FILES:
            aside[f"{name} (too many or too large)"] = None
        else:
            files[str(name)] = read_bytes(path)
            total += len(files[str(name)])
    return files, list(aside)
