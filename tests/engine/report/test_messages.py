"""The words: what each kind of mistake of unit 04 is told, how long, in which order, how plain."""

import re
import warnings
from unittest import mock

import bank
import pytest

from autograder.engine import judgement
from autograder.engine.repair import Lines, changes
from autograder.engine.report.text import begun, sentences
from autograder.suite import check
from autograder.units import CATALOGUE

SHORTEST, LONGEST = 60, 220
#: Where nothing is named, less can be said that is so.
SHORTEST_ADVICE = 40
#: Two mistakes may each be read of in two lessons.
LONGEST_OF_TWO = 220
#: A name and the account of an exception stand beside each other.
LONGEST_OF_RAISED = 260
DOUBLED = re.compile(r"\b([A-Za-z]+) \1\b")
FILLER = re.compile(
    r"\b(simply|just|basically|obviously|of course|please|sorry|oops|wrong!)\b|!", re.I
)
STARTS = ("On an example", "What you computed", "The line it concerns", "Ask yourself", "Read:")


def told(variant):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a wrong function may overflow
        return check(variant.namespace()[variant.function])


MUTANTS = {one.name: one for one in bank.mutants("columns")}


@pytest.fixture(scope="module")
def reports():
    """What is told of every slip; made for all tests here, and not where tests are collected.

    A change of a line is looked for in every fourth one: that takes seconds, and has few words.
    """
    found = {}
    for number, (name, one) in enumerate(MUTANTS.items()):
        look = changes if number % 4 == 0 else lambda *args: Lines()
        with mock.patch.object(judgement, "changes", look):
            found[name] = told(one)
    return found


@pytest.fixture(scope="module")
def named(reports):
    return {name: report for name, report in reports.items() if report.diagnosis}


@pytest.fixture(scope="module")
def unnamed(reports):
    return {name: report for name, report in reports.items() if report.advice}


def test_there_are_enough_of_them(named, unnamed):
    assert len(named) > 90
    assert len({words.id for report in named.values() for words in report.diagnosis}) > 35
    assert len(unnamed) > 20


def test_60_to_220_words_stand_below_the_list(named, unnamed):
    for name, report in {**named, **unnamed}.items():
        said = " ".join(sentences(report))
        shortest = SHORTEST if name in named else SHORTEST_ADVICE
        longest = LONGEST_OF_RAISED if report.diagnosis and report.advice else LONGEST
        assert shortest <= len(said.split()) <= longest, f"{name}, {len(said.split())}: {said}"


@pytest.mark.parametrize("pair", bank.pairs("columns"), ids=lambda pair: pair.name)
def test_two_mistakes_are_told_within_the_same_bounds(pair):
    for function in {pair.first.function, pair.second.function}:
        report = check(pair.namespace()[function])
        if report.diagnosis:
            said = " ".join(sentences(report))
            longest = LONGEST_OF_RAISED if report.advice else LONGEST_OF_TWO
            assert SHORTEST <= len(said.split()) <= longest, f"{len(said.split())} words: {said}"


def test_it_reads_well(reports):
    for line in (line for report in reports.values() for line in str(report).splitlines()):
        plain = re.sub(r"\(line \d+, in .*", "", line)  # the student's own code
        assert not DOUBLED.search(plain), plain
        assert not FILLER.search(plain.replace("!=", "")), plain
        assert "  " not in plain.strip() or "raised" in plain, plain
        assert ".." not in plain.replace("...", ""), plain
        assert "None" not in plain or "is None" in plain or "returned None" in plain, plain


def test_the_order_is_properties_gap_mistake_formula_question_section_certainty(named):
    for name, report in named.items():
        assert_order(report, name)


def assert_order(report, name):
    lines = str(report).splitlines()
    marks = [line.strip()[0] for line in lines if line.startswith("  ")]
    assert len(marks) == len(report.verdicts), name
    assert set(marks) <= set("✓✗·"), name
    # what is told of an exception may stand beside
    rest = [x for x in sentences(report) if x not in report.advice]
    assert lines[len(lines) - len(sentences(report)) :] == [*sentences(report)], name
    wanted = []
    for words, beginning in begun(report.diagnosis):
        # what was read off the graph has no formula and no section
        said = (True, bool(words.formula), bool(words.ask), bool(words.section))
        starts = (beginning, *STARTS[2:])
        wanted += [start for start, there in zip(starts, said, strict=True) if there]
    wanted = [STARTS[0]] * (report.example is not None) + wanted
    wanted += ["How sure this is"] * bool(report.certainty)
    assert len(rest) == len(wanted), name
    assert all(line.startswith(start) for line, start in zip(rest, wanted, strict=True)), name


@pytest.mark.parametrize("id", CATALOGUE)
def test_an_entry_of_the_catalogue_is_plain(id):
    entry = CATALOGUE[id]
    for family in ("", *CATALOGUE.words(id)):
        words = CATALOGUE.told(entry, family)
        assert words.ask.endswith(("?", ".")), words.ask
        assert "?" in words.ask, words.ask
        assert not words.computed.endswith((".", " ")), words.computed
        assert not words.formula.endswith("."), words.formula
        assert len(words.title.split()) <= 12, words.title
        assert re.match(r"\d\d[a-z]?, ", words.section), words.section
        for text in (words.computed, words.formula, words.ask, words.title):
            assert text.strip() == text
            # Where a mistake concerns no line of a function's own, its words have no formula.
            assert text or (family and text is words.formula)
            assert "  " not in text
            assert not DOUBLED.search(text), text
            assert not FILLER.search(text.replace("!=", "")), text


#: The whole text of one report, as a student reads it.
WHOLE = """\
linear_backward: 4 of 6 properties hold
  ✓ returns what the contract names, in its shapes
  ✓ dA_prev matches the numeric gradient
  ✗ dW matches the numeric gradient (dW differs)
  ✗ db matches the numeric gradient (db differs)
  ✓ leaves its inputs unchanged
  ✓ gives the same answer when it is called again
On an example with 5 inputs, 3 units, m = 7, dW[2, 0] is -3.1898; the numeric gradient is \
-0.45568: every entry is 7 times what it should be.
What you computed: the gradient of the sum of the losses over all m examples, not of their mean J \
(1/m is missing: in dW and db).
The line it concerns: dW = (1/m) dZ A_prevᵀ and db = (1/m) Σ_i dZ^(i)
Ask yourself: Walk one path from J down to W and count how often 1/m is paid. How often should \
it be, and is the number that you divide by m?
Read: lesson 04, The coin: 1/m once, otherwise 1/mⁿ.
How sure this is: on 3 examples, every array you returned agrees with it to nine digits."""


def test_one_report_in_full(reports):
    assert str(reports["linear_backward/nothing_averaged"]) == WHOLE


def test_words_for_functions_that_return_no_gradients_speak_of_none(named):
    """A cost, an update, a forward pass: `the gradient of -J` is not what was computed there."""
    for name, report in named.items():
        if MUTANTS[name].function in ("compute_cost", "update_parameters", "linear_forward"):
            assert "numeric gradient" not in " ".join(sentences(report)), name
            if report.example is not None:
                assert report.example.kind == "value"
                assert not report.diagnosis[0].computed.startswith(("the gradient", "a gradient"))


def test_an_argument_that_was_changed_is_named_by_its_place(reports):
    found = {v.detail for v in reports["convert/converts_in_place"].verdicts}
    assert "its first argument, at ['dA0'], was changed in place" in found
    caches = reports["L_model_backward/takes_the_caches_off_the_list"]
    assert [words.id for words in caches.diagnosis] == ["da-mutated-in-place"]
    assert "its third argument was changed in place" in str(caches)
