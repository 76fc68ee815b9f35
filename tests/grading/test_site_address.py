"""Feedback leads to the course's website where there is one, and nowhere where there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from traitlets import TraitError
from traitlets.config import Config

from autograder.engine.diagnosis import Misconception
from autograder.engine.report.addresses import ON_SITE
from autograder.engine.report.html import html
from autograder.engine.report.report import Report
from autograder.engine.report.verdict import Words
from autograder.grading.nbgrader.feedback import Page, make_feedback
from autograder.grading.nbgrader.page import StudentPage
from autograder.grading.nbgrader.site_address import site_of
from autograder.grading.submission.html import clean_html
from autograder.report.course import NoCourse, open_course
from autograder.units import CATALOGUE

SITE = "https://example.org/course"
NAME = "linear_backward__db_matches_numeric_gradient"
META = {"schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False}


def told(entry: Misconception) -> str:
    """The HTML of a report that names one misconception."""
    read = ((f"lesson {entry.section}", CATALOGUE.lessons.link(entry.section)),)
    words = Words(entry.id, entry.title, entry.computed, entry.formula, entry.ask, "", read=read)
    return html(Report("linear_backward", (), diagnosis=(words,)))


@pytest.fixture
def page(tmp_path: Path) -> Page:
    """A graded notebook: in one output a verdict, in the other what a student displayed."""
    shown = [told(CATALOGUE["db-no-keepdims"]), clean_html(told(CATALOGUE["db-no-sum"]))]
    forged = f'<span {ON_SITE}="../../evil.html">look</span><a href="x.html">x</a>'
    meta = {**META, "grade_id": NAME, "points": 3, "cell_type": "code"}
    cell = new_code_cell("# linear_backward: db (3 points)", metadata={"nbgrader": meta})
    for text in (*shown, clean_html(forged)):
        cell.outputs.append(new_output("display_data", {"text/html": text}))
    source = tmp_path / "n.ipynb"
    nbformat.write(new_notebook(cells=[cell]), source)
    return Page("student-007", "n", source, tmp_path / "n.html", {NAME: (0, 3)}, {}, 0, 3, 0)


def links(path: Path) -> list[str]:
    """The links of a page to other pages."""
    return re.findall(r'<a [^>]*?href="([^#"][^"]*)"', path.read_text("utf-8"))


def test_with_a_website_names_and_sections_lead_there(page: Page) -> None:
    found = links(make_feedback(replace(page, site=SITE)))
    assert found == [
        f"{SITE}/atlas/db-no-keepdims.html",
        f"{SITE}/lessons/04_l_layer_network.html#2-one-linear-layer-index-by-index",
        f"{SITE}/atlas/db-no-sum.html",
        found[3],
        "x.html",
    ]
    assert found[3].startswith(f"{SITE}/lessons/0")


def test_without_one_they_are_text(page: Page) -> None:
    target = make_feedback(page)
    assert links(target) == ["x.html"]
    text = target.read_text("utf-8")
    assert CATALOGUE["db-no-keepdims"].title in text
    assert re.findall(rf'{ON_SITE}="([^"]*)"', text) == ["../../evil.html"]


def test_the_setting_reaches_the_commands_of_both(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text(f'c.StudentPage.site = "{SITE}/"\n')
    course, config = open_course(tmp_path)
    assert site_of(course.config) == SITE
    assert StudentPage(config).site == SITE
    assert site_of(Config()) == ""


@pytest.mark.parametrize("site", ["example.org", "ftp://example.org", 'https://x"y', 7])
def test_what_is_no_address_is_refused_in_words(tmp_path: Path, site: object) -> None:
    settings = Config({"StudentPage": {"site": site}})
    with pytest.raises(TraitError):
        StudentPage(settings)
    with pytest.raises(TraitError, match="the address of the course's website is expected"):
        site_of(settings)
    (tmp_path / "nbgrader_config.py").write_text(f"c.StudentPage.site = {site!r}\n")
    with pytest.raises(NoCourse, match="the address of the course's website is expected"):
        open_course(tmp_path)
