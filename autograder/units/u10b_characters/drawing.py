"""Unit 10b: a word is drawn letter by letter; any generator of NumPy's will do.

So a function is asked to write what a network is sure of, where every generator gives the same; and
its letters are counted where they are drawn by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.engine.exercise import Barrier, Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import Parameters, Student
from autograder.errors.words import article
from autograder.networks import Array
from autograder.units.u10b_characters import certain
from autograder.units.u10b_characters.contract import UNIT

#: Letters of the vocabulary of these checks, the newline among them and not the first.
LETTERS = "ab\ncdef"
V, NEWLINE = len(LETTERS), LETTERS.index("\n")
IX = {letter: n for n, letter in enumerate(LETTERS)}
#: The most letters of a word, and the words that are drawn where letters are counted.
MOST, WORDS = 50, 500
#: Standard errors that a count may be off: by chance once in some million times.
ERRORS = 5.5


def drawn(student: Student, network: certain.Network, seed: int) -> list[int]:
    """A word of the student's, as integers, held to its form."""
    reply = student.observe("sample", Parameters(network), dict(IX), seed)
    for path in reply.changed:
        what = "parameters" if path.startswith("0") else "char_to_ix"
        raise Barrier(f"it changes {what}; a sample only reads them", "da-mutated-in-place")
    return _indices(reply.value)


def _indices(found: Any) -> list[int]:
    if isinstance(found, np.ndarray) and found.ndim == 1:
        found = found.tolist()
    if not isinstance(found, (list, tuple)):
        raise Barrier(f"it returned {article(type(found).__name__)}, expected a list of indices")
    for one in found:
        if isinstance(one, bool) or not isinstance(one, (int, np.integer)) or not 0 <= one < V:
            raise Barrier(f"its list holds {one!r}, which is no index from 0 to {V - 1}")
    return [int(one) for one in found]


def written(indices: Sequence[int]) -> str:
    """Indices as the letters of these checks, the newline as ``\\n``."""
    word = "".join(LETTERS[n] for n in indices[:12]).replace("\n", "\\n")
    return f"'{word}'" + (f" and {len(indices) - 12} more" if len(indices) > 12 else "")


def feeds_back(student: Student, rng: np.random.Generator) -> None:
    """feeds each drawn letter back as the next x.

    On a network in which the letter alone tells what follows, with certainty.
    """
    for _ in range(2):
        word = [int(n) for n in rng.permutation([n for n in range(V) if n != NEWLINE])]
        after = [NEWLINE] * V
        for one, following in zip(word[:-1], word[1:], strict=True):
            after[one] = following
        found = drawn(student, certain.by_letter(V, word[0], after), int(rng.integers(10**6)))
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
    if found == wanted:
        return
    if found[: len(wanted) - 1] == wanted[:-1]:
        raise Wanting(
            f"the network is sure of {written(wanted)}; your list has the letters, and ends in "
            f"another way: {written(found)}",
            "sample-newline-left-out" if found == wanted[:-1] else "",
        )
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
    words = [drawn(student, network, int(seed)) for seed in seeds]
    if not all(words):
        raise Wanting("it returned an empty list; there is a newline at least")
    return words


def one_letter_in(student: Student, rng: np.random.Generator) -> None:
    """feeds back the letter that was drawn, alone, not the probabilities.

    On a network that draws its first letter by chance, and is sure that it comes again.
    """
    p = np.full(V, 1e-12)
    p[[IX[letter] for letter in "bdf"]] = rng.permutation([0.4, 0.35, 0.25])
    for seed in rng.choice(10**6, 12, replace=False):
        word = drawn(student, certain.twice(p, NEWLINE), int(seed))
        if len(word) != 3 or word[0] != word[1] or word[2] != NEWLINE:
            again = written([*word[:1], *word[:1], NEWLINE])
            told = f"after its first letter the network is sure of {again}"
            raise Wanting(f"{told}; your function wrote {written(word)}")


def seeded(student: Student, rng: np.random.Generator) -> None:
    """gives the same word for the same seed, and others for others."""
    p = np.where(np.arange(V) == NEWLINE, 0.02, 0.98 / (V - 1))
    network, seeds = certain.by_chance(p), [int(n) for n in rng.choice(10**6, 4, replace=False)]
    first, again = ([drawn(student, network, seed) for seed in seeds] for _ in range(2))
    if first != again:
        raise Wanting("called twice with the same seed it gives other words: hand the seed on")
    if len(set(map(tuple, first))) == 1:
        raise Wanting("with four seeds it gives one word: hand the seed to the generator")
    # a newline that is drawn as the last of 50 may have another one behind it
    letters = "".join("".join(LETTERS[n] for n in word).rstrip("\n") for word in first)
    if "\n" in letters or len(set(letters)) < 3:  # of six that are as likely
        raise Wanting(f"letters drawn by chance look otherwise than its word {written(first[0])}")


def ends(student: Student, rng: np.random.Generator) -> None:
    """ends with the newline, after 50 letters at the latest.

    On a network that never draws the newline, and on one that draws it at once.
    """
    letter = int(rng.choice([n for n in range(V) if n != NEWLINE]))
    endless = certain.by_letter(V, letter, [letter] * V)
    found = drawn(student, endless, int(rng.integers(10**6)))
    if found != [letter] * MOST + [NEWLINE]:
        count = sum(n == letter for n in found)
        end = "a newline" if found[-1:] == [NEWLINE] else "no newline"
        told = f"where no newline comes, it wrote {count} letters and {end} after them, expected 50"
        raise Wanting(f"{told} and a newline")
    found = drawn(student, certain.by_letter(V, NEWLINE, [letter] * V), int(rng.integers(10**6)))
    if found != [NEWLINE]:
        told = f"where the newline comes first, it wrote {written(found)}, expected '\\n' alone"
        raise Wanting(told, "sample-newline-left-out" if not found else "")


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
