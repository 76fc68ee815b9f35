"""Drawings from the student's side: a picture of a diagnosis passes, everything else is dropped."""

from xml.etree import ElementTree

import pytest

from autograder.grading.submission.html import clean_html
from autograder.grading.submission.svg import MAX_SIZE, clean_svg
from tests.helpers.pictures import PROBLEMS, drawn_on

OPEN = '<svg xmlns="http://www.w3.org/2000/svg">'


def _same(one, other):
    """The same elements, attributes and texts, in whatever order attributes are written."""
    pairs = zip(one.iter(), other.iter(), strict=True)
    return all((a.tag, a.attrib, a.text) == (b.tag, b.attrib, b.text) for a, b in pairs)


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_picture_of_a_diagnosis_passes_unchanged(name):
    for title, _, _, (svg, _) in drawn_on(name):
        cleaned = clean_html(f"<figure>{svg}<figcaption>told</figcaption></figure>")
        start, end = cleaned.index("<svg"), cleaned.index("</svg>") + len("</svg>")
        found = ElementTree.fromstring(cleaned[start:end])
        assert _same(found, ElementTree.fromstring(svg)), title
        assert "<figcaption>told</figcaption>" in cleaned


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<a href="javascript:alert(1)"><text>here</text></a>',
        '<image href="https://example.org/seen.png"/>',
        '<use href="#other"/>',
        "<foreignObject><p>over the page</p></foreignObject>",
        "<style>* { display: none }</style>",
        '<animate attributeName="x" onbegin="alert(1)"/>',
    ],
)
def test_nothing_else_does(inside):
    assert clean_svg(f"{OPEN}<g>{inside}</g></svg>").endswith('auto"><g></g></svg>')


@pytest.mark.parametrize(
    "attribute",
    ['onload="alert(1)"', 'style="position:fixed"', 'fill="url(https://example.org)"', 'id="x"'],
)
def test_nor_does_an_attribute_that_acts_or_points(attribute):
    assert clean_svg(f"{OPEN}<path {attribute} d='M0 0'/></svg>").endswith(
        '<path d="M0 0"></path></svg>'
    )


@pytest.mark.parametrize(
    "source",
    [
        f"{OPEN}<g></svg>",
        "<svg><g/></svg>",
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{OPEN}<text>&a;</text></svg>',
        f"{OPEN}{'<g/>' * MAX_SIZE}</svg>",
    ],
    ids=["not well formed", "no namespace", "entities", "too large"],
)
def test_what_is_no_plain_drawing_is_dropped_whole(source):
    assert clean_svg(source) == ""


def test_text_stays_text():
    shown = clean_svg(f"{OPEN}<title>&lt;img src=x onerror=alert(1)&gt;</title></svg>")
    assert "<title>&lt;img src=x onerror=alert(1)&gt;</title>" in shown


@pytest.mark.parametrize(
    "html",
    [
        f"<scr{OPEN}</svg>ipt>alert(1)</scr{OPEN}</svg>ipt>",
        f'<img alt="{OPEN}</svg>" onerror="alert(1)" src="x">',
        f'<p title="{OPEN}<text>&quot; onclick=&quot;alert(1)</text></svg>">here</p>',
    ],
)
def test_a_drawing_cannot_split_a_tag_into_two_harmless_halves(html):
    tags = ElementTree.fromstring(f"<html>{clean_html(html)}</html>").iter()
    assert not any("script" in tag.tag or set(tag.attrib) & {"onerror", "onclick"} for tag in tags)
