"""The teacher's pages as the website has them: linked to the atlas, and without the exams."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.authoring.teaching import FOLDER

_EXAM = re.compile(r"^## Exam questions\n.*", re.M | re.S)
_TOLD = """\
## Exam questions

They stand with their answers in the course's repository, and not here, where students read.
"""
_TARGETS = (
    (re.compile(r"\(\.\./misconceptions\.md#([\w-]+)\)"), r"(../../atlas/\1.md)"),
    (re.compile(r"\(\.\./\.\./notebooks/(\w+\.ipynb)\)"), r"(../../lessons/\1)"),
)


def stage_teaching(docs: Path) -> list[str]:
    """Change the teacher's pages in a copy of ``docs/``; return the lines of the list of pages."""
    pages = sorted((docs / FOLDER.name).glob("*.md"))
    for page in pages:
        page.write_text(of_the_site(page.read_text("utf-8")), "utf-8")
    return [f"docs/{FOLDER.name}/{page.stem}" for page in pages]


def of_the_site(text: str) -> str:
    """Return a page without its exam questions, its links led to the pages of the website."""
    for pattern, target in _TARGETS:
        text = pattern.sub(target, text)
    return _EXAM.sub(_TOLD, text)
