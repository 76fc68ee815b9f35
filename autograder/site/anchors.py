"""The anchors of headings: as GitHub makes them, so that links of the texts hold in both places."""

from __future__ import annotations

import re


def slug(heading: str) -> str:
    """Return the anchor of a heading.

    >>> slug("10. The bias: (5, 1) against (5, 5)")
    '10-the-bias-5-1-against-5-5'
    """
    return re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")
