"""Each recogniser of a mistake names a wrong version that is named otherwise, or not, without it.

The wrong versions of each mistake are looked at a few at a time: what recognised them is noted, and
taken away in turn, until each recogniser of the mistake has been needed once.
"""

from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from unittest import mock

from witnesses import all_recognisers, is_needed, told, witnesses

from autograder.engine.diagnosis import CATALOGUE
from autograder.engine.diagnosis.forms import Form, LayerForm

WITNESSES = list(witnesses())
#: So many wrong versions are tried before a recogniser counts as one that others replace.
TRIES = 16
#: So many wrong versions of each mistake are looked at in a round.
AT_ONCE = 3


def hits_of(index):
    """Return (recogniser, witness, exercise, words) for one wrong version, until it is named."""
    witness, found = WITNESSES[index], []
    for place, exercise in enumerate(witness.exercises):
        one = told(witness, exercise)
        found += [(recogniser, index, place, one.words[recogniser[0]]) for recogniser in one.by]
        if witness.expected in one.words:
            break
    return found


def needed(recogniser, hits):
    """Tell whether one of the wrong versions is named otherwise, or not, without the recogniser."""
    ways = ((WITNESSES[index], place, words) for index, place, words in hits)
    return any(is_needed(recogniser, w, w.exercises[place], words) for w, place, words in ways)


def by_mistake():
    """The places of the wrong versions by the id of their mistake, copies inside callers last."""
    places = defaultdict(list)
    for index in sorted(range(len(WITNESSES)), key=lambda i: ", inside " in WITNESSES[i].name):
        places[WITNESSES[index].expected].append(index)
    return places


def rounds(left):
    """Yield wrong versions, some of each mistake whose recognisers are not all needed yet."""
    waiting, others = by_mistake(), []
    while waiting:
        yield [waiting[id].pop(0) for id in list(waiting) for _ in waiting[id][:AT_ONCE]]
        ids = {recogniser[0] for recogniser in left}
        others += [index for id, rest in waiting.items() if id not in ids for index in rest]
        waiting = {id: rest for id, rest in waiting.items() if rest and id in ids}
    yield others  # a mistake can show beside another one alone


def test_each_recogniser_is_needed():
    left, hits = all_recognisers(), defaultdict(list)
    with ProcessPoolExecutor(2) as pool:
        for asked in rounds(left):
            if not left:
                break
            new = defaultdict(list)
            for found in pool.map(hits_of, asked, chunksize=2):
                for recogniser, *hit in found:
                    if recogniser in left and len(hits[recogniser]) < TRIES:
                        new[recogniser].append(hit)
                        hits[recogniser].append(hit)
            answers = pool.map(needed, new, new.values(), chunksize=2)
            left -= {one for one, answer in zip(list(new), answers, strict=True) if answer}
    unused = sorted((one for one in left if not hits[one]), key=str)
    assert unused == [], "no wrong version is named by these"
    assert left == set(), "the wrong versions are named in the same words without these"


def test_a_form_that_another_one_replaces_is_not_needed():
    named = (w for w in WITNESSES if w.name == "columns:linear_backward/db_left_zero")
    witness = next(named)
    exercise, form = witness.exercises[0], CATALOGUE.of("db-forgotten")[0]
    words = told(witness, exercise).words["db-forgotten"]
    assert is_needed(("db-forgotten", 0), witness, exercise, words)
    assert isinstance(form, LayerForm)
    twin = replace(form, layer=lambda graph, n: form.layer(graph, n))
    twice = [*CATALOGUE.forms(Form), twin]
    with mock.patch.object(CATALOGUE, "_forms", twice):
        assert not is_needed(("db-forgotten", 0), witness, exercise, words)
