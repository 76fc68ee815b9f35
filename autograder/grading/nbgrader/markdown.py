"""Markdown to HTML for feedback pages and formgrader, without scripts."""

from __future__ import annotations

from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

from autograder.grading.nbgrader.mathml import to_mathml
from autograder.grading.submission.sanitize import clean_html

MAX_SOURCE = 100_000  # characters
# From each of these nbconvert looks for the end of a formula, through the rest of the text.
_OPENINGS = ("\\begin{", "\\\\(", "\\\\[")
_MAX_LOOKED_THROUGH = 10_000_000


class _Renderer(IPythonRenderer):  # type: ignore[misc,unused-ignore]
    """nbconvert's renderer, with formulas as MathML, and not stopped by a missing attachment."""

    def inline_math(self, body: str) -> str:
        return to_mathml(body)

    def block_math(self, body: str) -> str:
        return f"<p>{to_mathml(body, 'block')}</p>"

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def image(self, text: str, url: str, title: str | None = None) -> str:
        try:
            return str(super().image(text, url, title))
        except InvalidNotebook:
            return escape(text)


def _takes_long(source: str) -> bool:
    openings = sum(source.count(opening) for opening in _OPENINGS)
    return len(source) > MAX_SOURCE or openings * len(source) > _MAX_LOOKED_THROUGH


@pass_context
def markdown_to_html(context: Any, source: str) -> str:
    """Render Markdown as nbconvert does, then clean the HTML that came out.

    Cleaning the result, not the source, leaves no spelling of a link or tag unseen. A text that
    would take minutes to render is shown as it was written.
    """
    if _takes_long(source):
        return f"<pre>{escape(source[:MAX_SOURCE])}</pre>"
    cell = context.get("cell") or {}
    renderer = _Renderer(escape=False, attachments=cell.get("attachments") or {})
    return clean_html(MarkdownWithMath(renderer=renderer).render(source))
