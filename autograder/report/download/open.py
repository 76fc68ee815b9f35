"""Open what was downloaded: an archive, or the folder that a browser has unpacked it to."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from autograder.grading.submission.archive import MAX_MEMBERS, Member, is_archive, members
from autograder.grading.submission.read import Unreadable
from autograder.report.download.names import is_metadata, read_metadata


class NoDownload(Exception):
    """What was downloaded cannot be read at all; the message says why."""


@contextlib.contextmanager
def opened(download: Path) -> Iterator[list[Member]]:
    if download.is_dir():
        yield _in_folder(download)
        return
    if not download.exists():
        raise NoDownload(f"there is no file {download}")
    if not is_archive(download.name):
        raise NoDownload(f"{download} is no archive that is opened here (zip, tar, tar.gz)")
    try:
        with download.open("rb") as file:
            yield members(download.name, file, download.stat().st_size)
    except Unreadable as error:
        raise NoDownload(f"{download}: {error}") from error


def _in_folder(folder: Path) -> list[Member]:
    """List the files of a download that is unpacked already."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir()]
    if len(paths) > MAX_MEMBERS:
        raise NoDownload(f"{folder} holds {len(paths)} files; at most {MAX_MEMBERS} are read")
    found = []
    for path in paths:
        odd = "" if path.is_file() and not path.is_symlink() else "it is a link or a device"
        size = path.lstat().st_size
        name = path.relative_to(folder).as_posix()
        found.append(Member(name, size, odd, path.read_bytes))
    return found


def about_submissions(found: Sequence[Member]) -> dict[str, Any]:
    """Read what Gradescope says of its submissions, if the download has it."""
    for member in found:
        if is_metadata(member.name) and not member.odd:
            try:
                return read_metadata(member.read())
            except (ValueError, Unreadable) as error:
                raise NoDownload(str(error)) from error
    return {}


def require_room(found: Sequence[Member], root: Path) -> None:
    needed, free = sum(member.size for member in found), shutil.disk_usage(root).free
    if 2 * needed > free:
        raise NoDownload(
            f"the download holds {needed >> 20} MB when it is unpacked, and {root} has room for "
            f"{free >> 20} MB"
        )
