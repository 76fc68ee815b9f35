"""What is made of a student's text takes bounded time, whatever the text is."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator

import pytest

from autograder.grading.assignment import Master, SourceCell
from autograder.grading.nbgrader import highlight
from autograder.grading.nbgrader.markdown import markdown_to_html
from autograder.grading.notebook.grade import MAX_OUTPUTS_SHOWN, Run, _show
from autograder.grading.sandbox.limits import Limits
from autograder.grading.submission import patience
from autograder.grading.submission.html import clean_html
from autograder.grading.submission.patience import Patience
from autograder.grading.submission.read import parse_notebook
from autograder.grading.submission.repair import repair_cells
from autograder.grading.submission.svg_image import svg_as_image

# nested, unclosed and repeated pieces that some reader of text takes quadratic time for, or worse
PIECES = [
    *("<svg ", "<div>", "<p><b>", "<a href=x>", "<!--", "<x a=", "<math>", "<table><td>"),
    *("*a ", "[a](", "![", "> ", "-\n> |a=\n", "`", "\\\\(", "\\begin{a}", "a\n=\n", "$", "$a$"),
    *("{", "x^", "\\left(", "\\frac", "  \n", "*", "1.", '"""', "%", "\x1b[1m", "(", 'f"{'),
]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "ONE", 0.2)
    monkeypatch.setattr(patience, "stretch", lambda: 1.0)
    highlight.PATIENCE.renew()


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    started = time.thread_time()
    clean_html(text)
    svg_as_image(f'<svg xmlns="http://www.w3.org/2000/svg">{text}')
    markdown_to_html({"cell": {}}, text)
    assert "<pre" in highlight.highlight_code(text)
    assert time.thread_time() - started < 1.5


def test_a_regular_expression_without_end_is_given_up() -> None:
    def endless() -> str:
        return str(re.match("(a+)+$", "a" * 60 + "b"))

    assert Patience().spend(endless, lambda: "plain") == "plain"


def test_when_the_time_is_up_nothing_more_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "ALL", 0.0)
    assert Patience().spend(lambda: "made", lambda: "plain") == "plain"


def test_many_small_outputs_are_cut() -> None:
    table = {"output_type": "display_data", "data": {"text/html": "<b>x</b>"}, "metadata": {}}
    cell = {"cell_type": "code", "metadata": {}, "source": ""}
    nb, _ = parse_notebook(json.dumps({"cells": [cell] * 30}).encode())
    run = Run(Limits(), outputs={index: [table] * 200 for index in range(30)})
    _show(nb, run)
    assert sum(len(cell.outputs) for cell in nb.cells) < MAX_OUTPUTS_SHOWN + 30
    assert "output cut" in nb.cells[-1].outputs[0].text


def test_recognising_reads_each_cell_once() -> None:
    cell = {"cell_type": "code", "metadata": {}, "source": "x = 1\n" * 300}
    nb, _ = parse_notebook(json.dumps({"cells": [cell] * 1000}).encode())
    master = Master("work", dict(_given(100)))
    started = time.thread_time()
    repair_cells(nb, master)
    assert time.thread_time() - started < 3


def _given(count: int) -> Iterator[tuple[str, SourceCell]]:
    for number in range(count):
        meta = {"solution": False, "locked": True, "grade": False, "task": False}
        yield f"c{number}", SourceCell(f"c{number}", "code", f"y = {number}", meta)
