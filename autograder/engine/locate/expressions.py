"""Arrays made of the symbols by another bracket, factor or sum: ``dout * (probs - inner)``.

An expression is ``f * (t ± u)``, where t and u are 0, 1, products of two symbols, or sums and means
of such products over an axis, and f is a slope or a product. All of them are compared at once: each
array is laid along one random direction, and ``t ± u`` is looked up in a sorted table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from operator import itemgetter

import numpy as np

from autograder.engine.locate.case import Pair, common
from autograder.engine.locate.relation import Candidate
from autograder.engine.locate.terms import DERIVED, Of, Term, slopes_of, terms_of
from autograder.networks import Array

#: Of more symbols, and of smaller arrays, nothing is tried: anything could be said.
MOST, LEAST = 4, 4


def expressions(found: Sequence[Pair]) -> Iterator[Candidate]:
    """Yield the expressions that are what came back on the first instance, the shortest first."""
    turned = _diagonal(found)
    first = _target(found[0], turned)
    names = _names(found, turned)
    if first is None or first.size < LEAST or not names:
        return
    held = _symbols(found[0], names, turned)
    terms = terms_of(names, flat=first.ndim < 2)
    factors = [Term("", lambda s: np.ones(()), 0), *slopes_of(names), *terms[1:]]
    table = _Table(held, [*terms, _NOTHING], first.shape)
    found_terms = table.fitting(first, factors) or _of_three(first, table, names)
    for term in found_terms:
        told = f"the diagonal matrix of {term.noun}" if turned else term.noun

        def made(pair: Pair, of: Of = term.of) -> Array:
            array = np.asarray(of(_symbols(pair, names, turned)))
            return np.diagflat(array) if turned else np.broadcast_to(array, pair.right.shape)

        yield Candidate(told, made, exact=True)


def _diagonal(found: Sequence[Pair]) -> bool:
    """Whether what came back, and what is right, are diagonal matrices."""

    def diagonal(a: Array) -> bool:
        return a.ndim == 2 and a.shape[0] == a.shape[1] and not (a - np.diagflat(np.diag(a))).any()

    large = any(pair.found.size > 1 for pair in found)
    return large and all(diagonal(p.found) and diagonal(p.right) for p in found)


def _target(pair: Pair, turned: bool) -> Array | None:
    if pair.found.shape != pair.right.shape or not np.isfinite(pair.found).all():
        return None
    return np.diag(pair.found) if turned else pair.found


def _names(found: Sequence[Pair], turned: bool) -> list[str]:
    def fits(pair: Pair, name: str) -> bool:
        symbol, shape = pair.case.symbols[name], pair.right.shape
        return symbol.size == shape[0] if turned else symbol.shape == shape

    return [n for n in common(found) if all(fits(pair, n) for pair in found)][:MOST]


def _symbols(pair: Pair, names: Sequence[str], turned: bool) -> dict[str, Array]:
    """The symbols and what is made of them, by name."""
    held = {n: pair.case.symbols[n].astype(float) for n in names}
    held = {n: a.ravel() for n, a in held.items()} if turned else held
    with np.errstate(all="ignore"):
        made = {form.format(n): f(a) for n, a in held.items() for form, f in DERIVED.items()}
    return held | made


class _Table:
    """The values of all terms on one instance, and these along one random direction, sorted."""

    def __init__(self, held: Mapping[str, Array], terms: Sequence[Term], shape: tuple[int, ...]):
        self.held, self.shape = held, shape
        with np.errstate(all="ignore"):
            laid = np.array([np.broadcast_to(t.of(held), shape).ravel() for t in terms])
        finite = np.isfinite(laid).all(axis=1)
        self.terms = [t for t, fine in zip(terms, finite, strict=True) if fine]
        self.laid = laid[finite]
        self.along = np.random.default_rng(0).normal(size=int(np.prod(shape)))
        self.sums = self.laid @ self.along
        self.order = np.argsort(self.sums)
        self.sorted = self.sums[self.order]
        self.far = float(np.abs(self.along).sum())

    def fitting(self, target: Array, factors: Sequence[Term]) -> list[Term]:
        """The expressions that are the target, by their names, the shortest first."""
        flat = target.ravel()
        found: list[tuple[int, Term, Term, Term, int]] = []
        for factor in factors:
            with np.errstate(all="ignore"):
                value = np.broadcast_to(factor.of(self.held), self.shape).ravel()
                rest = flat / value
            if not np.isfinite(rest).all() or not (np.abs(value) > 1e-9).all():
                continue
            largest, sum_of_rest = float(np.abs(rest).max()), rest @ self.along
            scale = 1e-9 * max(largest, 1e-6) * self.far
            for sign in (1, -1):
                # t + sign * u = rest
                wanted = sign * (sum_of_rest - self.sums)
                low = np.searchsorted(self.sorted, wanted - scale)
                high = np.searchsorted(self.sorted, wanted + scale)
                for n in np.flatnonzero(high > low):
                    near = self.order[low[n] : high[n]]
                    off = np.abs(self.laid[near] - sign * (rest - self.laid[n])).max(axis=1)
                    for u in near[off <= 1e-8 * max(largest, 1e-9)]:
                        one, other = self.terms[int(n)], self.terms[int(u)]
                        # t + 0 is tried, and 0 - t
                        if one is _NOTHING and (other is _NOTHING or sign > 0):
                            continue
                        length = factor.length + one.length + other.length + (sign < 0)
                        found.append((length, factor, one, other, sign))
        # of arrays of zeros, or symbols that are alike, there are thousands
        return [_of(*parts) for parts in nsmallest(_TOLD, found, key=itemgetter(0))]


def _of_three(target: Array, table: _Table, names: Sequence[str]) -> list[Term]:
    """The same of a symbol, and a sum of two terms after it: a bracket that is added."""
    found = []
    for name in names:
        for sign, word in ((1, "+"), (-1, "-")):
            rest = sign * (target - table.held[name])
            for term in table.fitting(rest, [Term("", lambda s: np.ones(()), 0)]):
                found.append(
                    Term(
                        f"{name} {word} ({term.noun})",
                        lambda s, n=name, k=sign, t=term: np.asarray(s[n] + k * t.of(s)),  # type: ignore[misc]
                        term.length + 2,
                    )
                )
    return sorted(found, key=lambda term: term.length)[:_TOLD]


#: So many of them are tried on the other instances.
_TOLD = 8
#: With it one term alone is an expression too: shorter than ``1 - (1 - t)``.
_NOTHING = Term("0", lambda s: np.zeros(()), 0)


def _of(length: int, factor: Term, one: Term, other: Term, sign: int) -> Term:
    word = "+" if sign > 0 else "-"
    inner = f"{one.noun} {word} {other.noun}"
    if other is _NOTHING:
        inner = one.noun
    elif one is _NOTHING:
        inner = f"(-{other.noun})" if factor.noun else f"-{other.noun}"
    elif factor.noun:
        inner = f"({inner})"
    return Term(
        f"{factor.noun} * {inner}" if factor.noun else inner,
        lambda s: np.asarray(factor.of(s) * (one.of(s) + sign * other.of(s))),
        length,
    )
