"""What was read off the graph has no formula and no section: nothing is said of them."""

from types import SimpleNamespace

from autograder.engine.report.html import html
from autograder.engine.report.report import Report
from autograder.engine.report.verdict import Verdict, Words
from autograder.report.mistakes import cures, obstacles

UNNAMED = Words("edit: a cut", "a cut", "the gradient of a network", "", "Which line?", "")
NAMED = Words("sign-flip", "a sign", "a gradient", "dZ = A - Y", "Which sign?", "04, Signs")


def report(*words):
    return Report("f", (Verdict("f__x", "failed", "x is right"),), diagnosis=words)


def test_an_empty_formula_and_an_empty_section_are_left_out():
    for told in (str(report(UNNAMED)), html(report(UNNAMED))):
        assert "the gradient of a network" in told
        assert "Which line?" in told
        assert "The line it concerns" not in told
        assert "Read:" not in told
        assert "(a cut)" not in told  # the title says the same once more
    for told in (str(report(NAMED)), html(report(NAMED))):
        assert "The line it concerns" in told
        assert "Read:" in told


def test_a_mistake_without_a_section_asks_for_no_lesson():
    said = {"id": "edit: a cut", "title": "a cut", "computed": "c", "ask": "a?", "section": ""}
    answer = SimpleNamespace(diagnosis=[said], check="f__x", function="f", max_score=3, score=0)
    students = (SimpleNamespace(student=name, tested=lambda: [answer]) for name in ("s-1", "s-2"))
    book = SimpleNamespace(submissions=tuple(students))
    assert [(found.id, found.students) for found in obstacles(book)] == [
        (said["id"], ("s-1", "s-2"))
    ]
    assert cures(book) == []
