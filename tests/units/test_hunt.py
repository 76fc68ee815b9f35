"""A bug hunt: one row a case, ids that do not exist, and a key that the package does not hold."""

import pytest

from autograder import CheckFailed, grade
from autograder.engine.bug_hunt import hunt
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import EXERCISES
from autograder.engine.student import Student

IDS = ("sign-flip", "one-over-m-twice", "missing-one-over-m", "right")
KEY = {"A": "sign-flip", "B": "right"}


@pytest.fixture(autouse=True)
def hunted():
    """A hunt with two cases, taken out of the register again."""
    yield hunt("answers_99", "99", "AB", IDS)
    del EXERCISES["answers_99"]


def told(answers, case="A"):
    """What the hidden test of a case says; an empty string where it gives the points."""
    try:
        grade(f"answers_99__names_case_{case}", {"answers_99": answers}, key=KEY[case])
    except CheckFailed as failed:
        return failed.report.verdicts[0].detail or "no detail"
    return ""


def test_each_case_is_a_row_of_its_own():
    assert told(KEY, "A") == told(KEY, "B") == ""
    assert told({**KEY, "B": "one-over-m-twice"}, "A") == ""
    assert told({"A": "sign-flip"}, "A") == ""  # B is left out
    assert "no entry for B" in told({"A": "sign-flip"}, "B")
    wrong = told({**KEY, "B": "one-over-m-twice"}, "B")
    assert "one-over-m-twice" in wrong
    assert "right" not in wrong


def test_an_id_that_does_not_exist_is_told_with_the_nearest():
    found = told({"A": "one-over-m"})
    assert "'one-over-m' is no id" in found
    assert "nearest to it: one-over-m-twice, missing-one-over-m" in found
    assert "sign-flip" in told({"A": "zzz"})  # nothing is near: all of them
    assert "None is no id" in told({"A": None})
    assert "['sign-flip'] is no id" in told({"A": ["sign-flip"]})


@pytest.mark.parametrize("id", ["sign_flip", " Sign-Flip ", "`sign-flip`", "sign flip"])
def test_a_spelling_costs_nothing(id):
    assert told({"A": id}) == ""


def test_an_id_with_a_large_letter_is_an_id():
    """``divide-by-T`` stands in the list of unit 07."""
    del EXERCISES["answers_99"]
    mine = hunt("answers_99", "99", "A", ("divide-by-T", "right"))
    for id in ("divide-by-T", "divide_by_t"):
        grade("answers_99__names_case_A", {mine.name: {"A": id}}, key="divide-by-T")


def test_one_id_everywhere_earns_nothing():
    everywhere = dict.fromkeys(KEY, "sign-flip")
    assert "A and B have the same id" in told(everywhere, "A")
    assert told(everywhere, "B")


@pytest.mark.parametrize("answers", [[], "sign-flip", 3, ["A", "B"], {"a": "sign-flip"}, {}])
def test_what_is_no_dict_with_the_letter_earns_nothing(answers):
    assert told(answers)


def test_without_the_key_only_the_ids_are_judged(hunted):
    def seen(answers):
        return evaluate(hunted, Student({"answers_99": answers}), 1).verdicts

    assert [v.status for v in seen(KEY)] == ["not checked"] * 2
    assert [v.status for v in seen({"A": "sign-flipp"})] == ["failed"] * 2
    with pytest.raises(CheckFailed):
        grade("answers_99__names_case_A", {"answers_99": KEY})


def test_a_key_that_is_no_id_is_the_instructors_mistake():
    with pytest.raises(ValueError, match="no id of answers_99"):
        grade("answers_99__names_case_A", {"answers_99": KEY}, key="sign")
    with pytest.raises(ValueError, match="takes no key"):
        grade("bias_gradient__db_is_right", {}, key="sign-flip")
