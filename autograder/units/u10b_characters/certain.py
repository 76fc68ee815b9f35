"""Networks whose words are known: by them a sample is judged, however it uses its generator.

Units of size 20 are tanhs that are +1 or -1. Each network is a dict of parameters; V is the number
of letters of the vocabulary, the newline with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from autograder.networks import Array

Network = dict[str, Array]
#: How sure a unit is, and by how much the score of a letter is above those of the others.
_SURE, _ABOVE = 20.0, 20.0


def by_letter(V: int, first: int, after: Sequence[int]) -> Network:
    """Writes `first`, then after letter c letter ``after[c]``, whatever the state was.

    Unit c is on if letter c came in. No unit is on at the first step, where x is zero.
    """
    Wya = np.zeros((V, V))
    for letter, following in enumerate(after):
        Wya[following, letter] = _ABOVE
    by = Wya.sum(axis=1, keepdims=True)  # units that are off, -1 each, then add nothing
    by[first] += _ABOVE
    return {
        "Wax": 2 * _SURE * np.eye(V),
        "Waa": np.zeros((V, V)),
        "b": np.full((V, 1), -_SURE),
        "Wya": Wya,
        "by": by,
    }


def by_place(V: int, word: Sequence[int]) -> Network:
    """Writes `word`, at least three letters, by its state alone: unit t is on at step t.

    The first unit is on where the state that came in is zero, and at no other step.
    """
    n = len(word)
    Waa = 2 * _SURE * np.eye(n, k=-1)
    b = np.full((n, 1), -_SURE)
    Waa[0], b[0] = 3 * _SURE / (n - 2), _SURE
    Wya = np.zeros((V, n))
    Wya[list(word), np.arange(n)] = _ABOVE
    by = Wya.sum(axis=1, keepdims=True)
    return {"Wax": np.zeros((n, V)), "Waa": Waa, "b": b, "Wya": Wya, "by": by}


def by_chance(probabilities: Array, n_a: int = 3) -> Network:
    """Draws each letter with these probabilities, whatever came before."""
    V = len(probabilities)
    return {
        "Wax": np.zeros((n_a, V)),
        "Waa": np.zeros((n_a, n_a)),
        "b": np.zeros((n_a, 1)),
        "Wya": np.zeros((V, n_a)),
        "by": np.log(np.asarray(probabilities, dtype=float))[:, None],
    }


def led_on(probabilities: Array, after: Mapping[int, int], once: bool = False) -> Network:
    """Draws a first letter with these probabilities, then writes what follows each letter.

    Whatever the state was. Where several letters came in together, the one that stands first in
    `after` decides: a letter that stays in x is heard again and again. Where none came in whole,
    a letter is drawn as at the first step. With `once` a letter of which x holds more than one is
    heard by a second unit, which asks for the first letter of `after`.
    """
    V = len(probabilities)
    Wya = np.zeros((V, V))
    for rank, (letter, following) in enumerate(after.items()):
        Wya[following, letter] = (len(after) - rank) * _ABOVE
    Wax, b = 2 * _SURE * np.eye(V), np.full((V, 1), -_SURE)
    if once:
        louder = np.zeros((V, V))
        louder[next(iter(after))] = 2 * len(after) * _ABOVE
        Wya = np.hstack([Wya, louder])
        Wax, b = np.vstack([Wax, Wax]), np.vstack([b, 3 * b])
    by = Wya.sum(axis=1, keepdims=True) + np.log(np.asarray(probabilities, dtype=float))[:, None]
    return {"Wax": Wax, "Waa": np.zeros((len(b), len(b))), "b": b, "Wya": Wya, "by": by}
