"""How Canvas, Moodle and Gradescope name the files of a download.

These are plug-ins of ``nbgrader zip_collect`` as well: ``c.ZipCollectApp.collector_plugin =
"autograder.report.download.names.CanvasNames"``. There ``student_id`` is the platform's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

import yaml
from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import Unicode, default

METADATA = "submission_metadata.yml"
_NUMBERED = re.compile(r"(.+)-\d+(\.[^.]+)\Z")


@dataclass(frozen=True)
class Who:
    """A student as a platform knows them: any of these may be empty.

    Attributes
    ----------
    ids : tuple of str
        Numbers or names of an account, the surest first; an email address too.
    name : str
        In whatever order and spelling.
    """

    ids: tuple[str, ...]
    name: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, *self.ids)))


@dataclass(frozen=True)
class Piece:
    """One file of a download.

    Attributes
    ----------
    who : tuple of Who
        Several for the work of a group.
    name : str
        Its path in what was handed in.
    order : int
        The larger, the later it was uploaded.
    late : bool
        Whether the platform says so.
    moment : datetime or None
        When it was handed in, in UTC without a zone, if the platform says so.
    """

    who: tuple[Who, ...]
    name: str
    order: int = 0
    late: bool = False
    moment: datetime | None = None


def is_metadata(path: str) -> bool:
    """Whether it is the file that Gradescope adds, and none that a student handed in."""
    folder, _, name = path.rpartition("/")
    return name == METADATA and not re.search(r"(?:^|/)submission_\d+(?:/|$)", folder)


class Names(FileNameCollectorPlugin):  # type: ignore[misc]
    """Reads whose a file is from its path in a download."""

    platform = "the course's own pattern (c.FileNameCollectorPlugin.named_regexp)"
    example = ""

    def read(self, path: str, about: Mapping[str, Any]) -> Piece | None:
        """Return what a path says, or None if it is not of this kind.

        Parameters
        ----------
        path : str
            In the download, with ``/`` between folders.
        about : mapping
            What the download says of its submissions, by their folders (Gradescope).
        """
        found = self.parts(path)
        if not found.get("student_id"):
            return None
        parts = (found.get("first_name"), found.get("last_name"))
        ids = (found["student_id"], found.get("email") or "")
        name = " ".join(filter(None, (*parts, found.get("name"))))
        file = found.get("file_id") or path.rpartition("/")[2]
        if "." not in file and not path.endswith(file):  # nbgrader's patterns leave the ending out
            file += PurePosixPath(path).suffix
        order = int(found["order"]) if (found.get("order") or "").isdigit() else 0
        return Piece((Who(ids, name),), file, order, bool(found.get("late")))

    def parts(self, path: str) -> dict[str, str]:
        """Return the named groups of the pattern; empty where it does not match."""
        found = re.match(self.named_regexp, path) if self.named_regexp else None
        return {name: part or "" for name, part in found.groupdict().items()} if found else {}


class CanvasNames(Names):
    """``doejane_LATE_4711_815_work-1.ipynb``: name, user id, number of the file, its name."""

    platform = "Canvas"
    example = "doejane_LATE_4711_815_work.ipynb"
    named_regexp = Unicode().tag(config=True)

    @default("named_regexp")
    def _pattern(self) -> str:
        return (
            r"(?:.*/)?(?P<name>[^/]+?)(?:_(?P<late>LATE))?_(?P<student_id>\d+)"
            r"_(?:(?P<order>\d+)_)?(?P<file_id>[^/]+)\Z"
        )


class MoodleNames(Names):
    """``Jane Doe_4711_assignsubmission_file_/work.ipynb``, in folders or not."""

    platform = "Moodle"
    example = "Jane Doe_4711_assignsubmission_file_/work.ipynb"
    named_regexp = Unicode().tag(config=True)

    @default("named_regexp")
    def _pattern(self) -> str:
        return (
            r"(?:.*/)?(?P<name>[^/]+)_(?P<student_id>\d+)_assignsubmission_"
            r"(?:file|onlinetext)(?:_?/|_)(?P<file_id>.+)\Z"
        )


class GradescopeNames(Names):
    """``assignment_1_export/submission_4711/work.ipynb``, and a file that says whose it is."""

    platform = "Gradescope"
    example = "assignment_1_export/submission_4711/work.ipynb"
    named_regexp = Unicode().tag(config=True)

    @default("named_regexp")
    def _pattern(self) -> str:
        return r"(?:.*/)?(?P<folder>submission_(?P<student_id>\d+))/(?P<file_id>.+)\Z"

    def read(self, path: str, about: Mapping[str, Any]) -> Piece | None:
        found = self.parts(path)
        if not found:
            return None
        told = about.get(found["folder"])
        told = told if isinstance(told, dict) else {}
        people = told.get(":submitters")
        who = tuple(_submitter(one) for one in people or () if isinstance(one, dict))
        moment = told.get(":created_at")
        moment = moment.get("utc") if isinstance(moment, dict) else moment
        number = int(found["student_id"])
        return Piece(
            who or (Who((), found["folder"]),),
            found["file_id"],
            number,
            moment=_utc(moment) if isinstance(moment, datetime) else None,
        )


def _submitter(told: Mapping[str, Any]) -> Who:
    ids = (str(told.get(key) or "").strip() for key in (":sid", ":email"))
    return Who(tuple(ids), str(told.get(":name") or ""))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


class _Loader(yaml.SafeLoader):  # type: ignore[misc,unused-ignore]
    """Makes plain data alone; an object of Ruby's, such as a time with its zone, is a table."""


_Loader.add_multi_constructor(
    "!ruby/", lambda loader, _, node: loader.construct_mapping(node, deep=True)
)


def read_metadata(content: bytes) -> dict[str, Any]:
    """Read Gradescope's ``submission_metadata.yml``.

    Raises
    ------
    ValueError
        If it is not YAML, or no table of submissions.
    """
    try:
        found = yaml.load(content.decode("utf-8-sig"), _Loader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"{METADATA} cannot be read: {str(error)[:200]}") from error
    if not isinstance(found, dict):
        raise ValueError(f"{METADATA} is no table of submissions")
    return {str(key): value for key, value in found.items()}


def without_number(name: str, known: set[str]) -> str:
    """Take off the ``-1`` with which Canvas marks a file of a name that it has already."""
    numbered = _NUMBERED.match(name)
    plain = numbered[1] + numbered[2] if numbered else name
    return plain if plain in known and name not in known else name
