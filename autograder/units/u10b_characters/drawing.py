"""Unit 10b: a word is drawn letter by letter; any generator of NumPy's will do.

So a function is asked to write what a network is sure of, where every generator gives the same; and
its letters are counted where they are drawn by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.engine.exercise import Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.units.u10b_characters import certain
from autograder.units.u10b_characters.contract import UNIT
from autograder.units.u10b_characters.drawn_word import (
    IX,
    MOST,
    NEWLINE,
    V,
    drawn,
    ended,
    written,
)

#: The words that are drawn where letters are counted.
WORDS = 500
#: Standard errors that a count may be off: by chance once in some million times.
ERRORS = 5.5


def feeds_back(student: Student, rng: np.random.Generator) -> None:
    """feeds each drawn letter back as the next x.

    On a network in which the letter alone tells what follows, with certainty; the latest one, where
    others are still in x (see `one_letter_in`), and another one after a newline than after zeros.
    """
    for _ in range(2):
        word = [int(n) for n in rng.permutation([n for n in range(V) if n != NEWLINE])]
        after = dict(zip(reversed(word), [NEWLINE, *reversed(word[1:])], strict=True))
        first = np.where(np.arange(V) == word[0], 1.0, 1e-12)
        after[NEWLINE] = word[2]
        found = drawn(student, certain.led_on(first, after), int(rng.integers(10**6)))
        if ended(found) == [*word[2:], NEWLINE]:
            told = f"sure of {written([word[2]])}; with x of zeros of {written([word[0]])}"
            raise Wanting(f"at the first step x holds a newline, which makes the network {told}")
        _same(found, [*word, NEWLINE], "sample-letter-not-fed-back")


def carries(student: Student, rng: np.random.Generator) -> None:
    """carries the state from step to step, and starts with zeros.

    On a network in which the state alone tells what follows, with certainty.
    """
    for _ in range(2):
        letters = [n for n in range(V) if n != NEWLINE]
        word = [*(int(n) for n in rng.permutation(letters)[:4]), NEWLINE]
        found = drawn(student, certain.by_place(V, word), int(rng.integers(10**6)))
        _same(found, word, "sample-state-forgotten")


def _same(found: list[int], wanted: list[int], stuck: str) -> None:
    """Compare; the first letter again and again is what `stuck` gives."""
    if ended(found) == wanted:
        return
    same = len(found) > 1 and set(found[:MOST]) == {wanted[0]}
    told = f"the network is sure of {written(wanted)}; your function wrote"
    raise Wanting(f"{told} {written(found)}", stuck if same else "")


def by_chance(student: Student, rng: np.random.Generator) -> None:
    """draws each letter with its probability, and each draw anew.

    Letters are counted over 500 words, with a seed of its own for each.
    """
    weights = rng.permutation([0.62, 0.1, 0.03])
    places = [IX[letter] for letter in "bce"]
    p = np.full(V, 1e-12)
    p[places], p[NEWLINE] = weights, 0.25
    words = _words(student, certain.by_chance(p), rng)
    firsts = np.array([word[0] for word in words])
    expected = f"drawn {WORDS} times with the probabilities {_shares(p)}"
    if len(set(firsts)) == 1:
        told = f"{expected}, the first letter was the same each time"
        largest = all(set(word[:MOST]) == {p.argmax()} for word in words)
        raise Wanting(told, "sample-argmax" if largest else "")
    for n, share in enumerate(p):
        if _far((firsts == n).mean(), share, WORDS):
            flat = bool((firsts == IX["a"]).any())
            told = f"{expected}, the first letter was {written([n])} in {(firsts == n).mean():.0%}"
            raise Wanting(told, "sample-probabilities-ignored" if flat else "")
    _anew(words, p)


def _anew(words: list[list[int]], p: Array) -> None:
    """Two letters of one word have nothing to do with each other in this network."""
    pairs = [(w[0], w[1]) for w in words if w[0] != NEWLINE and len(w) > 1]
    if not pairs:
        raise Wanting("no word has a second letter; draw on until the newline comes")
    same = float(np.mean([a == b for a, b in pairs]))
    letters = np.delete(p, NEWLINE)
    wanted = float((letters**2).sum() / letters.sum())
    if _far(same, wanted, len(pairs)):
        told = (
            f"the second letter is the same as the first in {same:.0%} of the words; drawn anew it "
            f"would be in {wanted:.0%}"
        )
        raise Wanting(told, "sample-same-draw" if same > wanted else "")


def _far(found: float, share: float, count: int) -> bool:
    return bool(abs(found - share) > ERRORS * np.sqrt(max(share * (1 - share), 1e-6) / count))


def _shares(p: Array) -> str:
    return ", ".join(f"{share:.2f} for {written([n])}" for n, share in enumerate(p) if share > 1e-6)


def _words(student: Student, network: certain.Network, rng: np.random.Generator) -> list[list[int]]:
    seeds = rng.choice(10**6, WORDS, replace=False)
    return [ended(drawn(student, network, int(seed))) for seed in seeds]


def one_letter_in(student: Student, rng: np.random.Generator) -> None:
    """feeds back the letter that was drawn, alone: one 1 in x, the rest zeros.

    On a network that draws its first letter by chance, and is sure of two others after it. A first
    letter that is still in x at the third step makes it sure of something else.
    """
    p = np.full(V, 1e-12)
    p[[IX[letter] for letter in "bdf"]] = rng.permutation([0.4, 0.35, 0.25])
    second, third = (int(n) for n in rng.permutation([IX[letter] for letter in "ace"])[:2])
    after = {**{IX[letter]: second for letter in "bdf"}, second: third, third: NEWLINE}
    network = certain.led_on(p, after, once=True)
    for seed in rng.choice(10**6, 12, replace=False):
        word = drawn(student, network, int(seed))
        first = word[:1]
        sure = [*first, second, third, NEWLINE]
        if ended(word) != sure:
            told = f"after its first letter the network is sure of {written(sure)}"
            why = _why(word, second, p)
            if why == ("sample-no-letter-whole",) and not _feeds_back(student, rng):
                why = ()  # nothing comes in at all, which has its own check
            raise Wanting(f"{told}; your function wrote {written(word)}", *why)


def _feeds_back(student: Student, rng: np.random.Generator) -> bool:
    try:
        feeds_back(student, rng)
    except Wanting:
        return False
    return True


def _why(word: Sequence[int], second: int, p: Array) -> tuple[str, ...]:
    """What was in x, as far as the word tells it, as the id of a misconception."""
    rest = set(word[1:MOST])
    if len(word) >= MOST and rest == {second}:
        return ("sample-letters-pile-up",)
    drawn_anew = len(rest) > 1 and all(p[n] > 1e-6 for n in rest)
    return ("sample-no-letter-whole",) if drawn_anew else ()


def seeded(student: Student, rng: np.random.Generator) -> None:
    """gives the same word for the same seed, and others for others."""
    p = np.where(np.arange(V) == NEWLINE, 0.02, 0.98 / (V - 1))
    network, seeds = certain.by_chance(p), [int(n) for n in rng.choice(10**6, 4, replace=False)]
    first, again = ([ended(drawn(student, network, n)) for n in seeds] for _ in range(2))
    if first != again:
        raise Wanting("called twice with the same seed it gives other words: hand the seed on")
    if len(set(map(tuple, first))) == 1:
        raise Wanting("with four seeds it gives one word: hand the seed to the generator")
    letters = {n for word in first for n in word if n != NEWLINE}
    if len(letters) < 3:  # of six that are as likely
        raise Wanting(f"letters drawn by chance look otherwise than its word {written(first[0])}")


def ends(student: Student, rng: np.random.Generator) -> None:
    """ends with the newline, after 50 letters at the latest.

    On networks that draw the newline after three letters, at once, and never.
    """
    some = [int(n) for n in rng.permutation([n for n in range(V) if n != NEWLINE])[:3]]
    after = [NEWLINE] * V
    after[some[0]], after[some[1]] = some[1], some[2]
    for word in ([*some, NEWLINE], [NEWLINE]):
        found = drawn(student, certain.by_letter(V, word[0], after), int(rng.integers(10**6)))
        if ended(found) == word != found:
            told = f"where the network is sure of {written(word)}, your list is {written(found)}"
            raise Wanting(told, "sample-newline-left-out" if found == word[:-1] else "")
    letter = some[0]
    endless = certain.by_letter(V, letter, [letter] * V)
    found = drawn(student, endless, int(rng.integers(10**6)))
    if found != [letter] * MOST + [NEWLINE]:
        count = sum(n == letter for n in found)
        end = "a newline" if found[-1:] == [NEWLINE] else "no newline"
        told = f"where no newline comes, it wrote {count} letters and {end} after them, expected 50"
        raise Wanting(f"{told} and a newline")


register(
    Exercise(
        "sample",
        UNIT,
        no_trials,
        nothing,
        (
            Property("feeds_each_letter_back", holds=feeds_back),
            Property("carries_the_state", holds=carries),
            Property("draws_with_the_probabilities", holds=by_chance),
            Property("feeds_back_one_letter_alone", holds=one_letter_in),
            Property("follows_its_seed", holds=seeded),
            Property("ends_with_the_newline", holds=ends, alone=False),
        ),
        after=("rnn_step_forward",),
    )
)
