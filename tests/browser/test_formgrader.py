"""Points that a person gives in formgrader, in a real browser, to a course that is not ours."""

from __future__ import annotations

import json
import os
import time

import isolated
import pytest
from grading.both import Course
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from .conftest import serving

pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")
EXTENSION = "ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}"
SETTINGS = """
from autograder.grading.nbgrader.configure import configure
c = get_config()
c.CourseDirectory.root = {root!r}
c.CourseDirectory.course_id = "test"
configure(c)
"""
SHOWN = r"""
from IPython.display import SVG, Markdown, Math, display
display(Markdown("**in bold**"), Math(r"\frac{a}{b}"))
size = 'width="40" height="20"'
SVG(f'<svg xmlns="http://www.w3.org/2000/svg" {size}><rect {size}/></svg>')
"""
SEEN = """
const shown = [...document.querySelectorAll('.output_html')];
const picture = document.querySelector('.output_html img');
return [
  shown.some(e => e.querySelector('strong')?.innerText === 'in bold'),
  shown.some(e => e.querySelector('mfrac')),
  picture?.naturalWidth,
];
"""
FILL = """
const field = document.getElementById(arguments[0]);
field.value = arguments[1];
$(field).trigger('change');
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A graded class of two: one who answered in words, and one whose function is wrong."""
    isolated.require()
    made = Course(tmp_path_factory.mktemp("formgrader") / "course")
    made.begin()
    (made.root / "nbgrader_config.py").write_text(SETTINGS.format(root=str(made.root)))
    path = made.hand_in("wrote") / "work.ipynb"
    data = json.loads(path.read_text().replace("YOUR ANSWER HERE", "Because **of it**, $x^2$."))
    data["cells"].append(new_code_cell(SHOWN))
    path.write_text(json.dumps(data))
    made.hand_in("wrong", "return 0")
    made.ours()
    return made


@pytest.fixture(scope="module")
def formgrader(course, tmp_path_factory):
    """The address of nbgrader's formgrader over that course."""
    home = tmp_path_factory.mktemp("home")
    with serving("jupyter_server", course.root, home, [f"--{EXTENSION}"], {}) as address:
        yield f"{address}/formgrader"


def _until(found, what):
    for _ in range(120):
        value = found()
        if value:
            return value
        time.sleep(0.25)
    return pytest.fail(f"waited for this in vain: {what}")


def _given(course):
    """What a person gave: manual points, extra credit, comments."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as book:
        notebook = book.find_submission_notebook("work", "ps1", "wrote")
        grades = {g.name: (g.manual_score, g.extra_credit) for g in notebook.grades}
        return notebook.id, grades, {c.name: c.manual_comment for c in notebook.comments}


def test_points_given_in_formgrader_stay_and_are_exported(
    browser, formgrader, course, tmp_path, capsys
):
    number, _, _ = _given(course)
    browser.get(f"{formgrader}/submissions/{number}")
    _until(lambda: browser.execute_script("return document.getElementById('task')"), "the page")
    shown = browser.execute_script("return document.body.innerText")
    assert "Because of it" in shown
    assert browser.execute_script(SEEN) == [True, True, 40]
    if os.environ.get("SCREENSHOTS"):
        browser.save_screenshot(f"{os.environ['SCREENSHOTS']}/formgrader.png")
    placeholder = "return document.getElementById('test').placeholder"
    _until(lambda: browser.execute_script(placeholder) == "10", "its grades, loaded after it")
    for field, value in (
        *(("task", "3"), ("words", "1.5"), ("test_extra_credit", "0.5")),
        ("task-comment", "A fine drawing"),
    ):
        browser.execute_script(FILL, field, value)
    wanted = {"task": (3.0, None), "words": (1.5, None), "test": (None, 0.5)}
    _until(lambda: _given(course)[1] == wanted, "the points are in the gradebook")
    _until(lambda: _given(course)[2]["task"] == "A fine drawing", "the comment is there")

    assert course.command("feedback", "ps1", "--workers", "1") == 0
    page = (course.path("feedback", "wrote") / "work.html").read_text()
    assert "15 of" in page
    assert "A fine drawing" in page
    assert "<strong>in bold</strong>" in page
    assert "<mfrac>" in page
    assert course.command("report", "-o", str(tmp_path / "r.html")) == 0
    assert course.command("export", "csv", "ps1", "-o", str(tmp_path / "x.csv")) == 0
    rows = (tmp_path / "x.csv").read_bytes().decode().split("\r\n")
    assert [row.partition(",")[0] for row in rows[1:3]] == ["wrong", "wrote"]
    assert rows[2] == "wrote,,,,15,16,0,,10.5,3,1.5"
    capsys.readouterr()
    assert course.command("grade", "ps1", "--force", "--workers", "1") == 0
    assert "15 / 16" in capsys.readouterr().out
    assert _given(course)[1] == wanted
