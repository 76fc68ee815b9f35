"""A report as HTML and as JSON: valid, escaped, complete, and nothing from elsewhere."""

import json
import re
from dataclasses import replace
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest

from autograder.engine.report.addresses import ON_SITE, linked
from autograder.engine.report.html import heat_map, html
from autograder.engine.report.report import MIME, Report
from autograder.engine.report.text import gap_sentence, text
from autograder.engine.report.verdict import Example, Verdict, Words
from tests.helpers.notebooks import notebook, report

VOID = {"br", "img", "hr", "col", "input", "meta", "link"}
EVIL = "<script>alert('x')</script>\"'&<b>"


class Reader(HTMLParser):
    """Collects tags, and complains about what is not closed or closed twice."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tags, self.words, self.attributes = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.words.append(data)


CODE = re.compile(r"`([^`]+)`")


def bare(text):
    """A text without spaces and without the marks of code."""
    return re.sub(r"[\s`]+", "", text)


def read(page):
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    return W.T @ dZ, dZ @ A_prev.T, dZ.sum(axis=1, keepdims=True)


def raising(dZ, cache):
    raise ValueError(EVIL)


def listing(dZ, cache):
    return np.array([EVIL]), EVIL, {EVIL: EVIL}


REPORTS = {
    "wrong": report(notebook(linear_backward), "linear_backward"),
    "right": report(notebook(), "linear_backward"),
    "carried": report(notebook(linear_backward), "L_model_backward"),
    "raising": report({**notebook(), "linear_backward": raising}, "linear_backward"),
    "texts": report({**notebook(), "linear_backward": listing}, "linear_backward"),
    "missing": report({}, "linear_backward"),
    "keys": report({**notebook(), "L_model_backward": lambda *a: {EVIL: 1}}, "L_model_backward"),
}


@pytest.mark.parametrize("name", REPORTS)
def test_the_html_is_well_formed_and_brings_nothing_from_elsewhere(name):
    page = html(REPORTS[name])
    reader = read(page)
    assert not {"script", "link", "style", "iframe", "object", "img"} & set(reader.tags)
    for attribute, value in reader.attributes:
        assert not attribute.startswith("on")
        assert attribute not in ("src", "srcset", "action")
        assert not (attribute == "href" and not value.startswith("../../notebooks/"))
        assert "url(" not in (value or "").replace("url(#", "")
    assert not re.search(r"https?://(?!www\.w3\.org/)", page)


@pytest.mark.parametrize("name", REPORTS)
def test_html_and_text_say_the_same(name):
    said = "".join(read(html(REPORTS[name])).words)
    words = re.sub(r"\s+", " ", " ".join(read(html(REPORTS[name])).words))
    for verdict in REPORTS[name].verdicts:
        assert verdict.sentence in words
    for diagnosed in REPORTS[name].diagnosis:
        places = [place for place, _ in diagnosed.read]
        for part in (diagnosed.computed, diagnosed.formula, diagnosed.ask, *places):
            assert re.sub(r"\s+", " ", part) in words
    for part in (*REPORTS[name].advice, REPORTS[name].note, REPORTS[name].certainty):
        assert bare(part) in bare(said)
        assert all(f"<code>{escape(c)}</code>" in html(REPORTS[name]) for c in CODE.findall(part))
        assert "`" not in said


@pytest.mark.parametrize("name", ["raising", "texts", "keys"])
def test_what_comes_from_the_student_is_escaped(name):
    page = html(REPORTS[name])
    assert "<script" not in page
    assert "<b>alert" not in page
    read(page)


def test_the_students_text_is_shown_as_text():
    assert EVIL in " ".join(read(html(REPORTS["raising"])).words)


def test_every_field_is_escaped():
    words = Words(*[EVIL] * 8)
    example = Example(EVIL, EVIL, (0, 0), [[1.0]], [[2.0]], 0.5)
    verdict = Verdict(EVIL, "failed", EVIL, EVIL + "2")
    page = html(Report(EVIL, (verdict,), EVIL + "3", (words,), EVIL, (EVIL,), example))
    reader = read(page)
    assert "script" not in reader.tags
    assert " ".join(reader.words).count(EVIL) >= 12


@pytest.mark.parametrize(
    ("factor", "told"),
    [
        (7, "7 times"),
        (1 / 7, "1/7 of"),
        (7 / 5, "7/5 of"),
        (-7 / 5, "-7/5 of"),
        (5 / 7, "5/7 of"),
        (36 / 35, "36/35 of"),
        (343, "343 times"),
        (1 / 343, "1/343 of"),
        (1.01, "1.01 times"),
        (0.7310585786, "0.7311 times"),
    ],
)
def test_a_common_factor_is_told_as_the_texts_tables_have_it(factor, told):
    wanted = np.array([[0.3, -1.7], [2.9, 0.11]])
    example = Example("dW", "m = 7", (1, 0), (factor * wanted).tolist(), wanted.tolist(), 0.5)
    assert gap_sentence(example).endswith(f": every entry is {told} what it should be.")


@pytest.mark.parametrize(("factor", "told"), [(7, "7 times"), (1 / 7, "1/7 of"), (7 / 5, "")])
def test_of_one_number_only_a_simple_factor_is_told(factor, told):
    sentence = gap_sentence(Example("J", "m = 7", (), factor * 0.3, 0.3, 0.5))
    assert told in sentence
    assert ("what it should be" in sentence) == bool(told)


def test_the_heat_map_shows_the_wrong_entries_and_what_was_expected():
    found = np.array([[1.0, 2.0], [3.0, 4.0]])
    wanted = np.array([[1.0, 2.0], [3.0, 8.0]])
    example = Example("dW", "m = 2", (1, 1), found.tolist(), wanted.tolist(), 0.5)
    reader = read(heat_map(example))
    cells = [value for name, value in reader.attributes if name == "title"]
    assert cells == ["expected 1", "expected 2", "expected 3", "expected 8"]
    shades = [value for name, value in reader.attributes if name == "style" and "rgba" in value]
    assert [re.search(r"0,(\d\.\d+)\)", shade)[1] for shade in shades] == ["0.00"] * 3 + ["0.85"]
    assert "your dW: the stronger the colour, the further off" in "".join(reader.words)
    assert "caption" not in reader.tags  # it would be as narrow as a table of one column


def test_a_section_is_a_link_where_its_notebook_lies(tmp_path, monkeypatch):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "04_l_layer_network.ipynb").touch()
    (tmp_path / "release" / "04").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "release" / "04")
    page = html(REPORTS["wrong"])
    links = [value for name, value in read(page).attributes if name == "href"]
    address = "../../notebooks/04_l_layer_network.ipynb#9.-The-coin:-1/m-once,-otherwise-1/m"
    assert [unquote(link)[:-1] for link in links] == [address]
    monkeypatch.chdir(tmp_path)
    assert "href" not in html(REPORTS["wrong"])
    assert "lesson 04, The coin: 1/m once" in html(REPORTS["wrong"])


def test_in_a_hand_out_the_name_leads_to_the_atlas_and_the_section_to_the_lesson(
    tmp_path, monkeypatch
):
    for name in ("lessons/04_l_layer_network.ipynb", "atlas/one-over-m-missing.html"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    (tmp_path / "assignments" / "04").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "assignments" / "04")
    words = replace(
        REPORTS["wrong"].diagnosis[0], id="one-over-m-missing", title="`1/m` is missing"
    )
    page = html(replace(REPORTS["wrong"], diagnosis=(words,)))
    links = [unquote(value) for name, value in read(page).attributes if name == "href"]
    assert links[0] == "../../atlas/one-over-m-missing.html"
    assert links[1].startswith("../../lessons/04_l_layer_network.ipynb#9.-The-coin")
    assert all(Path(link.partition("#")[0]).is_file() for link in links)
    assert "<code>1/m</code> is missing</a>" in page


def test_on_a_website_all_of_them_lead_there_and_without_one_they_are_text():
    page = html(REPORTS["wrong"])
    words = REPORTS["wrong"].diagnosis[0]
    places = [value for name, value in read(page).attributes if name == ON_SITE]
    assert places == [
        f"atlas/{words.id}.html",
        "lessons/04_l_layer_network.html#9-the-coin-1m-once-otherwise-1mⁿ",
    ]
    there = read(linked(page, "https://example.org/course/"))
    links = [value for name, value in there.attributes if name == "href"]
    assert links == [f"https://example.org/course/{place}" for place in places]
    bare = linked(page, "")
    assert "href" not in bare
    assert ON_SITE not in bare
    assert "".join(read(bare).words) == "".join(read(page).words)


@pytest.mark.parametrize(
    "place", ["../x.html", "//evil.example/atlas/x.html", "atlas/x.html?y", "javascript:alert(1)"]
)
def test_what_is_no_page_of_the_website_becomes_no_link(place):
    page = f'<span {ON_SITE}="{place}">read this</span>'
    assert linked(page, "https://example.org") == page


def test_what_an_explanation_lacks_is_not_shown():
    bare = Words("", "a wire is cut", "the gradient of a graph without it", "", "", "")
    words = Report("f", (), diagnosis=(bare,))
    for shown in (text(words), html(words)):
        assert "the gradient of a graph without it" in shown
        assert not any(title in shown for title in ("The line", "Ask yourself", "Read"))


def test_a_large_array_is_cut_and_a_number_is_one_cell():
    large = np.zeros((20, 30))
    reader = read(heat_map(Example("dW", "", (0, 0), large.tolist(), (large + 1).tolist(), 1.0)))
    assert reader.tags.count("td") == 64
    assert "the first rows and columns" in "".join(reader.words)
    assert read(heat_map(Example("J", "", (), 1.0, 2.0, 0.5))).tags.count("td") == 1  # type: ignore


def test_the_wrong_report_has_a_heat_map_and_the_right_one_has_none():
    assert "the stronger the colour, the further off" in html(REPORTS["wrong"])
    assert "the stronger the colour, the further off" not in html(REPORTS["right"])


@pytest.mark.parametrize("name", REPORTS)
def test_the_json_is_plain_and_complete(name):
    bundle = REPORTS[name]._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", MIME}
    plain = json.loads(json.dumps(bundle[MIME], allow_nan=False))
    assert plain["schema"] == 1
    assert set(plain) == {
        "schema",
        "function",
        "verdicts",
        "note",
        "diagnosis",
        "certainty",
        "advice",
        "example",
        "picture",
        "caption",
        "fingerprint",
        "remark",
        "again",
        "passed",
    }
    assert plain["passed"] == REPORTS[name].passed
    for verdict in plain["verdicts"]:
        assert set(verdict) == {"check", "status", "sentence", "detail"}
    for words in plain["diagnosis"]:
        assert set(words) == {
            *("id", "title", "computed", "formula", "ask", "section"),
            *("detail", "scope", "mistake", "read"),
        }


def test_what_was_told_above_is_told_in_a_line():
    full = next(r for r in REPORTS.values() if r.diagnosis)
    short = replace(full, again=True)
    title = full.diagnosis[0].title
    for words in (text(short), html(short)):
        assert "As told above" in words
        assert escape(title) in words or title in words
        assert full.diagnosis[0].ask not in words
        assert "<svg" not in words
    assert short.json()["diagnosis"] == full.json()["diagnosis"]
