"""The words of the course: one table, and at the head of each text those that it does not explain.

A word counts as explained where it is set in italics or in bold, as in ``*layer*``: that is how the
texts of the course mark it. What is bold at the head of a list's item names the item. All others
are in a list in the first cell, which opens with a click. ``make format`` writes the list, and
``make check`` refuses a text with another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.authoring.cells import AuthoringError, Cell

TABLE = "authoring/GLOSSARY.md"
_HEAD = ["word", "also written", "what it means"]
_LIST = re.compile(r"\n*<details>\n<summary><b>Words\b.*?</details>", re.S)
_BLOCK = re.compile(r"```.*?```", re.S)
_CODE = re.compile(r"`[^`\n]*`")
_MATHS = re.compile(r"\$\$.*?\$\$|\$[^$\n]*\$", re.S)
_LABEL = re.compile(r"^[-*] \*\*[^*]+\*\*", re.M)
_EMPHASIS = re.compile(r"(?<![*\w])(\*{1,2})(?=[^\s*])([^*]+?)(?<=[^\s*])\1(?![*\w])")


@dataclass(frozen=True)
class Word:
    """One line of the table."""

    word: str
    forms: tuple[str, ...]
    meaning: str

    def place(self, text: str) -> int | None:
        """Return where a text, of a cell, uses the word first."""
        found = [match.start() for form in self.forms if (match := _pattern(form).search(text))]
        return min(found, default=None)

    def is_explained(self, text: str) -> bool:
        """Whether a text sets the word in italics or in bold, as is done where it is explained."""
        plain = _LABEL.sub("", _MATHS.sub("", _CODE.sub("", text)))
        inside = {" ".join(match[2].split()).lower() for match in _EMPHASIS.finditer(plain)}
        return any(form.lower() in inside for form in self.forms)


def _pattern(form: str) -> re.Pattern[str]:
    gap = r"\s+".join(map(re.escape, form.strip("`").split()))
    return re.compile(rf"(?<![\w\\]){gap}(?![A-Za-z0-9_])", 0 if form[0] == "\\" else re.I)


def read_words(root: Path) -> list[Word]:
    """Return the words of the course's table, none if it has no table.

    Raises
    ------
    AuthoringError
        If a line of the table is not ``| word | also written | what it means |``, or a word stands
        in it twice.
    """
    if not (root / TABLE).is_file():
        return []
    words: list[Word] = []
    lines = (root / TABLE).read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not line.startswith("|") or set(line) <= set("|-: "):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if cells == _HEAD:
            continue
        if len(cells) != 3 or not cells[0] or not cells[2]:
            raise AuthoringError(f"{TABLE}, line {number}: not | {' | '.join(_HEAD)} |: {line}")
        also = [form.strip() for form in cells[1].split(",") if form.strip()]
        words.append(Word(cells[0], (cells[0], *also), cells[2]))
    forms = [form.lower() for word in words for form in word.forms]
    twice = sorted({form for form in forms if forms.count(form) > 1})
    if twice:
        raise AuthoringError(f"{TABLE} has {twice[0]!r} twice")
    return words


def unexplained(cells: Sequence[Cell], words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words that a notebook uses before a cell of its own explains them, or without one.

    What is looked at are the texts; of code, only names that begin with ``__``.
    """
    for word in words:
        for cell in cells:
            text = _read_by_a_student(cell, word)
            if text is not None and word.place(text) is not None:
                if not word.is_explained(text):
                    yield word
                break


def _read_by_a_student(cell: Cell, word: Word) -> str | None:
    if cell.kind == "markdown":
        return _BLOCK.sub("", without_list(cell.source))
    return cell.source if word.word.startswith("`__") else None


def without_list(source: str) -> str:
    """Return the text of a cell without the list of words."""
    return _LIST.sub("", source)


def with_words(cells: Sequence[Cell], words: Sequence[Word]) -> list[Cell]:
    """Return the cells with the list of words at the end of the first one."""
    head = without_list(cells[0].source)
    listed = list(unexplained(cells, words))
    if listed:
        lines = [f"- **{word.word}**: {word.meaning}" for word in listed]
        summary = f"<summary><b>Words</b> used here and what they mean ({len(listed)})</summary>"
        head = "\n".join([head, "", "<details>", summary, "", *lines, "", "</details>"])
    return [replace(cells[0], source=head), *cells[1:]]
