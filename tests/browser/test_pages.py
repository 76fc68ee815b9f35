"""The class report in a real browser: light and dark, wide and narrow, on paper."""

from __future__ import annotations

import base64

import pytest
from report.books import large, small

from autograder.report.page import render

from .colours import contrast

COLOURS = """
const pairs = [...document.querySelectorAll('p, td, th, caption, a, summary, svg text')].map(e => {
  const own = getComputedStyle(e);
  let behind = e;
  while (behind && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)')
    behind = behind.parentElement;
  const text = e.tagName === 'text' ? own.fill : own.color;
  return text + '|' + getComputedStyle(behind ?? document.body).backgroundColor;
});
return [...new Set(pairs)];
"""
WIDTHS = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture
def page(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(render("a course", [small()]), "utf-8")
    browser.get(path.as_uri())
    yield browser
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(page, scheme):
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    pairs = page.execute_script(COLOURS)
    assert len(pairs) > 3
    for pair in pairs:
        text, behind = pair.split("|")
        assert contrast(text, behind) > 4.5, pair
    dark = contrast("rgb(255, 255, 255)", pairs[0].split("|")[1]) > 4.5
    assert dark == (scheme == "dark")


@pytest.mark.parametrize("width", [1300, 800, 520])
def test_nothing_hangs_over_the_edge(page, width):
    page.set_window_size(width, 1250)
    wanted, there = page.execute_script(WIDTHS)
    page.set_window_size(1300, 1250)
    assert wanted <= there


def test_it_prints(page):
    printed = page.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})
    assert base64.b64decode(printed["data"]).startswith(b"%PDF")


def test_a_class_of_two_thousand_opens(browser, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(render("a course", [large(2000)]), "utf-8")
    browser.get(path.as_uri())
    rows = "return document.querySelectorAll('figure.wide svg text').length"
    assert browser.execute_script(rows) == 40 + 15
