"""Products of two arrays that have a name, and sums that leave examples out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations, product

import numpy as np

from autograder.engine.locate.axes import COUNTED
from autograder.engine.locate.case import Pair, common
from autograder.engine.locate.factor import ratio
from autograder.engine.locate.relation import Candidate
from autograder.networks import Array

#: Of the places that a product sums over, those that are kept.
KEPT = {
    "the last {place} alone": slice(-1, None),
    "the first {place} alone": slice(0, 1),
    "all but the last {place}": slice(None, -1),
    "all but the first {place}": slice(1, None),
    "every second {place}": slice(None, None, 2),
}
#: Of more symbols not every pair is multiplied.
MOST = 8


def products(found: Sequence[Pair], difference: bool = False) -> Iterator[Candidate]:
    """Yield products of two symbols whose shape is that of the array."""
    pair = found[0]
    matrices = [n for n, a in common(found).items() if a.ndim in (1, 2)][:MOST]
    if not difference:
        yield from _parts(found, matrices)
    for one, other in permutations(matrices, 2):
        for left, right in product((False, True), repeat=2):
            made = _matmul(pair, one, other, left, right)
            if made is not None and _fits(pair, made, difference):
                noun = f"{_noun(one, left)} @ {_noun(other, right)}"
                yield Candidate(
                    noun,
                    lambda p, a=one, b=other, x=left, y=right: _matmul(p, a, b, x, y),  # type: ignore[misc]
                    difference,
                )
        if one < other:
            noun = f"{one} * {other}, entry by entry"
            yield Candidate(
                noun,
                lambda p, a=one, b=other: p.case.symbols[a] * p.case.symbols[b],  # type: ignore[misc]
                difference,
            )


def _place(sizes: Sequence[tuple[int, Mapping[str, float]]]) -> str:
    """What the axis that is summed over counts."""
    for letter, (one, _) in COUNTED.items():
        if all(length == letters.get(letter) for length, letters in sizes):
            return one
    return "place that it sums over"


def _side(pair: Pair, name: str, turned: bool) -> Array:
    array = pair.case.symbols[name]
    return array.T if turned else array


def _noun(name: str, turned: bool) -> str:
    return f"{name}.T" if turned else name


def _fits(pair: Pair, made: Array, difference: bool) -> bool:
    if not difference:
        return made.shape == pair.found.shape
    return made.ndim == pair.right.ndim and all(
        a in (1, b) for a, b in zip(made.shape, pair.right.shape, strict=True)
    )


def _matmul(
    pair: Pair, one: str, other: str, left: bool, right: bool, kept: slice | None = None
) -> Array | None:
    """The product of two symbols, one or both transposed; over some of the places only."""
    a, b = _side(pair, one, left), _side(pair, other, right)
    if a.ndim != 2 or b.ndim != 2:
        return None
    if a.shape[1] != b.shape[0]:
        return None
    return np.asarray(a @ b if kept is None else a[:, kept] @ b[kept])


def _parts(found: Sequence[Pair], names: Sequence[str]) -> Iterator[Candidate]:
    """Where the right array is a sum over places, up to a factor: the same over fewer places."""
    for one, other in permutations(names, 2):
        for left, right in product((False, True), repeat=2):
            if any(_share(p, one, other, left, right, None) is None for p in found):
                continue
            sizes = [(_side(p, one, left).shape[1], p.case.sizes) for p in found]
            for text, kept in KEPT.items():
                place = _place(sizes)
                yield Candidate(
                    f"{{right}}, summed over {text.format(place=place)}",
                    lambda p, a=one, b=other, x=left, y=right, k=kept: _share(p, a, b, x, y, k),  # type: ignore[misc]
                )
    yield from _sums(found, names)


def _share(
    pair: Pair, one: str, other: str, left: bool, right: bool, kept: slice | None
) -> Array | None:
    """The part of the right array that these places give; None if it is no such product."""
    whole = _matmul(pair, one, other, left, right)
    if whole is None or whole.shape != pair.right.shape:
        return None
    c = ratio(pair.right, whole, pair.case.tolerance)
    made = None if c is None else _matmul(pair, one, other, left, right, kept)
    return None if c is None or made is None else c * made


def _sums(found: Sequence[Pair], names: Sequence[str]) -> Iterator[Candidate]:
    """The same where the right array is a sum of one symbol over an axis."""
    for name in names:
        for axis in range(found[0].case.symbols[name].ndim):
            if any(_sum(p, name, axis, slice(None)) is None for p in found):
                continue
            sizes = [(p.case.symbols[name].shape[axis], p.case.sizes) for p in found]
            for text, kept in KEPT.items():
                yield Candidate(
                    f"{{right}}, summed over {text.format(place=_place(sizes))}",
                    lambda p, n=name, k=axis, s=kept: _sum(p, n, k, s),  # type: ignore[misc]
                )


def _sum(pair: Pair, name: str, axis: int, kept: slice) -> Array | None:
    symbol = pair.case.symbols[name]
    whole = symbol.sum(axis=axis)
    if whole.size != pair.right.size:
        return None
    c = ratio(pair.right, whole.reshape(pair.right.shape), pair.case.tolerance)
    index = [slice(None)] * symbol.ndim
    index[axis] = kept
    return None if c is None else c * symbol[tuple(index)].sum(axis=axis).reshape(pair.right.shape)
