"""Markdown to HTML for feedback pages and formgrader, without scripts."""

from __future__ import annotations

from typing import Any

from jinja2 import pass_context

from autograder.grading.submission.html import clean_html
from autograder.grading.submission.rendered import to_html


@pass_context
def markdown_to_html(context: Any, source: str) -> str:
    """Render Markdown as nbconvert does, then clean the HTML that came out.

    Cleaning the result, not the source, leaves no spelling of a link or tag unseen.
    """
    cell = context.get("cell") or {}
    return clean_html(to_html(source, cell.get("attachments")))
