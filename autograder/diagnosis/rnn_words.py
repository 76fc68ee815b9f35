"""Entries of other units, told in the words of a recurrent network."""

from __future__ import annotations

from autograder.diagnosis import (  # noqa: F401  the entries that get forms here
    behaviour,
    chain,
    local,
    products,
    rules,
    scale,
    shapes,
    softmax,
    wiring,
)
from autograder.diagnosis.catalogue import CATALOGUE, Misconception

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
