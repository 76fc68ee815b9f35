"""The page "A new unit", followed to the letter in a copy of the repository."""

import re

import pytest

from .following import Page, checked, run, solution

PAGE = Page("new-unit.md")
SLIPS = re.findall(r"^\| `([^`]+)` → `([^`]+)` \| ([^|]+) \|$", PAGE.text, re.M)
MASTER = "source/91_one_gate/one_gate.ipynb"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A scratch copy in which every step of the page was taken."""
    folder = tmp_path_factory.mktemp("repository")
    PAGE.follow(folder, "91_one_gate")
    return folder


def test_a_unit_is_five_places():
    places = {re.sub(r"(units/\w+|networks|lessons|assignments)/.*", r"\1", f) for f in PAGE.files}
    assert places == {
        "autograder/networks",
        "autograder/units/u91_one_gate",
        "authoring/lessons",
        "authoring/assignments",
    }
    assert (len(PAGE.entries), len(PAGE.added), len(SLIPS)) == (3, 1, 3)


def test_the_unit_keeps_the_rules_and_leaks_nothing(copy):
    run(copy, "-m", "autograder.authoring", "check", "91_one_gate")


@pytest.mark.parametrize("function", ["one_gate_forward", "one_gate_backward"])
def test_the_solution_passes(copy, function):
    report = checked(copy, solution(copy, MASTER, given=True), function)
    assert report["passed"], report["text"]


def test_each_function_has_its_three_hints(copy):
    code = "from autograder import hint; print(*(hint('one_gate_backward') for _ in range(3)))"
    told = run(copy, "-c", code)
    assert [f"hint {n} of 3" in told for n in (1, 2, 3)] == [True] * 3
    assert "dh_prev = f * dh_next" in told


@pytest.mark.parametrize(("right", "wrong", "said"), SLIPS)
def test_each_slip_is_refused_and_told(copy, right, wrong, said):
    source = solution(copy, MASTER, given=True)
    assert source.count(right) == 1
    report = checked(copy, source.replace(right, wrong), "one_gate_backward")
    assert not report["passed"]
    if "misconception" in said:
        assert [words["id"] for words in report["diagnosis"]] == ["one-gate-straight-way"]
        assert report["picture"].startswith("<svg")
    else:
        assert said.split()[0] in report["text"]
