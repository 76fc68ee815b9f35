"""What a concept question is: a text with numbers, both drawn from a seed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

#: The forms that an answer can have.
NUMBER, LETTER = "a number", "a letter"
T = TypeVar("T")


class Draw:
    """Draws numbers; the same seed gives the same ones, on every machine.

    Parameters
    ----------
    seed : str
        Any text.
    """

    def __init__(self, seed: str) -> None:
        hashed = hashlib.sha256(seed.encode()).digest()
        self._rng = np.random.default_rng(int.from_bytes(hashed[:8], "big"))

    def one(self, values: Sequence[T]) -> T:
        """One of the values."""
        return values[int(self._rng.integers(len(values)))]

    def some(self, values: Sequence[T], count: int) -> list[T]:
        """So many of the values, no two at the same place, in any order."""
        return [values[int(k)] for k in self._rng.permutation(len(values))[:count]]


@dataclass(frozen=True)
class Asked:
    """A question as one student reads it.

    Attributes
    ----------
    text : str
        Markdown with formulas between dollar signs.
    numbers : dict
        What was drawn, by name: the arguments of the question's key.
    form : str
        What an answer is: `NUMBER`, ``"2 numbers"`` (so many, as a tuple), or `LETTER`.
    choices : tuple of (str, str)
        Where a letter is asked for: the name of each choice in the key, and its words, in the
        order of the letters.
    """

    text: str
    numbers: Mapping[str, Any]
    form: str = NUMBER
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def count(self) -> int:
        """How many numbers are asked for; 0 where a letter is."""
        if self.form in (NUMBER, LETTER):
            return int(self.form == NUMBER)
        return int(self.form.partition(" ")[0])


@dataclass(frozen=True)
class Question:
    """A question of the bank.

    Attributes
    ----------
    name : str
        ``"04_signal_to_the_left"``: the unit that taught it, and what it is about.
    ask : function
        ``ask(draw)`` gives the question with its numbers.
    points : float
    """

    name: str
    ask: Callable[[Draw], Asked]
    points: float = 1

    @property
    def unit(self) -> str:
        """The unit that taught it, ``"04"``."""
        return self.name.partition("_")[0]

    def asked(self, seed: str) -> Asked:
        """The question with the numbers of a seed, such as a student's id."""
        return self.ask(Draw(f"{self.name}/{seed}"))


def choose(draw: Draw, **words: str) -> tuple[tuple[str, str], ...]:
    """The choices of a question, in an order of the student's own."""
    return tuple(draw.some(list(words.items()), len(words)))
