"""A figure that a student's cell shows as SVG, as a picture in which nothing can run or load.

A browser runs no script of an SVG that is the source of an ``<img>``, and loads nothing for it.
Beside that, only what drawings are made of is copied, so that nothing would run elsewhere either.
"""

from __future__ import annotations

import base64
import re
from html import escape
from xml.etree import ElementTree

MAX_SIZE = 2 << 20
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_TAGS = frozenset(
    [
        *("svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line"),
        *("polyline", "polygon", "text", "tspan", "title", "desc", "clipPath", "mask", "marker"),
        *("pattern", "linearGradient", "radialGradient", "stop", "image"),
    ]
)
_WORDS = frozenset(["text", "tspan", "title", "desc"])
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
# url(#a) points into the drawing itself; any other url(...) elsewhere
_URL = re.compile(r"url\((?!\s*[\"']?#)|[\\@<>]|expression|javascript:", re.IGNORECASE)
_BITMAP = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*\Z")
_MAX_DEPTH = 60


def svg_as_image(source: str, alt: str = "figure") -> str:
    """Return an ``<img>`` of a drawing, or nothing if it is too large or not well formed."""
    start = source.find("<svg")
    if start < 0 or len(source) > MAX_SIZE or "<!ENTITY" in source:
        return ""
    try:
        root = ElementTree.fromstring(source[start:].strip())
        if root.tag != f"{_SVG}svg":
            return ""
        drawn = _copied(root, 0)
    except (ElementTree.ParseError, RecursionError, ValueError):
        return ""
    data = base64.b64encode(drawn.encode("utf-8", "replace")).decode()
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(alt)}">'


def _copied(element: ElementTree.Element, depth: int) -> str:
    tag = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
    if tag not in _TAGS or depth > _MAX_DEPTH:
        return ""
    words = tag in _WORDS
    inside = [escape(element.text or "") if words else ""]
    for child in element:
        inside += [_copied(child, depth + 1), escape(child.tail or "") if words else ""]
    space = ' xmlns="http://www.w3.org/2000/svg"' if depth == 0 else ""
    return f"<{tag}{space}{_attributes(element, tag)}>{''.join(inside)}</{tag}>"


def _attributes(element: ElementTree.Element, tag: str) -> str:
    kept = []
    for name, value in element.items():
        if name in ("href", _LINK):
            inner = value.startswith("#") if tag != "image" else _BITMAP.match(value)
            if inner:
                kept.append(f' href="{escape(value)}"')
        elif _NAME.match(name) and not name.lower().startswith("on") and not _URL.search(value):
            kept.append(f' {name}="{escape(value)}"')
    return "".join(kept)
