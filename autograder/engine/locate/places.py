"""Which entries are wrong and which are right: rows, columns, steps, or where something holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from autograder.engine.locate.axes import these, words
from autograder.engine.locate.case import Pair, common
from autograder.engine.report.statement import Statement
from autograder.networks import Array

#: Of the indices along an axis, those that are wrong, by the words for it.
PATTERNS: dict[str, Callable[[int], list[int]]] = {
    "only the first {one} of {name} is off": lambda n: [0],
    "only the last {one} of {name} is off": lambda n: [n - 1],
    "only the last {one} of {name} is right": lambda n: list(range(n - 1)),
    "only the first {one} of {name} is right": lambda n: list(range(1, n)),
    "of {name} only the first and the last {one} are off": lambda n: [0, n - 1],
    "of {name} only the first and the last {one} are right": lambda n: list(range(1, n - 1)),
}


def places(found: Sequence[Pair], name: str) -> Iterator[Statement]:
    """Yield where the array is wrong, on every instance where it is; shapes are right."""
    off = [pair for pair in found if pair.wrong]
    if any(pair.found.shape != pair.right.shape for pair in off):
        return
    general = (*_patterns(off, name), *_diagonal(off, name), *_conditions(off, name))
    true = [statement for statement in general if statement.true]
    yield from true[:1] or _listed(off, name)


def wrong_lines(pair: Pair, axis: int) -> list[int]:
    """The indices along an axis at which some entry is wrong."""
    return [int(i) for i in np.flatnonzero(pair.off.any(axis=_others(pair, axis)))]


def _others(pair: Pair, axis: int) -> tuple[int, ...]:
    return tuple(k for k in range(pair.off.ndim) if k != axis)


def _patterns(off: Sequence[Pair], name: str) -> Iterator[Statement]:
    for axis in range(off[0].right.ndim):
        one, several = words(off, axis)
        long = [pair for pair in off if pair.right.ndim > axis and pair.right.shape[axis] > 2]
        for text, wanted in PATTERNS.items():

            def holds(
                k: int = axis,
                want: Callable[[int], list[int]] = wanted,
                long: list[Pair] = long,
            ) -> bool:
                # on a short axis the first may be the last: told of those where they are not
                return bool(long) and all(
                    wrong_lines(pair, k) == want(pair.right.shape[k]) for pair in long
                )

            where = "" if len(long) == len(off) else f", where there are more than two {several}"
            said = text.format(one=one, name=name)
            once = len({pair.case.label for pair in long}) == 1 < len(off)  # may be by chance
            whole = f"{said[0].upper()}{said[1:]}{where}."
            label = long[0].case.label if once else ""
            text = f"With {label}, {said}." if label else whole
            yield Statement(text, holds, once=once)


def _conditions(off: Sequence[Pair], name: str) -> Iterator[Statement]:
    """Where something is positive, or a label 1, and nowhere else."""
    for noun, of in _tests(off):
        for which, other, turned in (("right", "off", True), ("off", "right", False)):
            text = (
                f"What you return as {name} is {which} exactly where {noun}, and {other} elsewhere."
            )
            yield Statement(text, partial(_agrees, off, of, turned))


def _tests(off: Sequence[Pair]) -> Iterator[tuple[str, Callable[[Pair], Array]]]:
    """Yield conditions on an entry: first those on labels, which are the reason of many others."""
    symbols = common(off)
    labels = [n for n, a in symbols.items() if a.dtype.kind == "i" and a.ndim == 1]
    marks = [n for n, a in symbols.items() if set(np.unique(a)) <= {0.0, 1.0}]
    for symbol in labels:
        yield f"the column is the row's entry of {symbol}", partial(_labelled, symbol)
    for symbol in marks:
        yield f"{symbol} is 1", partial(_one, symbol)
    yield "the right one is negative", lambda pair: pair.right < 0
    yield "the right one is not 0", lambda pair: pair.right != 0
    for symbol in symbols:
        if symbol not in (*labels, *marks):
            yield f"{symbol} is positive", partial(_positive, symbol)
            yield f"{symbol} is negative", partial(_negative, symbol)
            yield f"{symbol} is 0", partial(_nought, symbol)


def _one(symbol: str, pair: Pair) -> Array:
    return np.asarray(pair.case.symbols[symbol] == 1)


def _labelled(symbol: str, pair: Pair) -> Array:
    return np.asarray(np.arange(pair.right.shape[1]) == pair.case.symbols[symbol][:, None])


def _positive(symbol: str, pair: Pair) -> Array:
    return np.asarray(pair.case.symbols[symbol] > 0)


def _negative(symbol: str, pair: Pair) -> Array:
    return np.asarray(pair.case.symbols[symbol] < 0)


def _nought(symbol: str, pair: Pair) -> Array:
    return np.asarray(pair.case.symbols[symbol] == 0)


def _agrees(off: Sequence[Pair], of: Callable[[Pair], Array], turned: bool) -> bool:
    """Whether the entries that are wrong are those of the test, both kinds being there."""
    both = False
    for pair in off:
        where = np.broadcast_to(of(pair), pair.off.shape)
        if not np.array_equal(pair.off, ~where if turned else where):
            return False
        kept = pair.right[~pair.off]
        if kept.size and not kept.any() and (pair.right[pair.off] != 0).all():
            return False  # whatever factor it has, 0 stays 0
        both |= bool(where.any() and not where.all() and pair.off.size > 2)
    return both


def _diagonal(off: Sequence[Pair], name: str) -> Iterator[Statement]:
    if off[0].right.ndim != 2 or off[0].right.shape[0] != off[0].right.shape[1]:
        return
    large = [pair for pair in off if pair.right.shape[0] > 1]
    for which, turned in (("off", False), ("right", True)):

        def holds(t: bool = turned) -> bool:
            return bool(large) and all(
                np.array_equal(pair.off, np.eye(len(pair.off), dtype=bool) ^ t) for pair in large
            )

        yield Statement(f"Of {name} only the diagonal is {which}.", holds)


def _listed(off: Sequence[Pair], name: str) -> Iterator[Statement]:
    """On the instance that has most entries: which lines, where not all are wrong."""
    pair = max(off, key=lambda pair: pair.off.size)
    alike = [p for p in off if p.case.label == pair.case.label and p.off.shape == pair.off.shape]
    if any(not np.array_equal(p.off, pair.off) for p in alike):
        return  # which ones are right is a trait of the numbers
    for axis in range(pair.off.ndim):
        one, several = words(off, axis)
        count, wrong = pair.off.shape[axis], wrong_lines(pair, axis)
        right = [i for i in range(count) if i not in wrong]
        # of zeros every factor is right
        if not (wrong and right) or not np.take(pair.right, right, axis=axis).any():
            continue
        text = (
            f"{_with(pair)}{name} is off in {these(wrong, one, several)} and right in "
            f"{these(right, one, several)} (counted from 0)."
        )
        yield Statement(text, lambda: True, once=True)  # it has just been counted
    at = [tuple(int(i) for i in index) for index in np.argwhere(pair.off)]
    if pair.off.size > 2 and 0 < len(at) <= 3:
        places = ", ".join(str(list(index)) for index in at)
        text = f"{_with(pair)}{name} is off only at {places}; its other entries are right."
        yield Statement(text, lambda: len(at) < pair.off.size, once=True)


def _with(pair: Pair) -> str:
    """Which instance it is, if it has a label."""
    return f"With {pair.case.label}, " if pair.case.label else ""


def finite(found: Sequence[Pair], name: str) -> Iterator[Statement]:
    """Yield where the array is nan or infinite."""
    bad = [pair for pair in found if not np.isfinite(pair.found).all()]
    if not bad:
        return
    every = all(not np.isfinite(pair.found).any() for pair in bad)
    where = "" if len(bad) == len(found) or not bad[0].case.label else f" with {bad[0].case.label}"
    yield Statement(f"Every entry of {name} is nan or infinite{where}.", lambda: every)
    if every:
        return
    for noun, of in _tests(bad):

        def holds(of: Callable[[Pair], Array] = of) -> bool:
            return all(
                np.array_equal(
                    ~np.isfinite(pair.found), np.broadcast_to(of(pair), pair.found.shape)
                )
                for pair in bad
            )

        yield Statement(f"{name} is nan or infinite exactly where {noun}.", holds)
