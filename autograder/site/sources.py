"""Gather the texts of the site in one folder, as Sphinx reads them; nothing is written twice."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from itertools import starmap
from pathlib import Path, PurePosixPath

from autograder.authoring.course import find_units
from autograder.authoring.leaks import OPEN, search, sort_lines
from autograder.authoring.teaching import KIT
from autograder.handout import start_page
from autograder.handout.links import LINK
from autograder.handout.navigation import ATLAS, GLOSSARY, START
from autograder.site import sample_reports
from autograder.site.atlas.bank import squeezed
from autograder.site.atlas.pages import write_pages
from autograder.site.atlas.seen import look
from autograder.site.failed import SiteFailed
from autograder.site.lessons import stage_assignments, stage_lessons
from autograder.site.sample_reports import class_report
from autograder.site.teaching import stage_teaching

_SET_UP_CHECK = "<!-- set-up check -->\n"
_PAPER = "paper.*"  # its references are set by a journal
_APART = {KIT.stem, "paper"}
_INDEX = """
```{{toctree}}
:hidden:
:caption: {caption}

{pages}
```
"""


def gather(root: Path, texts: Path, say: Callable[[str], None]) -> None:
    """Write the texts of all pages into the folder `texts`.

    Raises
    ------
    SiteFailed
        If one of them holds a line of a solution or of a hidden test.
    """
    say("the texts of lessons and docs")
    texts.mkdir(parents=True)
    lessons = stage_lessons(root, texts / "lessons")
    assignments = stage_assignments(root, texts / "assignments")
    shutil.copytree(root / "docs", texts / "docs", ignore=shutil.ignore_patterns(_PAPER))
    shutil.copyfile(root / "CONTRIBUTING.md", texts / "CONTRIBUTING.md")
    start = start_page.read_text(root).replace(_SET_UP_CHECK, "")
    for name, text in (("START-HERE.md", start), ("GLOSSARY.md", start_page.read_glossary(root))):
        (texts / name).write_text(_of_the_site(text), "utf-8")
    say("the atlas: every slip is graded, named and drawn")
    cells = [cell for unit in find_units(root) for cell in unit.read(root)]
    secret = {squeezed(line) for line in sort_lines(cells).secret}
    write_pages(texts / "atlas", look(root, secret), lessons)
    docs = sorted(path.stem for path in (root / "docs").glob("*.md") if path.stem not in _APART)
    teaching = stage_teaching(texts / "docs")
    parts = {
        "The course": ["START-HERE", "GLOSSARY", *starmap(_lesson, lessons.items())],
        "The assignments, to read": [*starmap(_assignment, assignments.items())],
        "What goes wrong": ["atlas/index", "reports/index"],
        "For teachers": [f"docs/{KIT.stem}", *teaching],
        "For instructors and authors": [*(f"docs/{name}" for name in docs), "CONTRIBUTING"],
    }
    (texts / "raw").mkdir()
    class_report(root, texts / "raw" / "class-report.html", say)
    (texts / "reports").mkdir()
    (texts / "reports" / "index.md").write_text(sample_reports.page(root), "utf-8")
    (texts / "index.md").write_text(_index(root, parts), "utf-8")
    # what the hand-out shows is searched there; the docs for authors speak of the marks
    faults = [found for found in search(texts / "atlas", cells) if not _told(found)]
    if faults:
        raise SiteFailed("the site would show what only instructors may see:\n" + "\n".join(faults))


def _index(root: Path, parts: dict[str, list[str]]) -> str:
    trees = [
        _INDEX.format(caption=caption, pages="\n".join(pages)) for caption, pages in parts.items()
    ]
    return (root / "README.md").read_text("utf-8") + "".join(trees)


def _told(found: str) -> bool:
    """Whether the line that was found is a formula that feedback tells anyway."""
    return any(repr(line) in found for line in OPEN)


def _lesson(name: str, title: str) -> str:
    """Return a lesson's line in the list of pages: with the number of its unit."""
    return f"{name.partition('_')[0]} {title} <lessons/{name}>"


def _assignment(name: str, title: str) -> str:
    return f"{name.partition('_')[0]} {title} <assignments/{name}>"


def _of_the_site(text: str) -> str:
    """Let links of the hand-out's pages lead to the site's."""

    def led(link: re.Match[str]) -> str:
        target = link["target"]
        if target in (START, GLOSSARY, ATLAS):
            return f"[{link['text']}]({PurePosixPath(target).with_suffix('.md')})"
        if target.startswith("assignments/"):  # in the hand-out each has a folder
            return f"[{link['text']}]({PurePosixPath(target).parent}.ipynb)"
        return link[0]

    return LINK.sub(led, text)
