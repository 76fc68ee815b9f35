"""Sums and differences of two arrays that have a name: what a missing bracket leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import TypeAlias

import numpy as np

from autograder.engine.locate.case import Pair, common
from autograder.engine.locate.factor import parallel
from autograder.engine.locate.relation import Candidate
from autograder.networks import Array

Term: TypeAlias = tuple[str, ...]

#: Of more symbols not every pair is tried.
MOST = 8


def sums(found: Sequence[Pair]) -> Iterator[Candidate]:
    """Yield sums of two symbols, their squares and products, entry by entry.

    ``dout * 1 - out**2`` is the difference of dout and the square of out.
    """
    shape = found[0].right.shape
    names = [name for name, array in common(found).items() if array.shape == shape][:MOST]
    squares = [(name, name) for name in names]
    terms = [*((name,) for name in names), *squares, *combinations(names, 2)]
    for one, other, sign, word in _near(found[0], terms):
        noun = f"{_noun(one)} {word} {_noun(other)}, entry by entry"
        yield Candidate(noun, partial(_sum, one, other, sign), exact=sign < 0)
    for term in terms:
        yield Candidate(f"1 minus {_noun(term)}, entry by entry", partial(_from_one, term))


def _near(pair: Pair, terms: Sequence[Term]) -> Iterator[tuple[Term, Term, int, str]]:
    """Yield the sums and differences that are, up to a factor, what came back on one instance."""
    if pair.found.shape != pair.right.shape or not terms:
        return
    found = pair.found.ravel()
    laid = np.array([_of(term, pair).ravel() for term in terms], dtype=float)
    first, second = np.triu_indices(len(terms), 1)
    for sign in (1, -1):
        made = laid[first] + sign * laid[second]
        for n in parallel(found, made, pair.case.tolerance):
            one, other = terms[int(first[n])], terms[int(second[n])]
            if sign > 0:
                yield one, other, 1, "plus"
            elif made[n] @ found > 0:
                yield one, other, -1, "minus"
            else:
                yield other, one, -1, "minus"


def _noun(term: tuple[str, ...]) -> str:
    return f"{term[0]} squared" if len(term) == 2 and term[0] == term[1] else " * ".join(term)


def _of(term: tuple[str, ...], pair: Pair) -> Array:
    return np.asarray(np.prod([pair.case.symbols[name] for name in term], axis=0))


def _sum(one: tuple[str, ...], other: tuple[str, ...], sign: int, pair: Pair) -> Array:
    return np.asarray(_of(one, pair) + sign * _of(other, pair))


def _from_one(term: tuple[str, ...], pair: Pair) -> Array:
    return np.asarray(1 - _of(term, pair))
