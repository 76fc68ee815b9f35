"""Code with its colours, for feedback pages and formgrader; the same code is coloured once."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from nbconvert.filters.highlight import Highlight2HTML

from autograder.grading.submission.patience import Patience

_LONGEST = 20_000  # characters; more than that nobody reads for its colours
#: For the page that is being made.
PATIENCE = Patience()


def highlight_code(source: str, language: str | None = None, metadata: Any = None) -> str:
    """Return code as HTML: coloured as nbconvert does, or plain where that takes too long."""

    def plain() -> str:
        return f'<div class="highlight"><pre>{escape(source)}\n</pre></div>'

    if len(source) > _LONGEST:
        return plain()
    return PATIENCE.spend(lambda: _coloured(source, language), plain)


@lru_cache(maxsize=512)  # given cells and tests are the same for everybody
def _coloured(source: str, language: str | None) -> str:
    return str(_highlighter()(source, language))


@lru_cache
def _highlighter() -> Any:
    made: Any = Highlight2HTML  # untyped
    return made(pygments_lexer="ipython3")
