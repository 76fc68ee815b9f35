"""Every link and anchor of the finished pages leads somewhere, and no page loads from a host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: Attributes by which a page loads something; ``href`` of an anchor waits for a click.
_LOADS = {"src", "srcset", "data", "poster", "background"}
_LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"}
_IN_STYLE = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")


class _Page(HTMLParser):
    """What one page links to, what it loads, and the anchors that it has."""

    def __init__(self, text: str):
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: list[str] = []
        self.feed(text)
        self.loads += _of_style(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        names = ("id", "name") if tag == "a" else ("id",)
        self.anchors += [given[name] for name in names if given.get(name)]
        self.loads += [given[name] for name in _LOADS & given.keys()]
        if "href" in given:
            loading = tag == "link" and _LOADING_LINKS & set(given.get("rel", "").split())
            (self.loads if loading else self.links).append(given["href"])

    handle_startendtag = handle_starttag


def faults(site: Path) -> Iterator[str]:
    """Yield what is wrong with the links of a site, one line each."""

    @cache
    def read(path: Path) -> _Page:
        return _Page(path.read_text("utf-8"))

    site = site.resolve()
    for path in sorted(site.rglob("*.html")):
        name, page = path.relative_to(site).as_posix(), read(path)
        for twice in sorted({a for a in page.anchors if page.anchors.count(a) > 1}):
            yield f"{name} has the anchor {twice!r} more than once"
        for target in dict.fromkeys(page.loads):
            if urlsplit(target).netloc:
                yield f"{name} loads {target}, from a host"
        for target in dict.fromkeys([*page.links, *page.loads]):
            parts = urlsplit(target)
            if parts.scheme or parts.netloc:
                continue
            led = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not led.is_relative_to(site) or not led.is_file():
                yield f"{name} links to {target}, which is not there"
            elif (
                parts.fragment
                and led.suffix == ".html"
                and unquote(parts.fragment) not in read(led).anchors
            ):
                yield f"{name} links to {target}, which has no such place"
    for path in sorted(site.rglob("*.css")):
        for target in _of_style(path.read_text("utf-8")):
            if urlsplit(target).netloc:
                yield f"{path.relative_to(site).as_posix()} loads {target}, from a host"


def _of_style(text: str) -> list[str]:
    found = ("".join(match.groups(default="")) for match in _IN_STYLE.finditer(text))
    return [target for target in found if not target.startswith(("#", "data:"))]
