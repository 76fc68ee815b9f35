"""Find a student's notebook: under its name, or else the file that is it by its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.grading.assignment import Master
from autograder.grading.submission import folder as handed_in
from autograder.grading.submission.archive import OTHER_ENDINGS
from autograder.grading.submission.folder import File
from autograder.grading.submission.read import Unreadable, parse_notebook, read_notebook

Kin = Mapping[str, frozenset[str]]

_MAX_TRIED = 20
_INSTEAD = {
    (".pdf", ".html", ".htm", ".docx", ".md", ".py", ".txt"): "shows answers but cannot be graded",
    (".png", ".jpg", ".jpeg", ".heic"): "is a picture",
    (".url", ".webloc", ".gdoc", ".gdlink", ".lnk"): "is a link to something elsewhere",
    OTHER_ENDINGS: "is an archive that is not opened here",
}


@dataclass(frozen=True)
class Found:
    """A file that may be the notebook.

    Attributes
    ----------
    names : frozenset of str
        The ``grade_id`` of its cells.
    known, answered : int
        How many of its cells are the assignment's, and in how many of them a student wrote.
    """

    file: File
    nb: Any
    notes: list[str]
    names: frozenset[str]
    known: int
    answered: int

    @property
    def rank(self) -> tuple[int, int, list[Any]]:
        """Sorts by answers, then cells, then names in which ``(10)`` comes after ``(9)``."""
        parts = re.split(r"(\d+)", self.file.path)
        return self.answered, self.known, [int(p) if p.isdecimal() else p for p in parts]


def find(folder: Path, root: Path, master: Master, kin: Kin) -> Found:
    """Find one notebook of an assignment in what was handed in.

    The file of its name is taken unless it cannot be read, has none of the assignment's cells, or
    is as it was handed out while another one has answers.

    Parameters
    ----------
    folder, root : Path
        The submission, and the folder of all submissions.
    kin : mapping of str to set of str
        Other notebooks of the course in words, and their cells.

    Raises
    ------
    Unreadable
        If there is none; the message says what is there instead.
    """
    name = f"{master.name}.ipynb"
    why = ""
    own: Found | None = None
    path = folder / name
    if path.is_symlink() or path.exists():
        try:
            own = _looked_at(File(name, path.read_bytes), *read_notebook(path, root), master)
        except Unreadable as error:
            why = str(error)
        if own is not None and own.answered:
            return own
    failed: list[str] = []
    others = list(_others(folder, root, name, master, failed))
    best = _best(others, own, kin)
    if best is None:
        raise Unreadable(why or _nothing(folder, root, name, failed, kin, others))
    if best is own:
        return own
    return _told(best, name, others, why, own)


def _others(
    folder: Path, root: Path, name: str, master: Master, failed: list[str]
) -> Iterator[list[Found]]:
    """Yield what else may be the notebook, the most likely place first."""
    there = [file for file in handed_in.notebooks(folder, root) if file.path != name]
    same = [f for f in there if f.path.lower() == name.lower()]
    for files in (
        same,
        [f for f in there if not f.place and f not in same],
        [f for f in there if f.place],
    ):
        yield _read_all(files, master)
    archived, told = handed_in.packed(folder, root)
    failed += told
    yield _read_all([f for f in archived if handed_in.may_be_notebook(f.name)], master)
    yield _read_all(handed_in.checkpoints(folder, root), master)


def _read_all(files: Iterable[File], master: Master) -> list[Found]:
    found = []
    for file in list(files)[:_MAX_TRIED]:
        try:
            one = _looked_at(file, *parse_notebook(file.read()), master)
        except (Unreadable, OSError):
            continue
        if one.known or file.name.lower().endswith(".ipynb"):
            found.append(one)
    return found


def _looked_at(file: File, nb: Any, notes: list[str], master: Master) -> Found:
    texts: dict[str, str] = {}
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if isinstance(name, str):
            texts[name] = cell.source
    known = [source for name, source in master.cells.items() if name in texts]
    asked = [cell for cell in known if cell.metadata["solution"]] or known
    answered = sum(texts[cell.name].split() != cell.source.split() for cell in asked)
    return Found(file, nb, notes, frozenset(texts), len(known), answered)


def _best(others: list[list[Found]], own: Found | None, kin: Kin) -> Found | None:
    """Choose: answers before cells, cells before a notebook whose cells have lost their names."""
    for level in others:
        if answered := [one for one in level if one.answered and one.known]:
            return max(answered, key=lambda one: one.rank)
    if own is not None and (own.known or not any(one.known for level in others for one in level)):
        return own
    for level in others:
        if known := [one for one in level if one.known]:
            return max(known, key=lambda one: one.rank)
    nameless = [one for level in others for one in level if whose(one.names, kin) is None]
    return nameless[0] if len(nameless) == 1 else None


def whose(names: frozenset[str], kin: Kin) -> str | None:
    """Return in words which other notebook of the course one is that has these cells."""
    counts = {other: len(names & cells) for other, cells in kin.items() if cells}
    best = max(counts, key=lambda other: counts[other], default=None)
    if best is None or 2 * counts[best] < len(kin[best]):
        return None
    return f"{best} ({counts[best]} of its {len(kin[best])} cells)"


def _told(best: Found, name: str, others: list[list[Found]], why: str, own: Found | None) -> Found:
    """Say which file was taken, and why not the one of the right name."""
    note = f"{best.file.path[:120]!r} was taken for '{name}'"
    if why:
        note += f", which cannot be read: {why}"[:150]
    elif own is not None:
        note += ", which is as it was handed out" if own.known else ", which has none of its cells"
    elif best.file.place:
        note += ", as there is none in the submission's own folder"
    if best in others[-1]:
        note += "; it is a checkpoint that Jupyter saved, perhaps not the last state"
    level = next(level for level in others if best in level)
    rivals = [one.file.path[:60] for one in level if one.known and one is not best]
    if rivals:
        more = "has the most answers" if _stands_out(best, level) else "comes last by its name"
        note += f"; it {more} of {len(rivals) + 1}, beside {', '.join(map(repr, rivals[:3]))}"
    notes = [note, *best.notes]
    return Found(best.file, best.nb, notes, best.names, best.known, best.answered)


def _stands_out(best: Found, level: list[Found]) -> bool:
    return all(one.answered < best.answered for one in level if one is not best)


def _nothing(
    folder: Path, root: Path, name: str, failed: list[str], kin: Kin, others: list[list[Found]]
) -> str:
    """Say what a submission holds in the place of the notebook."""
    said = [f"there is no {name}"]
    for one in [one for level in others for one in level][:3]:
        its = whose(one.names, kin)
        said.append(f"{one.file.path[:80]!r} is {its}" if its else "")
    said += failed[:3]
    names = [n for n, _ in handed_in.plain_files(folder, root) if n != "timestamp.txt"]
    for path in names[:20]:
        for endings, what in _INSTEAD.items():
            if path.lower().endswith(endings) and len(said) < 6:
                said.append(f"{path[:80]!r} {what}")
    if not any(said[1:]):
        listed = ", ".join(repr(PurePosixPath(n).name[:60]) for n in names[:4])
        count = sum(map(len, others))
        also = f"but {count} others that have none of its cells: {listed}" if count > 1 else ""
        said.append(also or (f"the folder holds {listed}" if names else "the folder is empty"))
    return "; ".join(filter(None, said)) + "; ask for the notebook"
