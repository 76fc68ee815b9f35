"""What is made of a student's text takes bounded time, whatever the text is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest

from autograder.grading.assignment import Master, SourceCell
from autograder.grading.nbgrader import highlight
from autograder.grading.notebook.grade import MAX_OUTPUTS_SHOWN, Run, _show
from autograder.grading.sandbox.limits import Limits
from autograder.grading.submission import patience, recognise
from autograder.grading.submission.patience import Patience
from autograder.grading.submission.read import parse_notebook
from autograder.grading.submission.repair import repair_cells

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
def test_what_takes_too_long_is_shown_as_it_was_written(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = piece * (10_000 // len(piece))
    monkeypatch.setattr(patience, "ONE", 1e-4)
    shown = highlight.highlight_code(text)
    assert "<pre" in shown
    assert unescape(re.sub("<[^>]*>", "", shown)).strip() == text.strip()


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


def test_recognising_reads_each_cell_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    defined = recognise._defined
    monkeypatch.setattr(recognise, "_defined", lambda text: read.append(text) or defined(text))
    cells = [
        {"cell_type": "code", "metadata": {}, "source": f"x = {number}"} for number in range(200)
    ]
    nb, _ = parse_notebook(json.dumps({"cells": cells}).encode())
    repair_cells(nb, Master("work", dict(_given(100))))
    assert len(read) == len(set(read)) > 0


def _given(count: int) -> Iterator[tuple[str, SourceCell]]:
    for number in range(count):
        meta = {"solution": False, "locked": True, "grade": False, "task": False}
        yield f"c{number}", SourceCell(f"c{number}", "code", f"y = {number}", meta)
