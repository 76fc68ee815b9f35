"""Make an exam: sheets and key as pages to print, and the same questions for nbgrader."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from autograder.authoring.to_notebook import dumps, to_notebook
from autograder.concept_keys.named import PREFIX, asked_of
from autograder.exam.choose import choose
from autograder.exam.failed import ExamFailed
from autograder.exam.notebook import exam_cells
from autograder.exam.pages import Item, key_page, sheet_page
from autograder.new_course import SETTINGS

NAME = "exam"


def make_exam(
    folder: Path,
    units: Sequence[str],
    count: int,
    seed: str,
    students: Sequence[str] = (),
    title: str = "Exam",
) -> list[str]:
    """Make the folder of an exam; the same arguments give the same bytes.

    Parameters
    ----------
    folder : Path
        Where; it must not be there yet.
    units : sequence of str
        Such as ``["04", "07"]``.
    count : int
        How many questions.
    seed : str
        What questions and numbers are drawn from.
    students : sequence of str
        Ids; each gets other numbers. Without any there is one sheet for all.

    Returns
    -------
    list of str
        The names of the questions.

    Raises
    ------
    ExamFailed
        If the folder is there, or no such exam can be made; nothing was written.
    """
    if folder.exists():
        raise ExamFailed(f"{folder} is there already, and nothing in it was touched; name another")
    names = choose(units, count, seed)
    sheets = {student: items(names, seed, student) for student in students or [""]}
    cells = exam_cells(title, names, seed, next(iter(students), ""))
    files = {
        "sheets.html": sheet_page(title, sheets),
        "key.html": key_page(title, sheets),
        "nbgrader_config.py": SETTINGS.format(name=NAME),
        f"source/{NAME}/{NAME}.ipynb": dumps(to_notebook(cells, True, str)),
    }
    for student, name in zip(students, _file_names(students), strict=True):
        files[f"sheets/{name}.html"] = sheet_page(title, {student: sheets[student]})
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        made = Path(scratch) / folder.name
        for path, text in files.items():
            (made / path).parent.mkdir(parents=True, exist_ok=True)
            (made / path).write_bytes(text.encode())
        made.rename(folder)
    return names


def items(names: Sequence[str], seed: str, student: str) -> list[Item]:
    """The questions of one student with their keys; "" is the sheet for all."""
    found = []
    for number, name in enumerate(names, 1):
        question, asked, key = asked_of(name, seed_of(name, seed, number, student))
        found.append(Item(number, question, asked, key))
    return found


def seed_of(name: str, seed: str, number: int, student: str) -> str:
    """What the numbers of one question are drawn from.

    A wrong answer that is to be named is the same for everybody: to draw it one needs the key,
    which a student's notebook has not.
    """
    own = student and not name.startswith(PREFIX)
    return f"{seed}/{number}/{student.strip().casefold()}" if own else f"{seed}/{number}"


def read_ids(path: Path) -> list[str]:
    """The ids of students: a text file, one id a line.

    Raises
    ------
    ExamFailed
        If there is no such file, it is no text, holds no id, or one twice.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise ExamFailed(f"{path} cannot be read: {why}; expected one id a line") from None
    ids = [line.strip() for line in lines if line.strip()]
    if not ids:
        raise ExamFailed(f"{path} holds no id; expected one a line")
    seen: set[str] = set()
    for id in ids:
        if id.casefold() in seen:
            raise ExamFailed(f"{path} holds {id!r} twice; ids differ in more than capital letters")
        seen.add(id.casefold())
    return ids


def _file_names(students: Sequence[str]) -> list[str]:
    """A name of a file for each student, without what no file system takes."""
    plain = [re.sub(r"[^\w.@-]+", "-", student).strip(".-") or "student" for student in students]
    twice = {name for name in plain if [p.casefold() for p in plain].count(name.casefold()) > 1}
    return [f"{n}-{name}" if name in twice else name for n, name in enumerate(plain, 1)]
