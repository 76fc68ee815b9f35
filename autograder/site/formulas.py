"""Formulas as MathML: browsers show them without a script, in the colour of the text around."""

from __future__ import annotations

import re
from typing import Any

from autograder.grading.nbgrader.mathml import converted


def mathml(tex: str, display: str = "inline") -> str:
    """Return a formula as MathML.

    Parameters
    ----------
    tex : str
        Without its dollar signs.
    display : str
        ``inline`` or ``block``.

    Raises
    ------
    ValueError
        If the formula cannot be converted; the message holds it.
    """
    try:
        made = converted(tex, display)
    except Exception as error:
        raise ValueError(f"no MathML for the formula {tex.strip()!r}: {error!r}") from error
    made = made.replace(r"\_", "_")  # inside of \text, where the package leaves it as it is
    if "\\" in re.sub(r"<[^>]*>", "", made):
        raise ValueError(f"a command of the formula {tex.strip()!r} is not known to latex2mathml")
    return made


def setup(app: Any) -> dict[str, Any]:
    """Tell Sphinx how formulas are written."""
    from docutils import nodes

    def inline(translator: Any, node: Any) -> None:
        translator.body.append(mathml(node.astext()))
        raise nodes.SkipNode

    def block(translator: Any, node: Any) -> None:
        # a wide formula scrolls by itself, with the keyboard too
        made = mathml(node.astext(), "block")
        translator.body.append(f'<div class="formula" tabindex="0">{made}</div>\n')
        raise nodes.SkipNode

    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
