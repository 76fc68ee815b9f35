"""Markdown to HTML for feedback pages and formgrader, without scripts."""

from __future__ import annotations

from html import escape
from typing import Any

from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

from autograder.grading.nbgrader.mathml import to_mathml
from autograder.grading.submission.sanitize import clean_html


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


@pass_context
def markdown_to_html(context: Any, source: str) -> str:
    """Render Markdown as nbconvert does, then clean the HTML that came out.

    Cleaning the result, not the source, leaves no spelling of a link or tag unseen.
    """
    cell = context.get("cell") or {}
    renderer = _Renderer(escape=False, attachments=cell.get("attachments") or {})
    return clean_html(MarkdownWithMath(renderer=renderer).render(source))
