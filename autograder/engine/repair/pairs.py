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
