"""Look into an archive that somebody else made: bounded, and nothing is unpacked to a disk."""

from __future__ import annotations

import bz2
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from autograder.grading.submission.read import MAX_BYTES, Unreadable

ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
# Known by name only: nothing here opens them.
OTHER_ENDINGS = (".7z", ".rar", ".gz", ".bz2", ".xz")
MAX_MEMBERS = 20_000
MAX_UNPACKED = 400 << 20  # bytes of a tar archive
_ENTRY = b"PK\x01\x02"  # begins each entry of a zip archive's table of contents
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Member:
    """One file in an archive.

    Attributes
    ----------
    name : str
        Its path in the archive, relative and without ``..``.
    size : int
        Bytes, as the archive says; `read` gives no more than that.
    odd : str
        Why it is left alone: its path leads elsewhere, or it is a link. Empty for a plain file.
    """

    name: str
    size: int
    odd: str
    _read: Callable[[], bytes]

    def read(self) -> bytes:
        """Return its content.

        Raises
        ------
        Unreadable
            If it is damaged, encrypted, larger than a notebook may be, or no plain file.
        """
        if self.odd or self.size > MAX_BYTES:
            raise Unreadable(self.odd or f"it is larger than {MAX_BYTES >> 20} MB")
        try:
            data = self._read()
        except Exception as error:  # whatever zipfile, zlib and tarfile raise on damaged data
            raise Unreadable(f"it cannot be taken out of the archive: {error}"[:200]) from error
        if len(data) > self.size:
            raise Unreadable("it is larger than the archive says")
        return data


def is_archive(name: str) -> bool:
    """Whether a file of this name can be looked into here."""
    return name.lower().endswith(ENDINGS)


def members(name: str, file: Any, size: int) -> list[Member]:
    """List the files in an archive, not its folders.

    Parameters
    ----------
    name : str
        The archive's name, whose ending says how it is packed.
    file : binary file
        Open for reading, at its beginning; it stays open as long as members are read.
    size : int
        Its bytes.

    Raises
    ------
    Unreadable
        If it is damaged, or too large when it is unpacked.
    """
    try:
        found = list(_zipped(file) if name.lower().endswith(".zip") else _tarred(name, file, size))
    except Unreadable:
        raise
    except Exception as error:  # whatever zipfile and tarfile raise on a file that is none
        raise Unreadable(f"the archive cannot be opened: {error}"[:200]) from error
    return found


def _zipped(file: Any) -> Iterator[Member]:
    if sum(block.count(_ENTRY) for block in iter(lambda: file.read(1 << 24), b"")) > MAX_MEMBERS:
        raise Unreadable(f"the archive holds more than {MAX_MEMBERS} files")
    file.seek(0)
    archive = zipfile.ZipFile(file)
    for info in archive.infolist():
        if info.is_dir():
            continue
        odd = odd_path(info.filename)
        if stat.S_ISLNK(info.external_attr >> 16):
            odd = "it is a symbolic link"
        elif info.flag_bits & 1:
            odd = "it is protected by a password"
        elif info.compress_type not in _PLAIN:
            odd = "it is packed in a way that is not read here; pack it as a plain zip"
        yield Member(_decoded(info), info.file_size, odd, _unzip(archive, info))


def _unzip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        with archive.open(info) as member:
            return member.read(info.file_size + 1)

    return read


def _decoded(info: zipfile.ZipInfo) -> str:
    """The name; macOS writes UTF-8 without saying so, and zipfile reads it as cp437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _tarred(name: str, file: Any, size: int) -> Iterator[Member]:
    if size > MAX_BYTES:
        raise Unreadable(f"the archive is larger than {MAX_BYTES >> 20} MB")
    data = _unpacked(name.lower(), file.read(size))
    if len(data) > MAX_UNPACKED:
        raise Unreadable(f"the archive holds more than {MAX_UNPACKED >> 20} MB")
    archive = tarfile.TarFile(fileobj=io.BytesIO(data))
    for count, info in enumerate(archive):
        if count >= MAX_MEMBERS:
            raise Unreadable(f"the archive holds more than {MAX_MEMBERS} files")
        if info.isdir():
            continue
        odd = odd_path(info.name) if info.isreg() else "it is a link or a device"
        yield Member(info.name.removeprefix("./"), info.size, odd, _untar(archive, info))


def _untar(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        member = archive.extractfile(info)
        return b"" if member is None else member.read(info.size)

    return read


def _unpacked(name: str, data: bytes) -> bytes:
    """Decompress, and stop where it gets too large."""
    most = MAX_UNPACKED + 1
    if name.endswith((".gz", ".tgz")):
        return zlib.decompressobj(31).decompress(data, most)  # 31: with the header of gzip
    if name.endswith(".bz2"):
        return bz2.BZ2Decompressor().decompress(data, most)
    if name.endswith(".xz"):
        return lzma.LZMADecompressor(memlimit=256 << 20).decompress(data, most)
    return data


def odd_path(name: str) -> str:
    """Say why a path must not be used; on Windows a backslash separates too."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    outside = not parts or parts[0] == "/" or ".." in parts or ":" in parts[0]
    if outside or len(name) > 1000 or not name.isprintable():
        return "its path leads out of the archive, or cannot be printed"
    return ""
