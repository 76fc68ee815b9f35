"""Export to Canvas: the CSV file that its gradebook imports."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.report.classbook import ClassBook, Submission
from autograder.report.files import to_csv

WHO = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
# The row below the headings; Canvas knows it by these four spaces.
POINTS = "    Points Possible"


def to_canvas(
    book: ClassBook, roster: Sequence[Sequence[str]] | None = None, title: str | None = None
) -> str:
    """Return the CSV text.

    Parameters
    ----------
    book : ClassBook
    roster : rows of text, optional
        The gradebook as Canvas exported it: its students keep the ids that Canvas gave them, and
        they are found by SIS login, SIS id, Canvas id or name. Without it the ids are those on
        nbgrader's list of students.
    title : str, optional
        Heading of the column, ``Name (id)``. Canvas makes a new assignment of a heading without a
        known id.

    Raises
    ------
    ValueError
        If the roster is no Canvas gradebook; the message says what is missing.
    """
    heading = title or book.assignment
    rows: list[list[object]] = [[*WHO, heading], [POINTS, "", "", "", "", book.max_score]]
    if roster is None:
        rows += [[*_who(submission), submission.score] for submission in book.submissions]
    else:
        rows += _by_roster(book, roster)
    return to_csv(rows)


def _who(one: Submission) -> list[object]:
    return [one.name, one.lms_id, "", one.student, ""]


def _by_roster(book: ClassBook, roster: Sequence[Sequence[str]]) -> list[list[object]]:
    """One row for each student of the roster that handed something in, with Canvas's own ids."""
    head = [name.strip() for name in roster[0]]
    missing = [name for name in ("Student", "ID", "Section") if name not in head]
    if missing:
        raise ValueError(f"the roster is no Canvas gradebook: no column {', '.join(missing)}")
    places = [head.index(name) if name in head else None for name in WHO]
    scores = _index(book)
    rows: list[list[object]] = []
    for line in roster[1:]:
        who = [line[p] if p is not None and p < len(line) else "" for p in places]
        keys = (who[3], who[2], who[1], who[0])
        score = next((scores[key] for key in keys if key and key in scores), None)
        if score is not None:
            rows.append([*who, score])
    return rows


def _index(book: ClassBook) -> dict[str, float]:
    """Scores by everything a student may be known by; what two students share is left out."""
    found: dict[str, set[str]] = {}
    for one in book.submissions:
        for key in filter(None, (one.student, one.lms_id, one.email, one.name)):
            found.setdefault(key, set()).add(one.student)
    scores = {one.student: one.score for one in book.submissions}
    return {key: scores[next(iter(who))] for key, who in found.items() if len(who) == 1}


def strangers(book: ClassBook, roster: Sequence[Sequence[str]]) -> list[str]:
    """Students with a score whom the roster does not know."""
    cells = {cell for line in roster for cell in line if cell}
    known = ((one.student, one.lms_id, one.email, one.name) for one in book.submissions)
    return [names[0] for names in known if not cells & set(filter(None, names))]
