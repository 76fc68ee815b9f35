"""The page that students start from, and that of the words: for the browser and as notebooks.

The page is read before anything is installed; the notebook has the links, and looks at the set-up.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.authoring.glossary import TABLE, read_words
from autograder.authoring.to_notebook import METADATA
from autograder.handout.failed import HandoutFailed
from autograder.handout.links import LINK
from autograder.handout.navigation import GLOSSARY, START

TEXT = "authoring/START-HERE.md"
CHECK = Path(__file__).parent / "given" / "check_set_up.py"
_STYLE = (Path(__file__).parent / "given" / "start_page.css").read_text("utf-8")
_PLACE = "<!-- set-up check -->"
_SAY = """\
Now run the next cell (click into it, then Shift and Enter). It looks at Python, the packages and
the kernel of this notebook, and says in words what to do where something is missing."""


def read_text(root: Path) -> str:
    """Return the text of the page.

    Raises
    ------
    HandoutFailed
        If the course has none, or the place of the set-up check is not in it.
    """
    path = root / TEXT
    if not path.is_file():
        raise HandoutFailed(
            f"there is no {TEXT} in {root}: it is the page that students start from"
        )
    text = path.read_text("utf-8")
    if text.count(_PLACE) != 1:
        raise HandoutFailed(
            f"{TEXT} needs one line {_PLACE}: there the notebook looks at the set-up"
        )
    return text


def read_glossary(root: Path) -> str:
    """Return the page of the words, made from the course's table.

    Raises
    ------
    HandoutFailed
        If the course has no such table.
    """
    words = read_words(root)
    if not words:
        raise HandoutFailed(f"there is no table of words in {root}: {TABLE}")
    head = (root / TABLE).read_text("utf-8").partition("\n|")[0].rstrip()
    lines = [
        f"- **{word.word}**: {word.meaning}" for word in words
    ]  # a table is too wide for phones
    back = f"[Back to the start]({START})"
    return "\n".join([head, "", *lines, "", back, ""])


def to_notebook(text: str) -> Any:
    """Return a page as a notebook: a cell for each heading, and the check of the set-up."""
    before, place, after = text.partition(_PLACE)
    cells = _sections(before)
    if place:
        cells += [new_markdown_cell(_SAY), new_code_cell("%run check_set_up.py")]
    cells += _sections(after)
    for number, cell in enumerate(cells, 1):
        cell.id = f"start-{number}"  # the same in every build
    notebook = new_notebook(cells=cells, metadata=METADATA)
    notebook.nbformat_minor = 5
    return notebook


def to_html(text: str) -> str:
    """Return the page for the browser; what links to a notebook is plain text there."""

    def plain(link: re.Match[str]) -> str:
        if link["target"] in (START, GLOSSARY):  # these are pages too
            return f"[{link['text']}]({PurePosixPath(link['target']).with_suffix('.html')})"
        return link["text"] if link["target"].endswith(".ipynb") else link[0]

    return html_page(LINK.sub(plain, text.replace(_PLACE, "")))


def html_page(text: str) -> str:
    """Return a text as a page that needs no other file."""
    from nbconvert.filters import markdown2html

    body = markdown2html(text)
    # nbconvert puts a sign behind each heading, which links to the heading itself
    body = re.sub(r'<a class="anchor-link"[^>]*>.*?</a>', "", body)
    body = body.replace("<table>", '<div class="wide"><table>').replace(
        "</table>", "</table></div>"
    )
    title = escape(re.sub(r"\\(\W)", r"\1", text.partition("\n")[0].removeprefix("# ")))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body.strip()}\n</main>\n</body>\n</html>\n"
    )


def _sections(text: str) -> list[Any]:
    parts = re.split(r"^(?=## )", text, flags=re.M)
    return [new_markdown_cell(part.strip()) for part in parts if part.strip()]
