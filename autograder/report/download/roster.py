"""Whom a platform means: from its ids and names to nbgrader's student ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from autograder.grading.submission.folder import is_junk
from autograder.report.download.names import Who

# The column with nbgrader's id: the first of these that a roster has.
ID_COLUMNS = (
    *("student_id", "id", "SIS Login ID", "Username", "SID", "SIS User ID", "ID number"),
    *("Email address", "Email", "ID"),
)
_FIRST = ("first_name", "First name", "First Name")
_LAST = ("last_name", "Last name", "Last Name", "Surname")
_FULL = ("Student", "Full name", "Name", "name")
#: Other columns may hold what a student wrote.
_IDS = (*ID_COLUMNS, "lms_user_id", "email")
_PARTICIPANT = re.compile(r"\D*(\d+)\Z")  # "Participant 501", in Moodle's column Identifier


class NoRoster(Exception):
    """The table of students is none; the message says what it should hold."""


class Roster:
    """Knows students by everything that a platform may call them.

    Parameters
    ----------
    trusted : bool
        Whether somebody who is not on it goes by the first id that the platform gives.
    """

    def __init__(self, trusted: bool = False) -> None:
        self._trusted = trusted
        self._by_id: dict[str, set[str]] = {}
        self._by_name: dict[str, set[str]] = {}

    def add(self, student: str, ids: Iterable[str], names: Iterable[str]) -> None:
        """Add a student under ids and names; what two of them share tells nobody."""
        for key in {_plain(one) for one in (student, *ids)} - {""}:
            self._by_id.setdefault(key, set()).add(student)
        for key in {letters(one) for one in names} - {""}:
            self._by_name.setdefault(key, set()).add(student)

    def add_table(self, rows: Sequence[Sequence[str]], known: Iterable[str] = ()) -> None:
        """Add the rows of a CSV file: a platform's, nbgrader's, or one with ``student_id``.

        Raises
        ------
        NoRoster
            If no column holds ids.
        """
        head = [name.strip() for name in rows[0]]
        column = next((name for name in ID_COLUMNS if name in head), None)
        if column is None:
            raise NoRoster(
                f"the roster has no column with ids; found {', '.join(head[:8])}; expected "
                f"student_id, or one of {', '.join(ID_COLUMNS[2:])}"
            )
        there = set(known)
        for row in rows[1:]:
            cell = {name: text.strip() for name, text in zip(head, row, strict=False)}
            ids = [cell[name] for name in _IDS if cell.get(name)]
            student = cell.get(column) or next((cell[c] for c in ID_COLUMNS if cell.get(c)), "")
            # who is on nbgrader's list already keeps the id that stands there
            student = next((one for one in ids if one in there), student)
            if student and not student.startswith("Points Possible"):
                number = _PARTICIPANT.match(cell.get("Identifier", ""))
                self.add(student, [*ids, number[1] if number else ""], _names(cell))

    def find(self, who: Who) -> tuple[str, str]:
        """Return (student id, "") or ("", why there is none)."""
        for key in map(_plain, who.ids):
            found = self._by_id.get(key, set())
            if len(found) == 1:
                return next(iter(found)), ""
        found = self._by_name.get(letters(who.name), set())
        if len(found) == 1:
            return next(iter(found)), ""
        if found:
            return "", f"{len(found)} students are called {who.name!r}"
        first = next((one for one in who.ids if one), "")
        return (first, "") if self._trusted and first else ("", f"nobody is known as {who}")


def refusal(student: str) -> str:
    """Say why a text cannot be the name of a student's folder; empty if it can."""
    if not student or not student.isprintable() or len(student.encode()) > 200:
        return "the id is empty, too long, or cannot be printed"
    if student.startswith(".") or set(student) & set("/\\:\0") or is_junk(student):
        return f"the id {student!r} cannot be the name of a folder"
    return ""


def letters(name: str) -> str:
    """A name as it can be compared: Canvas leaves out blanks, commas and capitals."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in plain if c.isalnum())


def _plain(text: str) -> str:
    return text.strip().casefold()


def _names(cell: Mapping[str, Any]) -> list[str]:
    """Both orders of a student's name."""
    first = next((cell[c] for c in _FIRST if cell.get(c)), "")
    last = next((cell[c] for c in _LAST if cell.get(c)), "")
    found = [f"{last} {first}", f"{first} {last}"] if first or last else []
    for full in (cell[c] for c in _FULL if cell.get(c)):
        after, comma, before = full.partition(",")
        found += [full, f"{before} {after}"] if comma else [full, " ".join(full.split()[::-1])]
    return found
