"""Unit 10b: a word that the student's function drew, and how it is written in messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.engine.exercise import Barrier
from autograder.engine.student import Parameters, Student
from autograder.errors.words import article
from autograder.units.u10b_characters import certain

#: Letters of the vocabulary of these checks, the newline among them and not the first.
LETTERS = "ab\ncdef"
V, NEWLINE = len(LETTERS), LETTERS.index("\n")
IX = {letter: n for n, letter in enumerate(LETTERS)}
#: The most letters of a word.
MOST = 50


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


def ended(indices: Sequence[int]) -> list[int]:
    """The word up to its newline, which is put there where the list ends before it.

    How a list ends is looked at by `ends` alone: a newline left out is one mistake, not five.
    """
    word = list(indices)
    cut = word[: word.index(NEWLINE)] if NEWLINE in word else word
    return [*cut, NEWLINE] if len(cut) < MOST else word


def written(indices: Sequence[int]) -> str:
    """Indices as the letters of these checks, the newline as ``\\n``."""
    word = "".join(LETTERS[n] for n in indices[:12]).replace("\n", "\\n")
    return f"'{word}'" + (f" and {len(indices) - 12} more" if len(indices) > 12 else "")
