"""What a student's notebook shows is seen by who grades it, and nothing of it runs."""

from __future__ import annotations

import base64
import io
import re
from types import SimpleNamespace
from typing import Any

import matplotlib
import pytest
from matplotlib.figure import Figure

from autograder.grading.nbgrader.markdown import markdown_to_html
from autograder.grading.submission.sanitize import clean_outputs
from autograder.grading.submission.svg_image import svg_as_image

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()
JS = "document.documentElement.dataset.ran=1"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def shown(**data: Any) -> dict[str, str]:
    """Return what is kept of displayed data; in names, ``__`` is ``/`` and ``_and_`` is ``+``."""
    bundle = {k.replace("__", "/").replace("_and_", "+"): value for k, value in data.items()}
    (output,) = clean_outputs([{"output_type": "display_data", "data": bundle}], 1)
    return dict(output.data)


def text_cell(source: str, attachments: dict[str, Any]) -> str:
    return markdown_to_html({"cell": SimpleNamespace(get=lambda key: attachments)}, source)


def drawing(html: str) -> str:
    (data,) = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]*)" alt="[^"]*">', html)
    return base64.b64decode(data).decode()


def test_markdown_is_seen_as_it_was_meant() -> None:
    found = shown(text__markdown="**MARK** and $a^2$", text__plain="<Markdown object>")
    assert "<strong>MARK</strong>" in found["text/html"]
    assert "<msup>" in found["text/html"]


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        (r"$\displaystyle \frac{a}{b}$", "<mfrac>"),
        (r"$$\sqrt{x}$$", "<msqrt>"),
        ("\\begin{align}a&=b\\\\c&=d\\end{align}", "<mtable"),
        (r"The root $\sqrt{x}$ of x", "The root <math"),
    ],
)
def test_formulas_are_seen(latex: str, part: str) -> None:
    assert part in shown(text__latex=latex, text__plain="x")["text/html"]


def test_a_picture_of_a_formula_goes_before_its_source() -> None:
    found = shown(text__latex="$x$", image__png=PNG, text__plain="x")
    assert "text/html" not in found
    assert found["image/png"] == PNG


def test_html_goes_before_markdown() -> None:
    assert shown(text__html="<b>x</b>", text__markdown="*y*")["text/html"] == "<b>x</b>"


def test_a_figure_that_matplotlib_saves_as_svg_is_seen() -> None:
    figure, target = Figure(), io.StringIO()
    figure.subplots().plot([1, 2], [3, 4])
    with matplotlib.rc_context({"svg.hashsalt": "x"}):
        figure.savefig(target, format="svg")
    found = drawing(shown(image__svg_and_xml=target.getvalue())["text/html"])
    assert found.count("<path") > 10
    assert '<use href="#' in found
    assert "clip-path" in found
    assert "<metadata" not in found


HOSTILE = [
    f"<script>{JS}</script>",
    f'<g onload="{JS}" onclick="{JS}"/>',
    f"<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'><script>{JS}</script></p>"
    "</foreignObject>",
    f'<a href="javascript:{JS}"><text>x</text></a>',
    f'<a xlink:href="javascript:{JS}"><text>x</text></a>',
    '<image href="https://example.org/x.png"/><use href="https://example.org/x.svg#a"/>',
    '<rect style="fill: url(https://example.org/x)"/><rect fill="URL( \'//example.org\')"/>',
    f'<animate attributeName="href" values="javascript:{JS}"/>',
    f'<set attributeName="onload" to="{JS}"/>',
    f'<image href="data:image/svg+xml;base64,{PNG}"/>',
    "<style>@import url(https://example.org/x.css);</style>",
    f'<iframe xmlns="http://www.w3.org/1999/xhtml" srcdoc="{JS}"/>',
    f'<text>a<tspan onmouseover="{JS}">b</tspan>c</text>',
]


@pytest.mark.parametrize("inside", HOSTILE)
def test_nothing_in_a_drawing_runs_or_loads(inside: str) -> None:
    found = drawing(svg_as_image(SVG.format(inside)))
    for word in ("dataset", "javascript", "example.org", "<script", "svg+xml", "@import", " on"):
        assert word not in found
    assert found.startswith('<svg xmlns="http://www.w3.org/2000/svg"')


@pytest.mark.parametrize(
    "source",
    [
        "no drawing",
        "<svg>without a namespace</svg>",
        '<!DOCTYPE x [<!ENTITY a "b">]>' + SVG.format("<text>&a;</text>"),
        SVG.format("&a;"),
        SVG.format("<text>"),
        SVG.format("x" * (3 << 20)),
    ],
)
def test_what_is_no_drawing_is_not_shown(source: str) -> None:
    assert svg_as_image(source) == ""


def test_a_very_deep_drawing_ends() -> None:
    deep = SVG.format("<g>" * 5000 + "</g>" * 5000)
    assert svg_as_image(deep).count("<img") <= 1


def test_words_and_bitmaps_in_a_drawing_stay() -> None:
    inside = f'<text>a &lt; b</text><image href="data:image/png;base64,{PNG}"/>'
    inside += '<rect fill="url(#p)"/>'
    found = drawing(svg_as_image(SVG.format(inside)))
    assert "a &lt; b" in found
    assert PNG in found
    assert "url(#p)" in found


def test_students_html_shows_no_svg_by_address() -> None:
    html = f'<img src="data:image/svg+xml;base64,{PNG}">x'
    assert "svg" not in shown(text__html=html)["text/html"]


def test_an_output_in_which_nothing_is_seen_says_so() -> None:
    widget = shown(text__html="<div id='plot'></div><script>1</script>")
    assert widget == {"text/plain": "[an interactive output, which is not shown here]"}
    assert shown(text__html="<p></p>", text__plain="Figure()") == {"text/plain": "Figure()"}


@pytest.mark.parametrize(
    "source",
    [
        "![b](attachment:my%20sketch.png)",
        "![b](<attachment:my sketch.png>)",
        '<img src="attachment:my sketch.png" width="300">',
        "<img width=300 src = 'attachment:my%20sketch.png'/>",
        'Text <IMG SRC="attachment:my%20sketch.png"> in a line',
        '<div><img src="attachment:my%20sketch.png"></div>',
    ],
)
def test_attachments_are_seen_however_they_are_named(source: str) -> None:
    found = text_cell(source, {"my sketch.png": {"image/png": PNG}})
    assert found.count(f'src="data:image/png;base64,{PNG}"') == 1


def test_a_name_that_holds_a_percent_sign_is_found_as_it_is() -> None:
    found = text_cell("![b](attachment:a%20b.png)", {"a%20b.png": {"image/png": PNG}})
    assert PNG in found


def test_attachments_that_are_not_there_leave_their_words() -> None:
    assert "a sketch" in text_cell("![a sketch](attachment:x.png)", {})
    assert "attachment" not in text_cell('<img src="attachment:x.png" alt="y">', {})


def test_an_attachment_cannot_bring_an_address_of_its_own() -> None:
    odd = {"x.png": {"image/png": f'"><script>{JS}</script>'}}
    assert "<script" not in text_cell('<img src="attachment:x.png">', odd)


LOOKS = [
    '<div style="position:fixed;top:0;z-index:9;inset:0">x</div>',
    '<div style="margin:-300px 0 0 0">x</div>',
    '<div style="margin: calc(0px - 300px)">x</div>',
    '<span style="padding:300px">x</span>',
    '<span style="padding:1e3px;border:9em solid white">x</span>',
    '<span style="border:300px solid rgb(255, 255, 255)">x</span>',
    '<span style="padding:50vh;border:100% solid white">x</span>',
    '<p class="held panel-heading navbar-fixed-top modal alert" role="alert" id="toc">x</p>',
]


@pytest.mark.parametrize("html", LOOKS)
def test_nothing_looks_like_the_graders_or_lies_over_it(html: str) -> None:
    assert re.fullmatch(r"<(\w+)( style=\"\")?>x</\1>", shown(text__html=html)["text/html"])


def test_ordinary_looks_stay() -> None:
    style = "border:1px solid rgb(1, 2, 3);padding:10px;margin:1.5em auto;color:red"
    found = shown(text__html=f'<table class="dataframe" style="{style}"><td>1</td></table>')
    assert f'<table class="dataframe" style="{style}">' in found["text/html"]
    code = markdown_to_html({"cell": {}}, "```python\nx = 1\n```")
    assert 'class="highlight"' in code
    assert '<span class="n">x</span>' in code
