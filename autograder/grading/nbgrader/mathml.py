"""TeX to MathML, so that formulas are read without a network and without JavaScript."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

# What latex2mathml writes; everything else is dropped when the page is cleaned.
TAGS = (
    *("math", "semantics", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt"),
    *("mroot", "mstyle", "mpadded", "mphantom", "menclose", "msub", "msup", "msubsup", "munder"),
    *("mover", "munderover", "mmultiscripts", "mtable", "mtr", "mtd"),
)
ATTRIBUTES = (
    *("display", "mathvariant", "stretchy", "fence", "form", "separator", "accent", "largeop"),
    *("movablelimits", "lspace", "rspace", "minsize", "maxsize", "linethickness", "width"),
    *("height", "depth", "columnalign", "rowspacing", "columnspacing", "displaystyle", "notation"),
)
MAX_LENGTH = 4000
_ALONE = re.compile(r"<(\w+)([^<>]*)/>")


def converted(tex: str, display: str = "inline") -> str:
    """Return a formula as MathML, or raise what latex2mathml raises.

    Parameters
    ----------
    tex : str
        Without its dollar signs.
    display : str
        ``inline`` or ``block``.
    """
    from latex2mathml.converter import convert

    # an HTML parser that is outside of a formula takes <mspace/> for a start without an end
    return _ALONE.sub(r"<\1\2></\1>", str(convert(tex.strip(), display=display)))


@lru_cache(maxsize=4096)
def to_mathml(tex: str, display: str = "inline") -> str:
    """Return a formula of a student as MathML; what cannot be converted stays readable as TeX."""
    try:
        if len(tex) > MAX_LENGTH:
            raise ValueError("too long for a formula")
        return converted(tex, display)
    except Exception:  # whatever a student typed between dollar signs
        marks = "$$" if display == "block" else "$"
        return f"<code>{escape(marks + tex + marks)}</code>"
