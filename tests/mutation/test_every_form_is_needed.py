"""Each recogniser of a mistake names a wrong version that is named otherwise, or not, without it.

The wrong versions of a mistake are looked at one after the other: what recognised each of them is
noted, and taken away in turn, until every recogniser of the mistake has been needed once.
"""

from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from unittest import mock

from witnesses import Tries, all_recognisers, is_needed, told, witnesses

from autograder.engine.diagnosis import CATALOGUE
from autograder.engine.diagnosis.forms import Form, LayerForm

WITNESSES = list(witnesses())
#: So many wrong versions are tried before a recogniser counts as one that others replace.
TRIES = 16


def needed(index, left, tries):
    """Tell what of `left` one wrong version needs; note in `tries` how often each was tried.

    The wrong version is told until it is named; what recognised it is taken away while the calls
    of its functions, which are the same without it, are at hand.
    """
    witness, found = WITNESSES[index], set()
    for exercise in witness.exercises:
        made = Tries()
        one = told(witness, exercise, made)
        for recogniser in sorted(one.by & (left - found), key=str):
            if tries[recogniser] < TRIES:
                tries[recogniser] += 1
                words = one.words[recogniser[0]]
                if is_needed(recogniser, witness, exercise, words, made):
                    found.add(recogniser)
        if witness.expected in one.words:
            break
    return found


def needed_by(asked, left):
    """Go through wrong versions, and tell what they need, what they tried, and which are left.

    They end where of the mistakes that they are of no recogniser is left.
    """
    found, tries, waiting = set(), defaultdict(int), list(asked)
    ids = {WITNESSES[index].expected for index in asked}
    while waiting and any(one[0] in ids for one in left - found):
        found |= needed(waiting.pop(0), left - found, tries)
    return found, dict(tries), waiting


def by_mistake():
    """The places of the wrong versions by the id of their mistake, copies inside callers last."""
    places = defaultdict(list)
    for index in sorted(range(len(WITNESSES)), key=lambda i: ", inside " in WITNESSES[i].name):
        places[WITNESSES[index].expected].append(index)
    return places


def test_each_recogniser_is_needed():
    left, tried, waiting = all_recognisers(), defaultdict(int), []
    with ProcessPoolExecutor(2) as pool:
        groups = sorted(by_mistake().values(), key=len, reverse=True)
        for found, tries, rest in pool.map(needed_by, groups, [left] * len(groups)):
            left -= found
            waiting += rest
            for recogniser, times in tries.items():
                tried[recogniser] += times
        # a mistake can show beside another one alone
        while left and waiting:
            asked, waiting = waiting[:16], waiting[16:]
            some = [left] * len(asked)
            answers = pool.map(needed, asked, some, [tried] * len(asked))
            left = left.difference(*answers)
    unused = sorted((one for one in left if not tried[one]), key=str)
    assert unused == [], "no wrong version is named by these"
    assert left == set(), "the wrong versions are named in the same words without these"


def test_a_form_that_another_one_replaces_is_not_needed():
    named = (w for w in WITNESSES if w.name == "columns:linear_backward/db_left_zero")
    witness = next(named)
    exercise, form = witness.exercises[0], CATALOGUE.of("db-forgotten")[0]
    made = Tries()
    words = told(witness, exercise, made).words["db-forgotten"]
    assert is_needed(("db-forgotten", 0), witness, exercise, words, made)
    assert isinstance(form, LayerForm)
    twin = replace(form, layer=lambda graph, n: form.layer(graph, n))
    twice = [*CATALOGUE.forms(Form), twin]
    with mock.patch.object(CATALOGUE, "_forms", twice):
        assert not is_needed(("db-forgotten", 0), witness, exercise, words, made)
