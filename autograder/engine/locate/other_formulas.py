"""The formula of the contract with a part changed, or two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from autograder.engine.formulas import Formula
from autograder.engine.locate.case import Pair
from autograder.engine.locate.relation import Candidate
from autograder.networks import Array


def other_formulas(found: Sequence[Pair], pairs: bool) -> Iterator[Candidate]:
    """Yield the changed formulas that are what came back on the first instance.

    Of all instances the smallest is asked last: a few numbers could be made in many ways. With
    `pairs` two parts of the formula may be changed.
    """
    pair = max(found, key=lambda p: p.found.size)
    formula = pair.case.formulas.get(pair.name)
    if formula is None:
        return
    for number in formula.giving(pair.found, pairs):
        yield Candidate(formula.told(number), partial(_changed, formula, number), exact=True)


def _changed(first: Formula, number: int, pair: Pair) -> Array | None:
    formula = pair.case.formulas.get(pair.name)
    if formula is None or not formula.like(first):
        return None
    value = formula.changed(number)
    return value.reshape(pair.right.shape) if value.size == pair.right.size else None
