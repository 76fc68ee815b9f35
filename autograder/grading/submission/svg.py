"""Rebuild a drawing from the few elements that a picture of a diagnosis is made of.

A drawing in what a student's notebook shows comes from the student's side, whoever drew it. What
is not on the lists below (scripts, references, style sheets, foreign objects) is not copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

MAX_SIZE = 60_000
MAX_DRAWINGS = 20
_START = re.compile(r"<svg\b")

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_TEXTS = frozenset(["title", "desc", "tspan"])
_TAGS = frozenset(["g", "path", "ellipse", "text"]) | _TEXTS
_ATTRIBUTES = frozenset(
    [
        *("viewBox", "width", "height", "role", "d", "cx", "cy", "rx", "ry", "x", "y", "dy"),
        *("fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size"),
        *("text-anchor",),
    ]
)
# numbers, words and colours; no bracket, colon or slash, so nothing that could point anywhere
_VALUE = re.compile(r"[\w\s.,#%+-]*\Z")


def drawings(html: str) -> Iterator[tuple[str, bool]]:
    """Cut HTML into parts; yield each, and whether it is a drawing: from ``<svg`` to ``</svg>``.

    Each character is looked at a fixed number of times, however many drawings are never closed.
    """
    at = 0
    for _ in range(MAX_DRAWINGS):
        start = _START.search(html, at)
        end = html.find("</svg>", start.start()) if start else -1
        if start is None or end < 0:
            break
        end += len("</svg>")
        yield html[at : start.start()], False
        yield html[start.start() : end], True
        at = end
    yield html[at:], False


def clean_svg(source: str) -> str:
    """The drawing again, or an empty string if it is too large or not well formed."""
    if len(source) > MAX_SIZE or "<!" in source or "<?" in source:
        return ""
    try:
        root = ElementTree.fromstring(source)
    except ElementTree.ParseError:
        return ""
    if root.tag != f"{_NAMESPACE}svg":
        return ""
    head = '<svg xmlns="http://www.w3.org/2000/svg" style="max-width:100%;height:auto"'
    return f"{head}{_attributes(root)}>{_inside(root, 0)}</svg>"


def _inside(parent: ElementTree.Element, depth: int) -> str:
    parts = []
    for child in parent if depth < 5 else ():
        tag = child.tag.removeprefix(_NAMESPACE)
        if tag in _TAGS:
            words = escape(child.text or "") if tag in _TEXTS or tag == "text" else ""
            inner = "" if tag in _TEXTS else _inside(child, depth + 1)
            parts.append(f"<{tag}{_attributes(child)}>{words}{inner}</{tag}>")
    return "".join(parts)


def _attributes(element: ElementTree.Element) -> str:
    kept = ((n, v) for n, v in element.items() if n in _ATTRIBUTES and _VALUE.match(v))
    return "".join(f' {name}="{escape(value)}"' for name, value in kept)
