"""What a student displays costs time in proportion to its size, and comes out clean."""

from __future__ import annotations

import time
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from autograder.grading.nbgrader.markdown import markdown_to_html
from autograder.grading.nbgrader.mathml import to_mathml
from autograder.grading.nesting import MAX_ATTRIBUTES, MAX_DEPTH, MAX_TAGS, is_tangled
from autograder.grading.submission.html import clean_html
from autograder.grading.submission.rendered import MAX_SOURCE
from autograder.grading.submission.sanitize import size_of

SMALL, TIMES = 4_000, 16

Make = Callable[[int], str]
HTML: dict[str, Make] = {
    "drawings never closed": lambda n: "<svg " * n,
    "drawings closed at once": lambda n: "<svg></svg>" * n,
    "no drawings": lambda n: "<svgx" * n + "</svg>",
    "one open in the other": lambda n: "<div>" * n,
    "open formatting": lambda n: "".join(f"<b class={i}>" for i in range(n)),
    "formatting and paragraphs": lambda n: (
        "".join(f"<b class={i}>" for i in range(n // 2)) + "<p>x" * (n // 2)
    ),
    "long formatting, opened again": lambda n: "<b class='" + "x" * n + "'>" + "<p>x" * (n // 9),
    "formatting that leaks": lambda n: (
        "".join(f"<b class={i}>" + "<div>" * 9 + "</b>" for i in range(n // 9)) + "<p>x" * n
    ),
    "attributes": lambda n: "<p" + "".join(f" a{i}" for i in range(n)) + ">",
    "attributes without blanks": lambda n: "<p" + "".join(f"/a{i}" for i in range(n)),
    "text in tables": lambda n: "<table>" + "a<i>b</i>" * n,
    "cells": lambda n: f"<table>{'<tr><td>1</td></tr>' * n}</table>",
    "cells without ends": lambda n: "<table>" + "<tr><td>1<td>2" * n,
    "formulas": lambda n: "<math><mi>" * n,
    "no formulas": lambda n: "<math><![CDATA[></math>]]>" * n,
    "comments": lambda n: "<!--" * n,
    "quotes": lambda n: "<a b='" * n,
    "tags without ends": lambda n: "<p " * n,
    "ends": lambda n: "</p>" * n,
    "styles": lambda n: "<p style='" + "color:red;" * n + "'>",
    "brackets in styles": lambda n: "<p style='" + "color:a(" * n + "'>",
    "addresses": lambda n: "<a href='" + "http:" * n + "'>",
    "pictures": lambda n: "<img src='data:image/png;base64," + "A" * n + "!'>",
    "signs": lambda n: "<&\"'" * n,
}
TEXT: dict[str, Make] = {
    "environments": lambda n: "\\begin{a}" * n,
    "formulas in brackets": lambda n: "\\\\(" * n,
    "displayed formulas": lambda n: "\\\\[" * n,
    "brackets": lambda n: "[" * n,
    "links": lambda n: "[a](" * n,
    "dollars": lambda n: "$" * n,
    "drawings": lambda n: "<svg " * n,
    "quotes": lambda n: ">" * n,
    "backticks": lambda n: "`a " * n,
}


def seconds(work: Callable[[], object]) -> float:
    """The shortest of three, in this process's own time: other processes do not count."""
    found = []
    for _ in range(3):
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
    return min(found)


def grows_like_its_size(clean: Callable[[str], object], make: Make) -> bool:
    """Sixteen times as much takes sixteen times as long, or 256 times: well below is well."""
    small, large = make(SMALL), make(SMALL * TIMES)
    return seconds(lambda: clean(large)) < 6 * TIMES * (seconds(lambda: clean(small)) + 0.002)


@pytest.mark.parametrize("name", HTML)
def test_cleaning_takes_time_in_proportion(name: str) -> None:
    assert grows_like_its_size(clean_html, HTML[name])


@pytest.mark.parametrize("name", TEXT)
def test_rendering_takes_time_in_proportion(name: str) -> None:
    assert grows_like_its_size(lambda text: markdown_to_html({}, text), TEXT[name])


DEEP = "<div>" * 5 + "<ul><li>one<li>two <b>three</b><p>four<br><p>five</ul>" + "</div>" * 5
FINE = {
    "a table": f"<table>{'<tr>' + '<td style=color:red>1.5</td>' * 20 + '</tr>'}</table>" * 200,
    "marks in cells": "<table>" + "<tr><td><b>1</b></td></tr>" * 3000 + "</table>",
    "a list without ends": "<ul>" + "<li>a <code>b</code>" * 3000 + "</ul>",
    "paragraphs": "<p>a <a href='https://example.org/'>b</a> <em>c <b>d</b></em>" * 2000,
    "lines": "a<br>" * 15_000,
    "some depth": DEEP * 300,
    "a long picture": f"<img src='data:image/png;base64,{'A/+ =' * 100_000}'>",
    "a long title": f"<p title='{'a = b ' * 1000}'>text",
    "a formula": "".join(to_mathml(f"\\frac{{a_{n}\\;b}}{{c^2}}") for n in range(500)),
}
TANGLED = {
    "deep": "<div>" * (MAX_DEPTH + 1),
    "deep, closed in another order": "<div><i></div>" * MAX_DEPTH,
    "many tags": "<br>" * (MAX_TAGS + 1),
    "attributes": "<p" + "".join(f" a{n}=''" for n in range(MAX_ATTRIBUTES + 1)) + ">",
    "attributes behind a mark": "<p ='\" a='>'" + "".join(f" a{n}" for n in range(200)) + ">",
    "formatting": f"<b class={'x' * 5000}>" + "<p>x" * 600,
    "formatting in comments": f"<b class={'x' * 5000}>" + "<!--</b>--><p>x" * 600,
}


@pytest.mark.parametrize("name", FINE)
def test_ordinary_pages_are_not_tangled(name: str) -> None:
    assert not is_tangled(FINE[name])
    assert not clean_html(FINE[name]).startswith("<pre>")


@pytest.mark.parametrize("name", TANGLED)
def test_what_is_tangled_is_shown_as_text(name: str) -> None:
    html = TANGLED[name] + "<script>alert(1)</script>"
    assert is_tangled(html)
    shown = clean_html(html)
    assert shown.startswith("<pre>&lt;")
    assert "<" not in shown.removeprefix("<pre>").removesuffix("</pre>")


def test_a_text_of_reasonable_size_is_rendered() -> None:
    text = "\\begin{aligned}a\\end{aligned}\n\n" * 100 + "word " * 10_000
    assert "<math" in markdown_to_html({}, text)
    assert markdown_to_html({}, "a *b* " * MAX_SOURCE).startswith("<pre>a *b*")


CLEAN = [
    ("<p style='color:red;position:fixed;width:10%'>a</p>", '<p style="color:red;width:10%">a</p>'),
    (
        "<p style='background-color:rgb(1, 2, 3)'>a</p>",
        '<p style="background-color:rgb(1, 2, 3)">a</p>',
    ),
    ("<p style='color:url(https://example.org)'>a</p>", "<p>a</p>"),
    ("<p style='border:1px solid \\75rl(x)'>a</p>", "<p>a</p>"),
    ("<p style='border:image-set(\"x\" 1x);color:red'>a</p>", '<p style="color:red">a</p>'),
    (
        "<p style='color:red;behavior:url(x);-moz-binding:url(y)'>a</p>",
        '<p style="color:red">a</p>',
    ),
    ("<script>alert(1)</script><style>p{}</style>a", "a"),
    ("<a href='javascript:alert(1)'>a</a>", '<a rel="noopener noreferrer">a</a>'),
    ("<a href=' data:text/html,x'>a</a>", '<a rel="noopener noreferrer">a</a>'),
    ("<a href='java&#10;script:alert(1)'>a</a>", '<a rel="noopener noreferrer">a</a>'),
    ("<img src='https://example.org/seen.png' alt='a'>", '<img alt="a">'),
    ("<img src='data:image/svg+xml;base64,AAAA' alt='a'>", '<img alt="a">'),
    (
        "<img src='data:image/png;base64,AAAA' onerror='x'>",
        '<img src="data:image/png;base64,AAAA">',
    ),
    ("<iframe src='x'>a</iframe><form action='x'><input name='y'>b</form>", "ab"),
    ("<p id='x' onclick='y' class='z dataframe' data-a='b'>a</p>", '<p class="dataframe">a</p>'),
    ("<base href='https://example.org'><meta http-equiv='refresh'><link href='x'>a", "a"),
    ("<math><mi mathvariant='bold' href='javascript:x'>a</mi></math>", None),
]


@pytest.mark.parametrize(("html", "wanted"), CLEAN)
def test_what_is_kept_and_what_is_dropped(html: str, wanted: str | None) -> None:
    if wanted is None:
        wanted = '<math><mi mathvariant="bold">a</mi></math>'
    assert clean_html(html) == wanted


def test_a_formula_has_an_end_for_each_start() -> None:
    made = to_mathml(r"a\;b \hspace{1em} \frac{x}{y}")
    assert "/>" not in made
    assert {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(made).iter()} >= {"mspace"}
    assert clean_html(made).count("<mspace") == made.count("</mspace>") == 2


def test_the_size_of_outputs_counts_whatever_is_in_them() -> None:
    outputs = [{"data": {"text/html": "abc", "image/png": b"12"}, "n": 1}, ["x", None], 3.5]
    assert size_of(outputs) == 3 + 2 + 1 + 1 + 1 + 1
