"""Terms made of symbols: products, sums over an axis, slopes; the shorter, the likelier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations_with_replacement
from operator import mul

import numpy as np

from autograder.networks import Array

#: What may have been made of a symbol before it was used.
DERIVED: Mapping[str, Callable[[Array], Array]] = {
    "σ({})": lambda a: 1 / (1 + np.exp(-a)),
    "tanh({})": np.tanh,
    "max(0, {})": lambda a: np.maximum(0, a),
    "({} > 0)": lambda a: (a > 0) * 1.0,
    "exp({})": np.exp,
}


Of = Callable[[Mapping[str, Array]], Array]


@dataclass(frozen=True)
class Term:
    """Something with a name that can be made on every instance; the longer, the less likely."""

    noun: str
    of: Of
    length: int


def _product(parts: Sequence[str]) -> Term:
    if len(parts) == 2 and parts[0] == parts[1]:
        return Term(f"{parts[0]}**2", lambda s: s[parts[0]] ** 2, 3 + 2 * ("(" in parts[0]))
    noun = " * ".join(parts)
    length = 2 * len(parts) + 2 * sum("(" in part for part in parts)
    return Term(noun, lambda s: np.asarray(reduce(mul, [s[p] for p in parts])), length)


def terms_of(names: Sequence[str], flat: bool) -> list[Term]:
    """1, products of up to two, and the sums of these; sums of what is derived are not tried."""
    derived = [form.format(name) for name in names for form in DERIVED]
    alone = [_product((name,)) for name in (*names, *derived)]
    twice = [_product(two) for two in combinations_with_replacement(names, 2)]
    own = [_product((d, d)) for d in derived]
    mixed = [_product((n, d)) for n in names for d in derived]
    slopes = [slope for name in (*names, *derived) for slope in _slopes_at(name)]
    made = [Term("1", lambda s: np.ones(()), 1), *alone, *twice, *own, *mixed, *slopes]
    if flat:
        return made
    thrice = [_product(three) for three in combinations_with_replacement(names[:3], 3)]
    summed = [_product((name,)) for name in names] + twice + thrice
    for term in summed:
        made += [_reduced(term, how, axis) for how in ("sum", "mean") for axis in (1, 0, None)]
    for n in names:
        made += [_times(n, _reduced(term, "sum", axis)) for term in twice for axis in (1, 0)]
    return made


def _times(name: str, term: Term) -> Term:
    noun = f"{name} * {term.noun}"
    return Term(noun, lambda s: np.asarray(s[name] * term.of(s)), term.length + 2)


def _reduced(term: Term, how: str, axis: int | None) -> Term:
    function = np.sum if how == "sum" else np.mean
    places = "" if axis is None else f", axis={axis}, keepdims=True"

    def of(symbols: Mapping[str, Array]) -> Array:
        return np.asarray(function(term.of(symbols), axis=axis, keepdims=True))

    extra = {1: 3, 0: 4, None: 5}[axis] + (how == "mean")
    return Term(f"np.{how}({term.noun}{places})", of, term.length + extra)


def _slopes_at(s: str) -> list[Term]:
    """What a slope may be at a symbol."""
    length = 3 + 2 * ("(" in s)
    return [
        Term(f"(1 - {s})", lambda x: 1 - x[s], length),
        Term(f"(1 + {s})", lambda x: 1 + x[s], length),
        Term(f"{s} * (1 - {s})", lambda x: x[s] * (1 - x[s]), length + 2),
        Term(f"(1 - {s}**2)", lambda x: 1 - x[s] ** 2, length + 1),
    ]


def slopes_of(names: Sequence[str]) -> Iterator[Term]:
    """What a slope may be, alone and times a symbol."""
    derived = [form.format(name) for name in names for form in DERIVED]
    for s in (*names, *derived):
        slopes = _slopes_at(s)
        yield from slopes
        for n in names:
            for slope in slopes if n != s else ():
                told = f"{n} * {slope.noun}"
                yield Term(
                    told,
                    lambda x, n=n, slope=slope: x[n] * slope.of(x),  # type: ignore[misc]
                    slope.length + 2,
                )
