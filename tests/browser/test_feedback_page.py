"""A feedback page in a real browser: the scores in its headings can be read, wide and narrow."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.grading.nbgrader.feedback import Page, make_feedback

NAME = "linear_activation_backward__dA_prev_matches_numeric_gradient"
META = {"schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False}
OUTSIDE = """
return [...document.querySelectorAll('.nbgrader_cell .panel-heading')].map(heading => {
  const score = heading.querySelector('.pull-right').getBoundingClientRect();
  return score.bottom - heading.getBoundingClientRect().bottom;
});
"""


@pytest.fixture
def page(browser, tmp_path):
    meta = {**META, "grade_id": NAME, "points": 3, "cell_type": "code"}
    cell = new_code_cell("# linear_activation_backward: dA (3 points)", metadata={"nbgrader": meta})
    source, target = tmp_path / "n.ipynb", Path(tmp_path / "n.html")
    nbformat.write(new_notebook(cells=[cell]), source)
    make_feedback(Page("student-007", "n", source, target, {NAME: (0, 3)}, {}, 0, 3, 0))
    browser.get(target.as_uri())
    yield browser
    browser.set_window_size(1300, 1250)


@pytest.mark.parametrize("width", [1300, 700, 560])
def test_a_score_stays_on_the_colour_of_its_heading(page, width):
    page.set_window_size(width, 1250)
    found = page.execute_script(OUTSIDE)
    assert found
    assert max(found) <= 0
