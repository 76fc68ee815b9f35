"""What lies in a folder that a student handed in, and what is no part of it."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.grading.submission.archive import is_archive, members
from autograder.grading.submission.read import MAX_BYTES, Unreadable, is_plain, read_bytes

MAX_FILES = 200
MAX_TOTAL = 20 << 20
_MAX_ARCHIVES = 4  # each is unpacked into memory
_CHECKPOINTS = ".ipynb_checkpoints"
# What stands in a folder without anybody's doing; of the first row nobody need be told.
QUIET = (_CHECKPOINTS, "__pycache__")
_JUNK = (".DS_Store", "__MACOSX", "Thumbs.db", "desktop.ini", ".directory", *QUIET)
_STAMP = "timestamp.txt"


@dataclass(frozen=True)
class File:
    """A file in a submission; in an archive its path goes on behind the archive's name."""

    path: str
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def place(self) -> str:
        """The folder or archive that it lies in; empty for the submission's own folder."""
        above = str(PurePosixPath(self.path).parent)
        return "" if above == "." else above


def is_junk(name: str) -> bool:
    """Whether an operating system or an editor put an entry of this name into the folder."""
    return name.startswith(("._", ".Trash")) or name in _JUNK


def may_be_notebook(name: str) -> bool:
    """Whether a file may hold a notebook: browsers save ``x.ipynb.txt`` and ``x.ipynb.json``."""
    lower = name.lower()
    return ".ipynb" in lower or lower.endswith(".json")


def plain_files(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    """Yield path in the folder and place of every plain file that is no junk."""
    for path in walk(folder):
        name = path.relative_to(folder)
        if not any(map(is_junk, name.parts)) and is_plain(path, root) and _is_open(path):
            yield name.as_posix(), path


def checkpoints(folder: Path, root: Path) -> list[File]:
    """List the copies of notebooks that Jupyter made on its own."""
    found = sorted(folder.glob(f"**/{_CHECKPOINTS}/*.ipynb"))[:MAX_FILES]
    return [_file(p.relative_to(folder).as_posix(), p) for p in found if is_plain(p, root)]


def notebooks(folder: Path, root: Path) -> list[File]:
    """List the files that may hold a notebook, those of the folder itself first."""
    found = [_file(n, p) for n, p in plain_files(folder, root) if may_be_notebook(n)]
    return sorted(found, key=lambda file: (file.path.count("/"), file.path))


def packed(folder: Path, root: Path) -> tuple[list[File], list[str]]:
    """List the files in a submission's archives, and say which archives cannot be opened."""
    found: list[File] = []
    failed: list[str] = []
    archives = [(name, path) for name, path in plain_files(folder, root) if is_archive(name)]
    for name, path in archives[:_MAX_ARCHIVES]:
        try:
            found += _unpacked(name, path)
        except (Unreadable, OSError) as error:
            failed.append(f"{name[:80]!r} could not be looked into: {error}")
    failed += [f"{name[:80]!r} is one archive too many" for name, _ in archives[_MAX_ARCHIVES:]]
    return found, failed


def _unpacked(name: str, path: Path) -> list[File]:
    data = read_bytes(path)
    if len(data) > MAX_BYTES:
        raise Unreadable(f"it is larger than {MAX_BYTES >> 20} MB")
    listed = [m for m in members(name, io.BytesIO(data), len(data)) if not m.odd]
    inside = [m for m in listed if not any(map(is_junk, PurePosixPath(m.name).parts))]
    return [File(f"{name}/{PurePosixPath(m.name)}", m.read) for m in inside]


def fingerprint(folder: Path, root: Path) -> str:
    """Return a hash of what was handed in; the time stamp is no part of it."""
    made = hashlib.sha256()
    for name, path in plain_files(folder, root):
        if name != _STAMP:
            with suppress(OSError, Unreadable):
                content = hashlib.sha256(read_bytes(path)).hexdigest()
                made.update(f"{name}\0{content}\n".encode("utf-8", "surrogateescape"))
    return made.hexdigest()


def unsafe_entries(folder: Path) -> list[Path]:
    """List what cannot be copied: links, pipes, sockets, devices, locked and very large files."""
    entries = (p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir())
    return [p for p in entries if not is_harmless(p)]


def walk(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))[: 10 * MAX_FILES]


def _file(name: str, path: Path) -> File:
    return File(name, lambda: read_bytes(path))


def is_harmless(path: Path) -> bool:
    return _is_open(path) and path.lstat().st_size <= MAX_TOTAL


def _is_open(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and os.access(path, os.R_OK, follow_symlinks=False)
