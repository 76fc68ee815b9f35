"""Markdown to HTML as nbconvert does it; whoever calls this cleans what comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import unquote

from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

from autograder.grading.nbgrader.mathml import to_mathml

MAX_SOURCE = 100_000  # characters
# From each of these nbconvert looks for the end of a formula, through the rest of the text.
_OPENINGS = ("\\begin{", "\\\\(", "\\\\[")
_MAX_LOOKED_THROUGH = 10_000_000
_ATTACHED = re.compile(r"""(\bsrc\s*=\s*)(?:"attachment:([^"]*)"|'attachment:([^']*)')""", re.I)
_MAX_EMBEDDED = 20 << 20  # characters of all pictures in one text


class _Renderer(IPythonRenderer):  # type: ignore[misc,unused-ignore]
    """nbconvert's renderer, with formulas as MathML, and attachments however they are named."""

    room = _MAX_EMBEDDED

    def inline_math(self, body: str) -> str:
        return to_mathml(body)

    def block_math(self, body: str) -> str:
        return f"<p>{to_mathml(body, 'block')}</p>"

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def image(self, text: str, url: str, title: str | None = None) -> str:
        try:
            return str(super().image(text, self._named(url), title))
        except InvalidNotebook:
            return escape(text)

    def block_html(self, html: str) -> str:
        return str(super().block_html(self._with_pictures(html)))

    def inline_html(self, html: str) -> str:
        return str(super().inline_html(self._with_pictures(html)))

    def _named(self, url: str) -> str:
        """The address with the attachment's own name, which a link writes with ``%20``."""
        name = url.removeprefix("attachment:")
        plain = unquote(name)
        known = url.startswith("attachment:") and name not in self.attachments
        return f"attachment:{plain}" if known and plain in self.attachments else url

    def _with_pictures(self, html: str) -> str:
        """Put attachments in the place of ``<img src="attachment:...">``."""

        def picture(found: re.Match[str]) -> str:
            name = unescape(found[2] if found[2] is not None else found[3])
            try:
                data = self._embed_image_or_attachment(self._named(f"attachment:{name}"))
            except InvalidNotebook:
                return found[0]
            self.room -= len(data)
            return f'{found[1]}"{escape(data)}"' if self.room >= 0 else found[0]

        return _ATTACHED.sub(picture, html)


def to_html(source: str, attachments: Mapping[str, Any] | None = None) -> str:
    """Render Markdown with formulas; a text that would take minutes is shown as it was written."""
    openings = sum(source.count(opening) for opening in _OPENINGS)
    if len(source) > MAX_SOURCE or openings * len(source) > _MAX_LOOKED_THROUGH:
        return f"<pre>{escape(source[:MAX_SOURCE])}</pre>"
    renderer = _Renderer(escape=False, attachments=dict(attachments or {}))
    return MarkdownWithMath(renderer=renderer).render(source)
