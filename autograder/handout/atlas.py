"""The atlas of misconceptions as a hand-out has it: its words, as pages that need no network.

The pictures of the website's atlas are left out: where `check` finds a mistake, it draws it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from autograder.atlas.words import head, plain, sentence
from autograder.engine.diagnosis import Misconception
from autograder.handout.navigation import ATLAS
from autograder.handout.start_page import html_page
from autograder.units import CATALOGUE

_INDEX = """\
# Misconceptions

Most wrong gradients are the right gradient of something else. Here is a page for each mistake that
`check` knows by name, under the unit whose lesson treats it first. Read one when `check` names it;
read all of a unit's when you are through with it, and ask of each what your code does instead.
"""


def atlas_pages() -> Iterator[tuple[str, str]]:
    """Yield the place in the hand-out and the HTML of each page, that of the list first."""
    entries = sorted(CATALOGUE.values(), key=_unit)
    index = [_INDEX]
    for unit, those in groupby(entries, _unit):
        index.append(f"## Unit {unit}\n")
        index += [f"- [{plain(e.title)}]({e.id}.html): {sentence(e.computed)}" for e in those]
        index.append("")
    index.append("[Back to the start](../START-HERE.html)\n")
    yield ATLAS, html_page("\n".join(index))
    for entry in CATALOGUE.values():
        yield f"atlas/{entry.id}.html", html_page("\n".join(_page(entry)))


def _page(entry: Misconception) -> Iterator[str]:
    yield from head(entry)
    sections = CATALOGUE.lessons.sections(entry.unit, entry.section)
    told = [_place(section) for section in sections]
    if told:
        yield f"**Read.** {'; '.join(told)}.\n"
    yield "[All misconceptions](index.html) · [start](../START-HERE.html)\n"


def _place(section: str) -> str:
    """Return where to read, in words: a browser cannot open a notebook."""
    notebook, _ = CATALOGUE.lessons.heading(section)
    return f"{'lesson' if notebook else 'assignment'} {plain(section)}"


def _unit(entry: Misconception) -> str:
    return entry.unit
