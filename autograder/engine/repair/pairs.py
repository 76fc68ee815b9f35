"""Two changes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, combinations, product

from autograder.engine.repair.change import Change


def in_one_line(ordered: Iterable[Change]) -> Iterator[Change]:
    """Yield two of the likeliest changes in the same line, as one."""
    near = [c for c in ordered if c.rank <= 1]
    likely = [c for c in near if c.rank == 0]
    for line in dict.fromkeys(c.line for c in likely):
        first = [c for c in likely if c.line == line]
        rest = [c for c in near if c.line == line and c.rank == 1]
        for one, other in chain(combinations(first, 2), product(first, rest)):
            if one.told != other.told:
                told = f"{one.told}; and {other.told}"
                yield replace(one, puts=one.puts + other.puts, told=told, count=2)


def either(first: Change, other: Change) -> Change:
    """The first change, with the other line that does as well."""
    besides = f", or in its place {other.told} in line {other.line}, which does as well"
    return replace(first, besides=besides)


#: What may do as well by chance, where other places of the line are the slip.
_BY_CHANCE = ("another number in the place of", "another name in the place of")
_AS_WELL = (*_BY_CHANCE, "a name in the place of", "a further factor, ")


def in_the_same_line(first: Change, ordered: Iterable[Change]) -> Iterator[Change]:
    """Yield what else may be the slip in the line of a number or of a name that was found."""
    for other in ordered if first.told.startswith(_BY_CHANCE) else ():
        apart = other.line == first.line and other.puts[0][0] != first.puts[0][0]
        if apart and other.told.startswith(_AS_WELL):
            yield other


def or_else(first: Change, other: Change) -> Change:
    """The first change, with another one of the same line that does as well."""
    besides = f", or {other.told}, which does as well"
    return replace(first, besides=besides, ask="Which of the two is not as in the formula?")
