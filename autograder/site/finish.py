"""What the finished pages lack for readers who use a keyboard or a screen reader."""

from __future__ import annotations

import re
from pathlib import Path

_CHANGES = (
    # what may be wider than the page scrolls by itself: with the keyboard too
    (re.compile(r"<pre>"), '<pre tabindex="0">'),
    (re.compile(r'<div class="(table-wrapper [^"]*)">'), r'<div class="\1" tabindex="0">'),
    # captions of the list of pages say that they are headings, and not of which level
    (re.compile(r'role="heading">'), 'role="heading" aria-level="2">'),
)


def finish(site: Path) -> None:
    """Change the pages of Sphinx in place."""
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        for pattern, new in _CHANGES:
            text = pattern.sub(new, text)
        path.write_text(text, "utf-8")
