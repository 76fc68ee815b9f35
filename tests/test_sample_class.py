"""The main job on real input: the sample class, graded through nbgrader, point by point."""

import pytest

from autograder.demo.run import grade_class, make_course, named
from autograder.demo.sample_class import ASSIGNMENT, CLASS, NOTEBOOK
from autograder.report.collect import collect
from autograder.report.course import open_course


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    course = tmp_path_factory.mktemp("course") / "sample"
    make_course(course)
    grade_class(course, workers=2, progress=False)
    return course


@pytest.fixture(scope="module")
def submissions(folder):
    course, _ = open_course(folder)
    return {one.student: one for one in collect(course, ASSIGNMENT).submissions}


@pytest.mark.parametrize("sample", CLASS, ids=lambda sample: sample.student)
def test_score_and_diagnosis(submissions, sample):
    got = submissions[sample.student]
    lost = [f"{a.check}: {a.message}" for a in got.answers if a.score < a.max_score]
    assert got.score == sample.score, lost
    assert named(got) == sample.named


def test_the_class_is_what_it_is_said_to_be():
    assert len(CLASS) >= 12
    assert len({sample.named for sample in CLASS if sample.named}) >= 6
    assert sum(sample.score == 100 for sample in CLASS) >= 3


def test_every_student_has_a_feedback_page(folder):
    for sample in CLASS:
        page = folder / "feedback" / sample.student / ASSIGNMENT / NOTEBOOK.replace("ipynb", "html")
        text = page.read_text("utf-8")
        assert "BEGIN HIDDEN TESTS" not in text
        assert "from autograder import grade" not in text
        assert "evaluate.py" not in text
        for id in sample.named:
            assert any(question in text for question in questions(id))


def questions(id: str) -> list[str]:
    """The questions of a mistake, as one of them stands on the page: for all functions, for one."""
    from html import escape

    from autograder.units import CATALOGUE

    own = (words["ask"] for words in CATALOGUE.words(id).values() if "ask" in words)
    return [escape(ask) for ask in (CATALOGUE[id].ask, *own)]
