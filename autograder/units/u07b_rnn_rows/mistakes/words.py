"""How a table of words is entered: what is said of an entry on the network in rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from autograder.engine.diagnosis.misconception import Misconception
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.units.u07b_rnn_rows.mirror import FAMILY

STEP = "07b, One step in rows"
ARROWS = "07b, Two arrows into h_t"
SUMS = "07b, What is summed, and over what"
CACHES = "07b, Caches that borrow"
TRIANGLE = "07, The loss × step triangle"

#: An entry, its line of formula (or nothing), its section, and its other words.
Row: TypeAlias = tuple[Misconception, str, str, Mapping[str, str]]


def worded(table: Iterable[Row]) -> Mistakes:
    """Return the words of a table, by entry, for this family."""
    found = Mistakes(FAMILY)
    for entry, formula, section, words in table:
        line = {"formula": formula} if formula else {}
        found.words(entry, FAMILY, section=section, **line, **words)
    return found
