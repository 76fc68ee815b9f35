"""Make what a student's notebook displays safe to open in the instructor's browser."""

from __future__ import annotations

import base64
import binascii
import re
from html import escape
from typing import Any

import nh3
from nbformat import NotebookNode, from_dict

from autograder.grading.nbgrader import mathml
from autograder.grading.nesting import is_tangled
from autograder.grading.student_side.outputs import MAX_ALT, MAX_OUTPUTS, MAX_RICH, MAX_TEXT
from autograder.grading.student_side.wire import text
from autograder.grading.submission.svg import clean_svg, drawings

_TAGS = frozenset(
    [
        *("a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del"),
        *("details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp"),
        *("small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "u", "ul", "var"),
        *mathml.TAGS,
    ]
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "style", "title", "align", "dir", "lang", "role", "aria-label"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    **{tag: set(mathml.ATTRIBUTES) for tag in mathml.TAGS},
}
_DATA_IMAGE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*\Z")
_IMAGES = ("image/png", "image/jpeg", "image/gif")


# colours, borders and spacing; nothing that can fetch, cover the page or leave its place
_STYLES = {
    *("background-color", "border", "border-collapse", "border-color", "border-left", "color"),
    *("font-family", "font-size", "font-style", "font-weight", "margin", "max-width"),
    *("opacity", "padding", "padding-left", "text-align", "vertical-align", "width", "height"),
}
# functions that colours and sizes are written with; url(...), image(...), var(...) are not
_FUNCTION = re.compile(r"([a-z-]*)\(", re.IGNORECASE)
_FUNCTIONS = frozenset(["rgb", "rgba", "hsl", "hsla", "calc", "min", "max"])


def clean_html(html: str) -> str:
    """Keep tables, text, pictures and plain drawings; drop scripts, handlers, frames and forms.

    HTML that is too tangled to be read as a page is shown as the text that it is.
    """
    # each part is made whole by itself, so that none can open what another one closes
    return "".join(
        clean_svg(part) if is_drawing else _clean_part(part) for part, is_drawing in drawings(html)
    )


def _clean_part(html: str) -> str:
    if is_tangled(html):
        return f"<pre>{escape(html[:MAX_TEXT])}</pre>"
    return _CLEANER.clean(html)


def clean_outputs(outputs: list[Any], count: int) -> list[Any]:
    """Rebuild outputs that the student side reported; whatever is not well formed is dropped.

    Parameters
    ----------
    outputs : list
        As received, i.e. anything.
    count : int
        The cell's number, for an execute_result.
    """
    kept = (_output(output, count) for output in outputs[: MAX_OUTPUTS + 1])
    return [output for output in kept if output is not None]


def size_of(outputs: Any) -> int:
    """Count the characters and bytes in outputs as they were received, i.e. in anything."""
    if isinstance(outputs, str | bytes):
        return len(outputs)
    if isinstance(outputs, dict):
        return sum(map(size_of, outputs.values()))
    return sum(map(size_of, outputs)) if isinstance(outputs, list | tuple) else 1


def clean_attachments(attachments: dict[Any, Any]) -> dict[str, dict[str, str]]:
    """Keep the bitmaps that were pasted into a text cell."""
    kept = {}
    for name, bundle in list(attachments.items())[:50]:
        if isinstance(name, str) and isinstance(bundle, dict):
            pictures = {mime: _picture(bundle.get(mime)) for mime in _IMAGES}
            kept[text(name)] = {mime: data for mime, data in pictures.items() if data}
    return {name: bundle for name, bundle in kept.items() if bundle}


def _output(output: Any, count: int) -> Any:
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return _made("stream", name=name, text=_text(output.get("text"), MAX_TEXT + 200))
    if kind == "error":
        lines = output.get("traceback")
        return _made(
            "error",
            ename=_text(output.get("ename"), 200),
            evalue=_text(output.get("evalue"), MAX_TEXT),
            traceback=[_text(line, MAX_TEXT) for line in lines[:200]]
            if isinstance(lines, list)
            else [],
        )
    if kind in ("display_data", "execute_result") and isinstance(output.get("data"), dict):
        more = {"execution_count": count} if kind == "execute_result" else {}
        data = _bundle(output["data"])
        about = {mime: _about(output, mime) for mime in _IMAGES if mime in data}
        return _made(kind, data=data, metadata=about, **more)
    return None


def _made(kind: str, **parts: Any) -> NotebookNode:
    """An output; nbformat's own maker would check each of them against its schema."""
    made: NotebookNode = from_dict({"output_type": kind, **parts})
    return made


def _about(output: dict[Any, Any], mime: str) -> dict[str, str | int]:
    """A picture's description and size; pages put sizes into attributes without quotes."""
    metadata = output.get("metadata")
    told = metadata.get(mime) if isinstance(metadata, dict) else None
    told = told if isinstance(told, dict) else {}
    sizes = {k: told[k] for k in ("width", "height") if type(told.get(k)) is int}
    return {"alt": _text(told.get("alt"), MAX_ALT) or "picture without a description", **sizes}


def _bundle(data: dict[Any, Any]) -> dict[str, str]:
    """Keep plain text, cleaned HTML, LaTeX as text and bitmaps; no scripts, no SVG."""
    kept = {}
    if isinstance(data.get("text/html"), str):
        kept["text/html"] = clean_html(text(data["text/html"][:MAX_RICH]))
    for mime in _IMAGES:
        picture = _picture(data.get(mime))
        if picture:
            kept[mime] = picture
    kept["text/plain"] = _text(data.get("text/plain"), MAX_TEXT)
    return kept


def _picture(value: Any) -> str:
    """Return base64 text of a bitmap, or nothing."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode() if len(value) <= MAX_RICH else ""
    if not isinstance(value, str) or len(value) > MAX_RICH:
        return ""
    try:
        return base64.b64encode(base64.b64decode(value.replace("\n", ""), validate=True)).decode()
    except (binascii.Error, ValueError):
        return ""


def _text(value: Any, size: int) -> str:
    return text(value)[:size] if isinstance(value, str) else ""


def _value(tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value as it may stand; None drops the attribute."""
    if tag == "img" and name == "src":
        # a picture elsewhere would tell who reads
        return value if _DATA_IMAGE.match(value.strip()) else None
    if tag == "a" and name == "href":
        return None if value.strip().lower().startswith("data") else value
    if name == "style":
        kept = (part for part in value.split(";") if part.strip() and _is_plain(part))
        return ";".join(kept) or None
    return value


def _is_plain(declaration: str) -> bool:
    """Whether a style can point nowhere; a backslash could spell url( in another way."""
    functions = {name.lower() for name in _FUNCTION.findall(declaration)}
    return functions <= _FUNCTIONS and not set(declaration) & set("\\@<>")


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags={"script", "style"},
    attributes=_ATTRIBUTES,
    attribute_filter=_value,
    filter_style_properties=_STYLES,
    url_schemes={"http", "https", "mailto", "data"},
    link_rel="noopener noreferrer",
)
