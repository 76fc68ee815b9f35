# ruff: noqa: E501  (a trick reads best on one line)
"""Injection into the pages that instructor and student open."""

from __future__ import annotations

from typing import Any

from .case import Case, trick

# `test_hostile` looks for this call in every page, outside of text
_JS = "alert(31337)"


def _markdown(*sources: str) -> Any:
    """Return an edit that adds text cells."""

    def edit(data: dict[str, Any]) -> None:
        for number, source in enumerate(sources):
            cell = {"cell_type": "markdown", "id": f"m{number}", "metadata": {}, "source": source}
            data["cells"].append(cell)

    return edit


def _html(text: str) -> str:
    return f"from IPython.display import HTML, display\ndisplay(HTML({text!r}))"


CASES: list[Case] = [
    Case(
        "script in markdown", edit=_markdown(f"<script>{_JS}</script>", f"a <SCRIPT>{_JS}</SCRIPT>")
    ),
    Case(
        "handler in markdown", edit=_markdown(f"<img src=x onerror={_JS}>", f"<svg/onload={_JS}>")
    ),
    Case(
        "links in markdown",
        edit=_markdown(
            f"[x](javascript:{_JS})",
            f"[x](JaVaScRiPt:{_JS})",
            f"[x](java&#115;cript:{_JS})",
            f"<a href='java\tscript:{_JS}'>x</a>",
            f"[x](data:text/html;base64,PHNjcmlwdD4=)<!--{_JS}-->",
            f"<javascript:{_JS}>",
            f"[x]: javascript:{_JS}\n\n[x]",
        ),
    ),
    Case(
        "frames and forms in markdown",
        edit=_markdown(
            f"<iframe srcdoc='<script>{_JS}</script>'>",
            f"<form action='javascript:{_JS}'><button>x</button></form>",
            f"<object data='javascript:{_JS}'>",
            f"<meta http-equiv=refresh content='0;url=javascript:{_JS}'>",
        ),
    ),
    Case(
        "a broken-out attribute",
        edit=_markdown(
            f'![a" onerror="{_JS}](x)',
            f'# x" onmouseover="{_JS}',
            f"`</code><script>{_JS}</script>`",
        ),
    ),
    Case(
        "mathematics",
        edit=_markdown(
            f"$</script><script>{_JS}</script>$", f"$$\\text{{<img src=x onerror={_JS}>}}$$"
        ),
    ),
    Case(
        "formulas and drawings that change when they are parsed again",
        edit=_markdown(
            f"<math><mtext><table><mglyph><style><img src=x onerror={_JS}></style></mglyph></table></mtext></math>",
            f"<math><annotation-xml encoding='text/html'><script>{_JS}</script></annotation-xml></math>",
            f"<math href='javascript:{_JS}'>x</math><math><mi xlink:href='javascript:{_JS}'>x</mi></math>",
            f'$\\href{{javascript:{_JS}}}{{x}}$ $\\style{{x:expression({_JS})}}{{x}}$ $\\class{{a" onclick="{_JS}}}{{x}}$',
            f"<svg><g/onload={_JS}></g></svg><svg xmlns='http://www.w3.org/2000/svg'><a href='javascript:{_JS}'><text>x</text></a></svg>",
            f'<a title="<svg>" onclick="{_JS}</svg>">x</a>',
            f"<svg></p><style><!--</style><img src=x onerror={_JS}>--></svg>",
        ),
    ),
    Case("a bomb of brackets", edit=_markdown("[" * 60_000)),
    Case(
        "a bomb of formulas",
        edit=_markdown("$" + "{" * 1900 + "x" + "}" * 1900 + "$", "$" + "\\frac" * 600 + "$"),
    ),
    Case(
        "attachments",
        edit=lambda d: d["cells"].append(
            {
                "cell_type": "markdown",
                "id": "at",
                "metadata": {},
                "source": "![a](attachment:a.svg)",
                "attachments": {"a.svg": {"image/svg+xml": f"<svg onload='{_JS}'/>"}},
            }
        ),
    ),
    Case(
        "a raw cell",
        edit=lambda d: d["cells"].append(
            {
                "cell_type": "raw",
                "id": "raw",
                "metadata": {"format": "text/html"},
                "source": f"<script>{_JS}</script>",
            }
        ),
    ),
    trick("script in HTML", _html(f"<script>{_JS}</script><p>shown</p>")),
    trick("handler in HTML", _html(f"<img src=x onerror='{_JS}'><body onload={_JS}>")),
    trick(
        "SVG output",
        f"from IPython.display import SVG\nSVG(\"<svg xmlns='http://www.w3.org/2000/svg' onload='{_JS}'/>\")",
    ),
    trick("JavaScript output", f"from IPython.display import Javascript\nJavascript('{_JS}')"),
    trick(
        "markdown output",
        f"from IPython.display import Markdown\nMarkdown('<script>{_JS}</script> [x](javascript:{_JS})')",
    ),
    trick(
        "LaTeX output",
        f"from IPython.display import Latex\nLatex('</script><script>{_JS}</script>')",
    ),
    trick(
        "an image that is none",
        f"get_ipython().display_pub.publish({{'image/png': 'x\\\" onerror=\\\"{_JS}', 'text/plain': ''}})",
    ),
    trick(
        "widget output",
        f"get_ipython().display_pub.publish({{'application/vnd.jupyter.widget-view+json': '</script><script>{_JS}</script>', 'text/plain': ''}})",
    ),
    trick(
        "HTML under a false type",
        f"get_ipython().display_pub.publish({{'text/plain': '<script>{_JS}</script>', 'text/HTML': '<script>{_JS}</script>', 'application/javascript': '{_JS}'}})",
    ),
    trick(
        "printed tags",
        f"print('<script>{_JS}</script>')\nimport sys\nprint('\\x1b]8;;javascript:{_JS}\\x1b\\\\x', file=sys.stderr)",
    ),
    trick(
        "the name of an exception",
        f"raise type('<script>{_JS}</script>', (Exception,), {{}})('<img src=x onerror={_JS}>')",
    ),
    Case(
        "a message from an answer",
        answers={"square": f"def square(x):\n    raise ValueError('<script>{_JS}</script>')"},
        points={"square__keeps_its_input": 0.0},
    ),
    trick("code that closes its block", f"'</pre></div><script>{_JS}</script>'"),
    trick(
        "a style that covers the page",
        _html(
            f"<style>*{{display:none}}</style><div style='position:fixed;background:url(javascript:{_JS})'>x</div>"
        ),
    ),
]
