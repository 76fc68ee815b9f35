"""The concept questions: computed keys, named mistakes, numbers of each student's own."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from autograder import CheckFailed, grade
from autograder.concept_keys import KEYS, judged, key_to
from autograder.concept_keys.key import same
from autograder.concepts import QUESTIONS, RECALLS, NoStudent, questions
from autograder.concepts.answers import NoAnswer, letters, read
from autograder.concepts.question import LETTER, Asked
from autograder.concepts.recall import drawn
from autograder.mistakes.catalogue import ENTRIES
from autograder.suite import names

SEEDS = [f"student-{number:03}" for number in range(200)]
WORDS = {entry.id: entry for entry in ENTRIES}
UNITS = ["00", "01", "02", "03", "03b", "04", "05", "06a", "06b", "07", "07b", "08", "09", "11"]


def answers(recall, student):
    """The right answers of a student, as they would write them."""
    found = {"student": student}
    for number, (question, asked) in enumerate(drawn(recall, student.casefold()), 1):
        right = key_to(question, asked).right
        if asked.form == LETTER:
            right = letters(asked)[[name for name, _ in asked.choices].index(right)]
        found[number] = right
    return found


def told(recall, number, given):
    """What feedback says of a wrong answer."""
    with pytest.raises(CheckFailed) as failed:
        grade(f"{recall}__answers_question_{number}", {recall: given})
    return str(failed.value)


def test_there_are_three_for_each_unit_and_a_key_for_each():
    count = Counter(question.unit for question in QUESTIONS.values())
    assert sorted(count) == UNITS
    assert min(count.values()) >= 3
    assert set(KEYS) == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_mistake_gives_the_right_answer_and_each_has_words(name):
    question, seen, named = QUESTIONS[name], set(), Counter()
    for seed in SEEDS:
        asked = question.asked(seed)
        key = key_to(question, asked)
        seen.add(asked.text)
        right = read(asked, key.right) if asked.form != LETTER else key.right
        assert judged(question, asked, right) == (True, "")
        assert key.known()
        for id, wrong in key.known()[len(key.mistakes()) :]:
            assert id in WORDS
            assert judged(question, asked, wrong) == (False, "")
        for id, wrong in key.mistakes():
            assert id in WORDS
            assert not same(wrong, key.right), (seed, id, wrong)
            found = judged(question, asked, wrong)
            assert found in ((False, id), (False, ""))
            named[id, bool(found[1])] += 1
    assert len(seen) >= 8, "nearly everybody has the same numbers"
    for id in {id for id, _ in named}:
        assert named[id, False] < named[id, True] / 2, f"{id} is hardly ever told from the others"


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_can_be_read_and_gives_its_key_no_more_than_numbers(name):
    asked = QUESTIONS[name].asked("student-007")
    assert asked == QUESTIONS[name].asked("student-007")
    assert asked.text.count("$") % 2 == 0
    assert not re.search(r"\\(newcommand|operatorname)", asked.text)
    assert asked.text.rstrip()[-1] == "?"
    if asked.form == LETTER:
        assert key_to(QUESTIONS[name], asked).right in dict(asked.choices)
    else:
        assert np.size(key_to(QUESTIONS[name], asked).right) == asked.count


@pytest.mark.parametrize("recall", RECALLS)
def test_right_answers_earn_all_points_for_every_student(recall):
    checks = [name for name in names() if name.startswith(f"{recall}__")]
    assert len(checks) == len(RECALLS[recall])
    for student in ("student-000", "Ada O'Neil", "7"):
        for check in checks:
            grade(check, {recall: answers(recall, student)})


def test_neighbours_have_other_questions():
    sheets = {repr(questions("recall_1", {"student": student})) for student in SEEDS}
    assert len(sheets) == len(SEEDS)
    one, same_one = ({"student": who} for who in ("student-007", " Student-007 "))
    assert repr(questions("recall_1", one)) == repr(questions("recall_1", same_one))


def test_feedback_names_the_mistake_and_not_the_answer():
    student = next(s for s in SEEDS if drawn("recall_3", s)[3][0].name == "07_two_ways")
    question, asked = drawn("recall_3", student)[3]
    key = key_to(question, asked)
    found = told("recall_3", 4, {"student": student, 4: asked.numbers["d1"]})
    assert WORDS["bptt-missing-da-prevt"].computed in found
    assert str(key.right) not in found
    found = told("recall_3", 4, {"student": student, 4: 1234.5})
    assert "1234.5 is not the answer" in found
    assert "What you computed" not in found
    given = {"student": student, 4: asked.numbers["d1"], 1: 1234.5}
    assert "What you computed" not in told("recall_3", 1, given), "that is told of another answer"


def test_another_students_answers_are_wrong_for_the_most_part():
    others = answers("recall_1", "student-001")
    held = 0
    for number in range(1, 7):
        try:
            mine = {**others, "student": "student-002"}
            grade(f"recall_1__answers_question_{number}", {"recall_1": mine})
            held += 1
        except CheckFailed:
            pass
    assert held <= 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({1: 3}, '`recall_1["student"]` is nothing; expected your id as text'),
        ({"student": "  ", 1: 3}, """is '  '; expected your id as text"""),
        ({"student": 7}, "is 7; expected your id as text"),
        (["student-007", 3], "`recall_1` is of the type list; expected a dict such as recall_1 ="),
    ],
)
def test_without_an_id_an_error_says_how_one_is_written(given, says):
    with pytest.raises(NoStudent, match=re.escape(says)):
        questions("recall_1", given)
    assert says in told("recall_1", 1, given)


def test_an_answer_that_is_left_out_or_has_another_form_is_told():
    given = answers("recall_1", "student-000")
    assert "no answer to question 2" in told("recall_1", 2, {**given, 2: ...})
    assert "'many' is not a number" in told("recall_1", 2, {**given, 2: "many"})


NUMBER, PAIR = Asked("?", {}), Asked("?", {}, "2 numbers")
CHOICE = Asked("?", {}, LETTER, (("one", "1"), ("two", "2")))


@pytest.mark.parametrize(
    ("asked", "written", "meant"),
    [
        (NUMBER, "2/3", 2 / 3),
        (NUMBER, " \N{MINUS SIGN} 0.5", -0.5),
        (NUMBER, Fraction(1, 4), 0.25),
        (NUMBER, np.array([[3]]), 3),
        (NUMBER, np.array(3.5), 3.5),
        (CHOICE, np.array("b"), "two"),
        (NUMBER, (3,), 3),
        (PAIR, [1, "1/2"], (1, 0.5)),
        (PAIR, "(3, 4)", (3, 4)),
        (PAIR, np.array([3.0, 4.0]), (3, 4)),
        (CHOICE, "B)", "two"),
    ],
)
def test_answers_are_read_as_they_are_meant(asked, written, meant):
    assert read(asked, written) == meant


@pytest.mark.parametrize("written", [None, True, "", "x", (1, 2), {}, 1j, float("nan"), 10**400])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(NoAnswer, match="is not a number"):
        read(NUMBER, written)


@pytest.mark.parametrize("written", [3, (1, 2, 3), "3", None, ((1, 2), (3, 4))])
def test_what_is_no_pair_is_refused(written):
    with pytest.raises(NoAnswer, match="is not 2 numbers"):
        read(PAIR, written)


def test_without_the_keys_a_check_looks_at_the_form(monkeypatch):
    monkeypatch.setattr("autograder.units.recall.find_spec", lambda name: None)
    given = answers("recall_1", "student-000")
    assert "whether it is right is told when graded" in told("recall_1", 1, given)
