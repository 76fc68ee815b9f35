"""The page "A new exercise", followed to the letter in a copy of the repository."""

import re

import pytest

from .following import Page, checked, run, solution

PAGE = Page("new-exercise.md")
SLIPS = re.findall(r"^\| `(\w+) = ([^`]+)` \| ([^|]+) \|$", PAGE.text, re.M)
MASTER = "source/90_scale_shift/scale_shift.ipynb"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A scratch copy in which every step of the page was taken."""
    folder = tmp_path_factory.mktemp("repository")
    PAGE.follow(folder, "90_scale_shift")
    return folder


def test_the_page_names_its_files_and_lists():
    assert list(PAGE.files) == [
        "autograder/networks/scale_shift.py",
        "autograder/units/u90_scale_shift/__init__.py",
        "autograder/units/u90_scale_shift/exercises.py",
        "autograder/units/u90_scale_shift/mistakes.py",
        "authoring/assignments/90_scale_shift.py",
    ]
    assert (len(PAGE.entries), len(PAGE.added), len(SLIPS)) == (3, 1, 3)


def test_the_exercise_keeps_the_rules_and_leaks_nothing(copy):
    run(copy, "-m", "autograder.authoring", "check", "90_scale_shift")


def test_the_solution_passes(copy):
    report = checked(copy, solution(copy, MASTER), "scale_shift_backward")
    assert report["passed"], report["text"]
    assert len(report["verdicts"]) == 6


@pytest.mark.parametrize(("name", "wrong", "said"), SLIPS)
def test_each_slip_is_refused_and_told(copy, name, wrong, said):
    right = {"dX": "return gamma * dY, ", "dgamma": "(dY * X).sum(axis=1, keepdims=True)"}
    right["dbeta"] = "dY.sum(axis=1, keepdims=True)"
    source = solution(copy, MASTER)
    assert right[name] in source
    mended = f"return {wrong}, " if name == "dX" else wrong
    report = checked(copy, source.replace(right[name], mended), "scale_shift_backward")
    assert not report["passed"]
    named = [words["id"] for words in report["diagnosis"]]
    if "misconception" in said:
        assert named == ["scale-shift-no-input-gradient"]
    elif "second axis" in said:
        assert named == ["db-no-keepdims"] or "expected (" in report["text"]
    else:
        assert f"✗ {name}" in report["text"]
