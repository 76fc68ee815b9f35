"""Clean HTML that a student wrote or displayed, so that a browser may open it."""

from __future__ import annotations

import re
from html import escape

import nh3
from pygments.token import STANDARD_TYPES  # type: ignore[import-untyped]

from autograder.engine.report.addresses import ON_SITE
from autograder.grading.nbgrader import mathml
from autograder.grading.nesting import is_tangled
from autograder.grading.student_side.outputs import MAX_TEXT
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
    "*": {"class", "style", "title", "align", "dir", "lang", "aria-label"},
    "a": {"href", ON_SITE},
    "span": {ON_SITE},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    **{tag: set(mathml.ATTRIBUTES) for tag in mathml.TAGS},
}
_DATA_IMAGE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*\Z")

# colours, borders and spacing; nothing that can fetch, cover the page or leave its place
_STYLES = {
    *("background-color", "border", "border-collapse", "border-color", "border-left", "color"),
    *("font-family", "font-size", "font-style", "font-weight", "margin", "max-width"),
    *("opacity", "padding", "padding-left", "text-align", "vertical-align", "width", "height"),
}
# functions that colours and sizes are written with; url(...), image(...), var(...) are not
_FUNCTION = re.compile(r"([a-z-]*)\(", re.IGNORECASE)
_COLOUR = re.compile(r"\b(?:rgb|hsl)a?\([\d\s.,%/-]*\)")
_SMALL = re.compile(r"0|[1-3]?\d(?:\.\d+)?(?:px|pt)|[0-2]?(?:\.\d+)?r?em|#[0-9a-f]+|[a-z-]+")
# The page's own classes would give a student's text the look of the grader's, or fix its place.
_CLASSES = frozenset([*STANDARD_TYPES.values(), "highlight", "dataframe", "anchor-link"]) - {""}
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


def _value(tag: str, name: str, value: str) -> str | None:
    """Return an attribute's value as it may stand; None drops the attribute."""
    if tag == "img" and name == "src":
        # a picture elsewhere would tell who reads
        return value if _DATA_IMAGE.match(value.strip()) else None
    if tag == "a" and name == "href":
        return None if value.strip().lower().startswith("data") else value
    if name == "class":
        return " ".join(word for word in value.split() if word in _CLASSES) or None
    if name == "style":
        kept = (part for part in value.split(";") if part.strip() and _is_plain(part))
        return ";".join(kept) or None
    return value


def _is_plain(declaration: str) -> bool:
    """Whether a style points nowhere and stays in its place.

    A backslash could spell url( in another way. Margins that are negative, and large borders of
    words in a line, lie over what stands above.
    """
    functions = {name.lower() for name in _FUNCTION.findall(declaration)}
    name, _, value = declaration.lower().partition(":")
    if name.strip().startswith(("margin", "padding", "border")):
        words = _COLOUR.sub(" ", value).split()
        return "\\" not in name and all(map(_SMALL.fullmatch, words))
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
