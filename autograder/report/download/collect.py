"""Collect a download: each student's files to ``submitted``, and the rest aside, with reasons."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.grading.folders import folder_of
from autograder.grading.submission.archive import Member, odd_path
from autograder.grading.submission.folder import is_junk
from autograder.grading.submission.read import MAX_BYTES, Unreadable, read_bytes
from autograder.report.download.names import (
    GradescopeNames,
    Names,
    Piece,
    is_metadata,
    without_number,
)
from autograder.report.download.open import about_submissions, opened, require_room
from autograder.report.download.roster import Roster, refusal

MAX_STUDENT = 400 << 20  # bytes of one student's files
_STAMP = "timestamp.txt"


@dataclass
class Collected:
    """What collecting a download came to.

    Attributes
    ----------
    new, replaced, unchanged : list of str
        Students by what stood in ``submitted`` before.
    late : list of str
        Students whom the platform calls late without saying when they handed in.
    aside : list of (str, str)
        Paths in the download that are nobody's, and why.
    folder : Path
        Where those, and what was replaced, are kept.
    """

    folder: Path
    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class _Student:
    files: dict[str, tuple[int, Member]] = field(default_factory=dict)
    moment: datetime | None = None
    late: bool = False


def collect(
    course: Any, assignment: str, download: Path, names: Names, roster: Roster, notebooks: set[str]
) -> Collected:
    """Put a download into ``submitted``; nothing that stood there before is lost.

    Parameters
    ----------
    course : nbgrader.coursedir.CourseDirectory
    download : Path
        The zip file, or the folder that a browser has unpacked it to.
    notebooks : set of str
        File names of the assignment's notebooks.

    Raises
    ------
    NoDownload
        If it is no archive and no folder, or there is no room for what it holds.
    """
    done = Collected(Path(course.root, "downloaded", assignment))
    with opened(download) as found:
        require_room(found, Path(course.root))
        gradescope = isinstance(names, GradescopeNames)
        about = about_submissions(found) if gradescope else {}
        students: dict[str, _Student] = {}
        for member in found:
            path = PurePosixPath(member.name)
            if any(map(is_junk, path.parts)) or (gradescope and is_metadata(member.name)):
                continue
            for one, why in _sort(member, names, about, roster, notebooks, students):
                done.aside.append((one.name, why))
                _keep(one, done.folder / "aside")
        for student, handed_in in sorted(students.items()):
            _write(course, assignment, student, handed_in, done)
    return done


def _sort(
    member: Member,
    names: Names,
    about: dict[str, Any],
    roster: Roster,
    notebooks: set[str],
    students: dict[str, _Student],
) -> Iterator[tuple[Member, str]]:
    """Give a file to the students whose it is; yield what is nobody's, and why."""
    if member.odd:
        yield member, member.odd
        return
    piece = names.read(member.name, about)
    if piece is None:
        example = f", such as {names.example}" if names.example else ""
        yield member, f"its path is not of the kind of {names.platform}{example}"
        return
    if odd := odd_path(piece.name):
        yield member, odd
        return
    for who in piece.who:
        student, why = roster.find(who)
        why = why or refusal(student)
        if why:
            yield member, why
            continue
        left, why = _add(students.setdefault(student, _Student()), piece, member, notebooks)
        if why:
            yield left, f"{student}: {why}"


def _add(
    student: _Student, piece: Piece, member: Member, notebooks: set[str]
) -> tuple[Member, str]:
    """Add a file, or the later one of two of its name; return what is left, and why."""
    name = without_number(PurePosixPath(piece.name).as_posix(), notebooks)
    if name.lower() == _STAMP:  # which would be taken for the time of handing in
        return member, "a time stamp counts from the platform alone, not from a student"
    before = student.files.get(name)
    room = MAX_STUDENT - sum(m.size for _, m in student.files.values())
    if member.size > min(MAX_BYTES, room):
        return member, f"it is too large ({member.size >> 20} MB)"
    student.late |= piece.late
    if piece.moment and (student.moment is None or piece.moment > student.moment):
        student.moment = piece.moment
    if before is not None and before[0] >= piece.order:
        return member, f"an earlier attempt; {before[1].name!r} was taken"
    student.files[name] = (piece.order, member)
    if before is not None:
        return before[1], f"an earlier attempt; {member.name!r} was taken"
    return member, ""


def _write(course: Any, assignment: str, student: str, one: _Student, done: Collected) -> None:
    target = folder_of(course, course.submitted_directory, student, assignment)
    target.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(prefix=".collected-", dir=target.parent))
    try:
        half.chmod(0o755)
        for name, (_, member) in one.files.items():
            try:
                _save(half / name, member.read())
            except (Unreadable, OSError) as error:
                done.aside.append((member.name, f"{student}: {error}"))
        if one.moment is not None:
            _save(half / _STAMP, f"{one.moment:%Y-%m-%d %H:%M:%S.%f} UTC".encode())
        if not any(half.iterdir()):
            return
        if target.exists() and _content(target) == _content(half):
            done.unchanged.append(student)
            return
        if target.exists():
            _move(target, done.folder / "replaced" / student)
            done.replaced.append(student)
        else:
            done.new.append(student)
        half.rename(target)
        if one.late and one.moment is None:
            done.late.append(student)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _content(folder: Path) -> dict[str, bytes]:
    """The files in a folder by path; what is no plain file counts as different."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            with contextlib.suppress(OSError, Unreadable):
                found[str(path.relative_to(folder))] = read_bytes(path)
                continue
            found[str(path.relative_to(folder))] = b"?" + os.urandom(8)
    return found


def _move(folder: Path, target: Path) -> None:
    """Keep what stood there, under a number of its own."""
    target.mkdir(parents=True, exist_ok=True)
    number = next(n for n in range(1, 10**6) if not (target / str(n)).exists())
    shutil.move(folder, target / str(number))


def _keep(member: Member, folder: Path) -> None:
    """Keep a file that is nobody's where an instructor finds it, if it can be read."""
    if not member.odd:
        with contextlib.suppress(Unreadable, OSError):
            _save(folder / member.name, member.read())


def _save(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
