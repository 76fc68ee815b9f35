"""Where the pages lie that a report links to: lessons, and the atlas of misconceptions.

An assignment lies two folders deep, in the hand-out as in the course's repository. The folders
differ: a hand-out has ``lessons/`` and ``atlas/``, the repository ``notebooks/`` and no atlas. So a
report links to what lies there when it is shown. Where nothing does, as on a page of feedback, the
words bear the place on the course's website (`ON_SITE`), which feedback turns into links.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from urllib.parse import quote

#: The attribute that holds a page's place on the website, ``atlas/db-no-sum.html``.
ON_SITE = "data-page"
_UP = "../../"
_LESSONS = ("lessons", "notebooks")
# As `html` writes them, and as they are after cleaning; whatever else a student may have displayed
# under this attribute names no page of the website, and stays as it is.
_BEARING = re.compile(
    rf"""<(?P<tag>a|span) {ON_SITE}="(?P<page>(?:atlas|lessons)/[\w-]+\.html(?:#[\w-]*)?)"[^<>]*>"""
    r"""(?P<words>(?:[^<]|</?code>){0,400})</(?P=tag)>"""
)


def slug(heading: str) -> str:
    """Return the anchor of a heading, as GitHub makes it; the website's anchors are these.

    >>> slug("10. The bias: (5, 1) against (5, 5)")
    '10-the-bias-5-1-against-5-5'
    """
    return re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")


def lesson(address: str) -> tuple[str, str]:
    """Return where a section lies: as seen from here, if it does, and on the website.

    Parameters
    ----------
    address : str
        Of the catalogue, ``"../../notebooks/04_l_layer_network.ipynb#9.-The-coin"``.
    """
    path, _, heading = address.partition("#")
    name = Path(path).name
    found = (f"{_UP}{folder}/{name}" for folder in _LESSONS)
    here = next((place for place in found if Path(place).is_file()), "")
    site = f"lessons/{Path(name).stem}.html#{slug(heading)}" if name else ""
    return _quoted(f"{here}#{heading}") if here else "", site


def misconception(id: str) -> tuple[str, str]:
    """Return where a misconception's page lies: as seen from here, and on the website."""
    page = f"atlas/{id}.html"
    return (f"{_UP}{page}" if Path(_UP + page).is_file() else ""), page


def _quoted(address: str) -> str:
    return quote(address, safe="/#.,:=()")


def linked(html: str, site: str) -> str:
    """Let words that bear a place on the website lead there; without a website they are text.

    Parameters
    ----------
    html : str
        A page; what students wrote and displayed in it has been cleaned.
    site : str
        Where the website begins, ``"https://example.org/course"``; empty if there is none.
    """
    begin = escape(site.rstrip("/"))

    def led(found: re.Match[str]) -> str:
        words = found["words"]
        return f'<a href="{begin}/{found["page"]}">{words}</a>' if site else words

    return _BEARING.sub(led, html)
