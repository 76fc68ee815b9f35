"""Links of notebooks and pages to files that lie beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
_IN_HTML = re.compile(r"(?:href|src)\s*=\s*[\"'](?P<target>[^\"']+)", re.I)
_PICTURE = re.compile(r"!\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.M | re.S)


def broken_links(folder: Path) -> Iterator[str]:
    """Yield what does not lead to a file in `folder`, of all its notebooks and pages.

    A link to a place on the web is none of these; an absolute path, or one that leads out of the
    folder, is broken: it leads nowhere on another computer.
    """
    for path in sorted(folder.rglob("*")):
        for target in _targets(path):
            parts = urlsplit(target)
            if parts.scheme in ("http", "https", "mailto", "data", "attachment"):
                continue
            if not parts.path:  # a heading of the same page
                continue
            led = (path.parent / unquote(parts.path)).resolve()
            name = path.relative_to(folder).as_posix()
            if (
                parts.scheme
                or parts.path.startswith("/")
                or not led.is_relative_to(folder.resolve())
            ):
                yield f"{name} links to {target}, which lies outside of the folder"
            elif not led.exists():
                yield f"{name} links to {target}, which is not there"


def _targets(path: Path) -> Iterator[str]:
    """Yield what one file links to: the texts of a notebook, a page, a Markdown file."""
    if path.suffix == ".ipynb":
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield from _of_text("".join(cell["source"]))
    elif path.suffix == ".html":
        yield from (m["target"] for m in _IN_HTML.finditer(path.read_text("utf-8")))
    elif path.suffix == ".md":
        yield from _of_text(path.read_text("utf-8"))


def _of_text(text: str) -> Iterator[str]:
    text = _CODE.sub("", text)
    for pattern in (LINK, _PICTURE, _IN_HTML):
        yield from (match["target"] for match in pattern.finditer(text))
