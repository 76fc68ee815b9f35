"""The teacher's pages: made parts are current, minutes add up, answers are what the code gives."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from autograder.atlas.words import sightings
from autograder.authoring.cells import AuthoringError
from autograder.authoring.teaching import FOLDER, KIT, fresh_pages, stale_pages
from autograder.site.teaching import of_the_site
from autograder.units import CATALOGUE

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / FOLDER).glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)
MADE = re.compile(r"<!-- made: mistakes.*?<!-- end -->", re.S)


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def page(request):
    return request.param.read_text("utf-8")


def test_what_is_made_is_current():
    assert list(stale_pages(ROOT)) == []


def test_answers_are_what_their_code_gives(page):
    exam = page.partition("## Exam questions\n")[2]
    questions = re.findall(r"^\*\*\d\.\*\* ", exam, re.M)
    assert 2 <= len(questions) <= 3
    assert exam.count("**Answer.**") == len(questions)
    names: dict[str, object] = {}  # a page's blocks go on from each other
    runner = doctest.DocTestRunner()
    tried = 0
    for block in BLOCK.findall(exam):
        test = doctest.DocTestParser().get_doctest(block, names, "exam", None, 0)
        told: list[str] = []
        result = runner.run(test, out=told.append, clear_globs=False)
        names = test.globs
        assert result.failed == 0, "".join(told)
        tried += sum(bool(example.want) for example in test.examples)
    assert tried >= 1


def test_the_minutes_of_a_plan_add_up(page):
    (whole,) = re.findall(r"^## A lecture of (\d+) minutes$", page, re.M)
    parts = re.findall(r"^- \*\*(\d+) min\*\* ", page, re.M)
    assert 5 <= len(parts) <= 8
    assert sum(map(int, parts)) == int(whole)


def test_sections_that_a_plan_names_are_in_the_lesson(page):
    name = re.search(r"notebooks/(\w+)\.ipynb", page)[1]
    headings = CATALOGUE.lessons.headings[name]
    numbers = {int(n) for h in headings if (n := h.partition(".")[0]).isdigit()}
    plan = page.partition("## A lecture")[2].partition("##")[0]
    for found in re.findall(r"\((?:lesson, sections? )?(\d+)(?: (to|and) (\d+))?\)", plan):
        first, last = int(found[0]), int(found[2] or found[0])
        assert {first, last} <= numbers


def test_how_often_is_what_was_noted(page):
    made = MADE.search(page)[0]
    for id, often in re.findall(r"\(`([\w-]+)`(?:, met (\w+)(?: times)? in public)?\)", made):
        found = sightings().get(id, {}).get("found", 0)
        assert (int(often.replace("once", "1")) if often else 0) == found


def test_a_page_that_names_what_there_is_not_is_refused(tmp_path):
    for folder in ("authoring/assignments", "authoring/lessons", FOLDER):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / KIT).write_text("")
    lesson = "# %% [markdown]\n# # Shapes\n"
    (tmp_path / "authoring/lessons/00_shapes.py").write_text(lesson)
    (tmp_path / "authoring/assignments/00_shapes.py").write_text(lesson)
    (tmp_path / "authoring/START-HERE.md").write_text("")
    (tmp_path / KIT).write_text("<!-- made: map -->\n<!-- end -->\n")
    ((_, kit),) = fresh_pages(tmp_path)  # a unit may be without a page, and is in the map
    assert "\n| 00 |" in kit
    page = tmp_path / FOLDER / "00_shapes.md"
    page.write_text("<!-- made: mistakes no-such-id -->\n<!-- end -->\n")
    with pytest.raises(AuthoringError, match="names 'no-such-id', which is in no catalogue"):
        list(fresh_pages(tmp_path))
    stranger = page.with_name("99_none.md")
    stranger.write_text("")
    page.write_text("")
    with pytest.raises(AuthoringError, match=r"99_none\.md is the page of no unit"):
        list(fresh_pages(tmp_path))
    stranger.unlink()
    page.write_text("<!-- made: hours -->\n<!-- end -->\n")
    with pytest.raises(AuthoringError, match="nothing can be made of <!-- made: hours -->"):
        list(fresh_pages(tmp_path))


def test_the_website_shows_no_exam_and_leads_to_the_atlas(page):
    shown = of_the_site(page)
    assert "**Answer.**" not in shown
    assert ">>>" not in shown
    linked = re.findall(r"\(\.\./\.\./atlas/([\w-]+)\.md\)", shown)
    assert linked
    assert set(linked) <= set(CATALOGUE)
    assert not re.search(r"misconceptions\.md|notebooks/", shown)
