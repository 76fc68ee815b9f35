"""The class report as a page: complete, static, accessible, safe, and fit for a large class."""

import re
from html.parser import HTMLParser

import pytest

from autograder.report.classbook import ClassBook
from autograder.report.page import render

from .books import answer, large, small, submission

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Outline(HTMLParser):
    """Reads a page, and notes what a reader without eyes depends on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.tables, self.captions, self.figures = 0, 0, []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.add(tag)
        self.tables += tag == "table"
        self.captions += tag == "caption"
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        if tag == "svg":
            self.figures.append(given)
        if "id" in given:
            self.ids.append(given["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes another element"


@pytest.fixture(scope="module")
def page():
    return render("a course", [small(), ClassBook("05_unit", small().submissions)])


def test_the_page_is_well_formed_and_its_ids_are_unique(page):
    outline = Outline(page)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))


def test_every_table_has_a_caption_and_every_figure_a_description(page):
    outline = Outline(page)
    assert outline.tables == outline.captions > 8
    assert len(outline.figures) == 4
    for figure in outline.figures:
        assert figure["role"] == "img"
        described = re.search(rf'id="{figure["aria-labelledby"]}">([^<]+)</desc>', page)
        assert len(described.group(1)) > 40


def test_headings_skip_no_level(page):
    levels = Outline(page).headings
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_page_is_static_and_loads_nothing(page):
    assert "script" not in Outline(page).tags
    assert "@import" not in page
    links = set(re.findall(r'(?:src|href)="([^"#][^"]*)"', page))
    assert links == set()
    assert {u for u in re.findall(r"https?://[^\s\"]+", page) if "w3.org" not in u} == set()


def test_it_is_made_for_light_dark_and_paper(page):
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    drawn = "".join(re.findall(r"<svg.*?</svg>", page, re.S))
    assert "currentColor" in drawn
    assert "#000000" not in drawn


def test_it_says_what_there_is_to_say(page):
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    for told in (
        "1/m is missing",
        "04, The coin",
        "student-004, student-005",
        "Nothing was handed in by student-008",
        "cell &#39;x&#39; was missing and has been put back",
        "not graded yet",
    ):
        assert told in text, told


def test_names_and_messages_cannot_put_markup_into_the_page():
    evil = "<img src=x onerror=alert(1)>"
    wrong = answer("f__dW", "not checked", message=f"{evil} is not written")
    one = submission(evil, wrong, first_name=evil, last_name="</td>", notes=(evil,))
    page = render(evil, [ClassBook(evil, (one,), waiting=(evil,), silent=(evil,))])
    outline = Outline(page)
    assert "img" not in outline.tags
    assert outline.open == []


def test_a_class_of_two_thousand_fits_into_a_page_that_a_browser_opens_at_once():
    page = render("a course", [large(2000)])
    assert len(page) < 500_000
    assert Outline(page).open == []
    assert "A row is a group of students" in page
    assert "more" in page


def test_the_same_book_gives_the_same_bytes():
    assert render("a course", [small()]) == render("a course", [small()])


def test_nobody_with_all_points_is_a_page_without_complaints():
    page = render("a course", [ClassBook("a", (submission("s", answer("f__dW")),))])
    for calm in ("No mistake of the catalogue", "Nobody stands out", "None: every submission"):
        assert calm in page
