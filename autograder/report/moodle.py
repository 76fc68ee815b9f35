"""Export to Moodle: the grading worksheet of an assignment, filled in, or a gradebook CSV."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.report.classbook import ClassBook, Submission
from autograder.report.files import to_csv

GRADE, COMMENT, BEST = "Grade", "Feedback comments", "Maximum Grade"
WHO = ("ID number", "Email address", "Username", "Full name", "Identifier")


def to_moodle(book: ClassBook, worksheet: Sequence[Sequence[str]] | None = None) -> str:
    """Return the CSV text.

    Parameters
    ----------
    book : ClassBook
    worksheet : rows of text, optional
        The grading worksheet as Moodle offered it for download. Its columns and rows stay as they
        are (Moodle refuses others); the columns for grade and comment are filled in. Without it,
        a file for Moodle's gradebook import: ID number, Email address, Grade, Feedback comments.

    Raises
    ------
    ValueError
        If the worksheet is not Moodle's, or its maximum grade is not the assignment's.
    """
    if worksheet is None:
        head: list[object] = ["ID number", "Email address", "Full name", GRADE, COMMENT]
        return to_csv([head, *([*_who(one), one.score, comment(one)] for one in book.submissions)])
    return to_csv(_filled(book, worksheet))


def _who(one: Submission) -> list[object]:
    return [one.lms_id or one.student, one.email, f"{one.first_name} {one.last_name}".strip()]


def _filled(book: ClassBook, worksheet: Sequence[Sequence[str]]) -> list[list[object]]:
    head = [name.strip() for name in worksheet[0]]
    missing = [name for name in ("Identifier", GRADE) if name not in head]
    if missing:
        raise ValueError(
            f"the worksheet has no column {', '.join(missing)}: download it from Moodle "
            "(Submissions, Download grading worksheet), in English"
        )
    found = _index(book)
    rows: list[list[object]] = [list(head)]
    for line in worksheet[1:]:
        filled: list[object] = [*line, *[""] * (len(head) - len(line))]
        cell = dict(zip(head, line, strict=False))
        one = next((found[k] for k in (cell.get(w, "") for w in WHO) if k and k in found), None)
        if one is not None:
            filled[head.index(GRADE)] = _scaled(one, cell.get(BEST, ""))
            if COMMENT in head:
                filled[head.index(COMMENT)] = comment(one)
        rows.append(filled)
    return rows


def _scaled(one: Submission, best: str) -> float:
    """Points on Moodle's scale, if its maximum grade is another one than ours."""
    try:
        factor = float(best.replace(",", ".")) / one.max_score if best else 1.0
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"the worksheet's maximum grade is {best!r}, expected a number") from None
    return one.score * factor


def _index(book: ClassBook) -> dict[str, Submission]:
    """Submissions by what a student may be known by; what two students share is left out."""
    found: dict[str, list[Submission]] = {}
    for one in book.submissions:
        full = f"{one.first_name} {one.last_name}".strip()
        for key in {one.student, one.lms_id, one.email, full} - {""}:
            found.setdefault(key, []).append(one)
    return {key: who[0] for key, who in found.items() if len(who) == 1}


def comment(one: Submission) -> str:
    """What a student is told in a line: what does not hold yet, and the mistakes recognised."""
    if one.unreadable:
        return one.unreadable
    wrong = list(dict.fromkeys(a.function for a in one.tested() if not a.held))
    named = dict.fromkeys(str(said["title"]) for a in one.tested() for said in a.diagnosis)
    if not wrong:
        return "Every property holds."
    told = f"Not everything holds yet in {', '.join(wrong)}."
    return told + (f" Recognised: {'; '.join(named)}." if named else "")


def strangers(book: ClassBook, worksheet: Sequence[Sequence[str]]) -> list[str]:
    """Students with a score whom the worksheet does not know."""
    cells = {cell for line in worksheet for cell in line if cell}
    index = _index(book)
    return [
        s.student for s in book.submissions if not any(index[k] is s for k in cells & set(index))
    ]
