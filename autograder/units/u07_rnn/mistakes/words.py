"""Entries of other units, told in the words of a recurrent network."""

from __future__ import annotations

from autograder.engine.diagnosis.catalogue import CATALOGUE, Misconception
from autograder.mistakes import (
    chain,  # noqa: F401
    products,  # noqa: F401
    scale,  # noqa: F401
    shapes,  # noqa: F401
    softmax,  # noqa: F401
    wiring,  # noqa: F401
)
from autograder.mistakes import memory as behaviour  # noqa: F401  the entries that get forms here
from autograder.mistakes import signal as rules  # noqa: F401
from autograder.mistakes import slopes as local  # noqa: F401

#: Families of graphs: the recurrent network, and the same for forward accumulation (RTRL).
RNN = ("rnn",)
BOTH = ("rnn", "rtrl")
CELL = "07, One cell"
CACHES = "07, Caches and indices"


def known(id: str, **words: str) -> Misconception:
    """An entry of the catalogue, with other words on graphs of a recurrent network."""
    for family in BOTH:
        CATALOGUE[id].reword(family, **words)
    return CATALOGUE[id]
