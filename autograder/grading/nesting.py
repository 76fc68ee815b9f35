"""Refuse HTML that costs far more to read than to write, before anything reads it as a tree.

A parser walks its open elements at most tags, opens unclosed formatting again in each paragraph,
and compares an attribute with all others of its tag: 100 kB of ``<div>`` alone take minutes. So
what a student's notebook displays may be nested, tangled and long only so far. One pass, linear.
"""

from __future__ import annotations

import re

MAX_TAGS = 20_000  # a table of 10,000 cells
MAX_DEPTH = 400
MAX_ATTRIBUTES = 100  # of one tag
MAX_OPENED_AGAIN = 2 << 20  # characters of formatting that stand open, summed over all tags

_NAME = r"[^\t\n\f\r />=]"
_SPACE = r"[\t\n\f\r ]*+"
# possessive throughout: whatever does not fit is given up at once, not tried in other ways
_ATTRIBUTE = (
    rf"[^\t\n\f\r />]{_NAME}*+(?:{_SPACE}={_SPACE}"
    r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\t\n\f\r >"'][^\t\n\f\r >]*+)?+)?+"""
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(/?)([a-zA-Z]{_NAME}*+)((?:{_ATTRIBUTE}|[\t\n\f\r /]++)*+)(?:>|\Z)",
    re.DOTALL,
)
_EMPTY = frozenset(["br", "hr", "img", "col", "wbr", "input", "meta", "link", "embed"])
_END_MAY_BE_LEFT_OUT = frozenset(
    "li p td th tr dd dt option tbody thead tfoot colgroup".split()  # noqa: SIM905
)
_FORMATTING = frozenset(
    "a b big code em font i nobr s small strike strong tt u".split()  # noqa: SIM905
)


def is_tangled(html: str) -> bool:
    """Tell whether HTML is too deep, too long or too tangled to be cleaned in reasonable time.

    A tag closes what was opened last (but for elements whose end may be left out), or nothing:
    elements that are closed out of order count as open to the end.
    """
    if html.count("<") > MAX_TAGS:
        return True
    stack: list[tuple[str, int]] = []  # open elements, and the characters of formatting up to each
    opened_again = 0
    for token in _TOKEN.finditer(html):
        closes, name, attributes = token.groups()
        name = (name or "").lower()
        if closes:
            del stack[_closed(stack, name) :]
            continue
        if not name or name in _EMPTY:
            continue
        if len(attributes) > MAX_ATTRIBUTES and _many(attributes):
            return True
        if stack and stack[-1][0] == name and name in _END_MAY_BE_LEFT_OUT:
            stack.pop()
        open_ = stack[-1][1] if stack else 0
        opened_again += open_
        stack.append((name, open_ + (len(token[0]) if name in _FORMATTING else 0)))
        if len(stack) > MAX_DEPTH or opened_again > MAX_OPENED_AGAIN:
            return True
    return False


def _closed(stack: list[tuple[str, int]], name: str) -> int:
    """Return how many elements stay open when an end tag of this name comes."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place][0] == name:
            return place
        if stack[place][0] not in _END_MAY_BE_LEFT_OUT:
            break
    return len(stack)


def _many(attributes: str) -> bool:
    return sum(1 for _ in _ATTRIBUTES.finditer(attributes)) > MAX_ATTRIBUTES
