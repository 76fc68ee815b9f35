"""Markdown to HTML for feedback pages and formgrader, without scripts."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from jinja2 import pass_context

from autograder.grading.nbgrader.highlight import PATIENCE
from autograder.grading.submission.html import clean_html
from autograder.grading.submission.rendered import MAX_SOURCE, to_html


@pass_context
def markdown_to_html(context: Any, source: str) -> str:
    """Render Markdown as nbconvert does, then clean the HTML that came out.

    Cleaning the result, not the source, leaves no spelling of a link or tag unseen.
    """
    attachments = (context.get("cell") or {}).get("attachments")

    def plain() -> str:
        return f"<pre>{escape(source[:MAX_SOURCE])}</pre>"

    if attachments:
        return PATIENCE.spend(lambda: clean_html(to_html(source, attachments)), plain)
    return PATIENCE.spend(lambda: _rendered(source), plain)


@lru_cache(maxsize=512)  # given texts are the same for everybody
def _rendered(source: str) -> str:
    return clean_html(to_html(source))


def as_it_is(html: str) -> str:
    """Stand in for nbconvert's filter of addresses below ``/files/``, which no server has any more.

    It takes quadratic time: minutes for a text of many opening brackets.
    """
    return html
