"""Is what came back a simple function of something that has a name?

A candidate is a noun and an array: "the right dW transposed", "W itself". What came back, or its
difference to the right array, is compared with each, up to a factor that has a name; it has to
be the same one on every instance where the array is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.engine.locate.case import Pair, same
from autograder.engine.locate.factor import name_of, number, ratio
from autograder.networks import Array

Made = Callable[[Pair], "Array | None"]


@dataclass(frozen=True)
class Candidate:
    """An array that may be in the place of the right one.

    Attributes
    ----------
    noun : str
        How it is called; ``{right}`` stands for the right array.
    of : function
        Makes it for a pair; None where there is no such array.
    difference : bool
        Whether it is what was added to the right array.
    exact : bool
        Whether no factor may stand before it.
    """

    noun: str
    of: Made
    difference: bool = False
    exact: bool = False


@dataclass(frozen=True)
class Relation:
    """What one wrong array is, on every instance where it is wrong."""

    noun: str
    candidate: Candidate
    factor: str = "1"

    def holds(self, found: Sequence[Pair]) -> bool:
        """Whether it holds of another array, on every instance where that is wrong."""
        return relation(self.candidate, found) == self


def first(candidates: Iterator[Candidate], found: Sequence[Pair]) -> Relation | None:
    """Return the first candidate that is what came back on all instances."""
    for candidate in candidates:
        if (related := relation(candidate, found)) is not None:
            return related
    return None


def relation(candidate: Candidate, found: Sequence[Pair]) -> Relation | None:
    """Return the relation by this candidate, with its factor; None if there is none."""
    factors = []
    for pair in found:
        c = _factor(candidate, pair)
        if c is None:
            return None
        factors.append(c)
    # where both are 0, every factor fits
    seen = [(c, pair.case.sizes) for c, pair in zip(factors, found, strict=True) if c == c]
    if not seen or not _telling(candidate, found):
        return None
    factors = [c for c, _ in seen]
    name = name_of(factors, [sizes for _, sizes in seen])
    if not name and len(found) > 1 and np.allclose(factors, factors[0], rtol=1e-6):
        name = number(factors[0])
    if not name or (candidate.exact and name != "1"):
        return None
    first_seen = found[0] if seen[0][1] is found[0].case.sizes else None
    return Relation(_noun(candidate, name, factors[0], first_seen), candidate, name)


def _factor(candidate: Candidate, pair: Pair) -> float | None:
    try:
        with np.errstate(all="ignore"):
            made = candidate.of(pair)
    except (ValueError, IndexError, KeyError):
        return None
    if made is None:
        return None
    if not candidate.difference:
        if made.shape == pair.found.shape and not made.any() and not pair.found.any():
            return float("nan")
        exact = same(pair.found, made, pair.case.tolerance) and made.any()
        return 1.0 if exact else ratio(pair.found, made, pair.case.tolerance)
    if pair.found.shape != pair.right.shape:
        return None
    gap = pair.found - pair.right
    try:
        term = np.broadcast_to(made, gap.shape)
    except ValueError:
        return None
    return ratio(gap, term, 10 * pair.case.tolerance)


def _telling(candidate: Candidate, found: Sequence[Pair]) -> bool:
    """Of one number anything could be said: several entries or instances are asked."""
    return any(pair.found.size > 2 for pair in found) or len(found) > 2


def _noun(candidate: Candidate, factor: str, value: float, pair: Pair | None) -> str:
    sign, size = ("-", factor[1:]) if factor.startswith("-") else ("", factor)
    own = "" if candidate.difference else sign
    times = "" if size == "1" else f"{size} times "
    shown = number(abs(value))
    if times and pair is not None and shown != size and "/" in size + shown:
        times = f"{size} times (with {pair.case.label}: {own}{shown} times) "
    if candidate.difference:
        return f"{{right}} {'minus' if sign else 'plus'} {times}{candidate.noun}"
    if sign and not times:
        return f"{candidate.noun} with the opposite sign"
    return f"{sign}{times}{candidate.noun}"
