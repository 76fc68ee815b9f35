"""Each recogniser of a mistake names a wrong version that is named otherwise, or not, without it.

One pass over the wrong versions notes which recogniser told what of which; then each is taken away
in turn, for the wrong versions that it told.
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
    ways = ((WITNESSES[index], place, words) for index, place, words in hits[:TRIES])
    return any(is_needed(recogniser, w, w.exercises[place], words) for w, place, words in ways)


def test_each_recogniser_is_needed():
    hits = defaultdict(list)
    with ProcessPoolExecutor(2) as pool:
        for found in pool.map(hits_of, range(len(WITNESSES)), chunksize=8):
            for recogniser, *hit in found:
                hits[recogniser].append(hit)
        answers = pool.map(needed, hits, hits.values(), chunksize=4)
        replaceable = [one for one, answer in zip(hits, answers, strict=True) if not answer]
    unused = sorted(all_recognisers() - set(hits), key=str)
    assert unused == [], "no wrong version is named by these"
    assert replaceable == [], "the wrong versions are named in the same words without these"


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
