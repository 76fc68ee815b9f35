"""The right array in another form: of another shape, in another order, each number changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from autograder.engine.locate.axes import words
from autograder.engine.locate.case import Pair
from autograder.engine.locate.parts import parts
from autograder.engine.locate.relation import Candidate, Made
from autograder.networks import Array

Change = Callable[[Array], Any]

#: What may have become of each number, by how it is told.
NUMBERS: dict[str, Change] = {
    "the absolute values of {right}": np.abs,
    "the positive part of {right}, with 0 where it is negative": lambda a: np.maximum(a, 0),
    "the negative part of {right}, with 0 where it is positive": lambda a: np.minimum(a, 0),
    "the signs of {right}": np.sign,
    "{right} squared, entry by entry": np.square,
    "1 over {right}, entry by entry": lambda a: 1 / a,
    "{right} divided by its norm": lambda a: a / np.linalg.norm(a),
    "{right} divided by its largest absolute value": lambda a: a / np.abs(a).max(),
    "{right} divided by the sum of its entries": lambda a: a / a.sum(),
    "{right} divided by its number of entries": lambda a: a / a.size,
    "{right} minus the mean of its entries": lambda a: a - a.mean(),
    "{right} rounded down to whole numbers": np.floor,
    "{right} without its fractions, as integers are": np.trunc,
    "{right} in float32, with seven digits": lambda a: a.astype(np.float32).astype(float),
}
DECIMALS = (0, 1, 2, 3, 4)
BOUNDS = (0.1, 0.5, 1, 2, 5, 10)


def like(pair: Pair, made: Array) -> Array:
    """In the shape of what came back, where it has as many entries."""
    return made.reshape(pair.found.shape) if made.size == pair.found.size else made


def _ordered(order: tuple[int, ...], pair: Pair) -> Array:
    return pair.right.transpose(order)


def _right(change: Change) -> Made:
    """A change of the right array that changes something."""

    def made(pair: Pair) -> Array | None:
        array = np.asarray(change(pair.right))
        untouched = array.shape == pair.right.shape and np.array_equal(array, pair.right)
        return None if untouched else array

    return made


def other_forms(found: Sequence[Pair]) -> Iterator[Candidate]:
    """Where the shapes differ."""
    right = found[0].right
    yield Candidate("{right} transposed", lambda pair: pair.right.T)
    yield Candidate("{right} without its axes of length 1", _squeezed)
    yield Candidate("the diagonal of {right} alone", lambda pair: like(pair, np.diag(pair.right)))
    yield Candidate("the first entry of {right} alone", _first_entry)
    for axis in range(right.ndim):
        one, _ = words(found, axis)
        for where, kept in (("first", slice(1, None)), ("last", slice(None, -1))):
            told = f"{{right}} without its {where} {one}"
            yield Candidate(told, _right(partial(_without, axis, kept)))
    yield Candidate("{right} flattened", lambda pair: pair.right.reshape(-1))
    for order in ((2, 0, 1), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 1, 0)):
        if right.ndim == 3:
            told = f"{{right}} with its axes in the order {order}"
            yield Candidate(told, partial(_ordered, order))
    yield Candidate("{right} in another shape", lambda pair: pair.right.reshape(pair.found.shape))
    for axis in range(right.ndim):
        _, several = words(found, axis)
        for keep in (True, False):
            told = f"{{right}} summed over its {several} as well"
            yield Candidate(told, _right(partial(np.sum, axis=axis, keepdims=keep)))
            told = f"the mean of {{right}} over its {several}"
            yield Candidate(told, _right(partial(np.mean, axis=axis, keepdims=keep)))
    yield Candidate("the sum of all entries of {right}", lambda pair: np.sum(pair.right))
    told = "{right} repeated along a further axis, or along one of length 1"
    yield Candidate(told, lambda pair: np.broadcast_to(pair.right, pair.found.shape))
    for axis in range(found[0].found.ndim):
        yield from _unfinished(axis)
    for axis in range(right.ndim if right.ndim == found[0].found.ndim else 0):
        yield from parts(axis, words(found, axis)[1])


def _first_entry(pair: Pair) -> Array | None:
    return like(pair, pair.right.reshape(-1)[:1]) if pair.right.size > 1 else None


def _squeezed(pair: Pair) -> Array | None:
    return pair.right.squeeze() if 1 in pair.right.shape else None


def _unfinished(axis: int) -> Iterator[Candidate]:
    """What came back still has to be summed, or has an entry too many, along this axis."""

    def spread(change: Callable[[Array], Any], pair: Pair) -> Array | None:
        """What came back, if the change of it is the right array."""
        made = np.asarray(change(pair.found))
        untouched = made.size == pair.found.size and pair.found.shape == pair.right.shape
        if made.size != pair.right.size or untouched:
            return None
        fits = np.allclose(made.reshape(pair.right.shape), pair.right, rtol=1e-7, atol=1e-12)
        return pair.found if fits else None

    for noun, change in (
        (f"not yet summed over its axis {axis}: that sum is {{right}}", partial(np.sum, axis=axis)),
        (
            f"not yet averaged over its axis {axis}: that mean is {{right}}",
            partial(np.mean, axis=axis),
        ),
        (
            f"not yet joined over its axis {axis}: the norm along it is {{right}}",
            partial(np.linalg.norm, axis=axis),
        ),
        (
            f"{{right}} with one entry too many in front along axis {axis}",
            partial(_without, axis, slice(1, None)),
        ),
        (
            f"{{right}} with one entry too many at the end along axis {axis}",
            partial(_without, axis, slice(None, -1)),
        ),
    ):
        yield Candidate(noun, partial(spread, change), exact=True)


def _without(axis: int, kept: slice, array: Array) -> Array:
    return array[(slice(None),) * axis + (kept,)]


def other_orders(found: Sequence[Pair]) -> Iterator[Candidate]:
    """The right numbers in other places."""
    right = found[0].right
    if right.ndim == 2:
        yield Candidate("{right} transposed", _right(np.transpose))
        yield Candidate(
            "{right} with its numbers in the order of its transpose (a reshape is no transpose)",
            _right(lambda a: a.T.reshape(a.shape)),
        )
    for one, other in combinations(range(right.ndim), 2) if right.ndim > 2 else ():
        yield Candidate(
            f"{{right}} with its numbers in the order of np.swapaxes(..., {one}, {other}), as a "
            "reshape leaves them: it exchanges no axes",
            _right(partial(_reshaped, one, other)),
        )
    for axis in range(right.ndim):
        _, several = words(found, axis)
        yield Candidate(
            f"{{right}} with its {several} in the reverse order",
            _right(partial(np.flip, axis=axis)),
        )
        for step, where in ((1, "later"), (-1, "earlier")):
            told = f"{{right}} with its {several} moved by one place, each to a {where} one"
            yield Candidate(f"{told}, and around", _right(partial(np.roll, shift=step, axis=axis)))
            if any(pair.right.ndim > axis and pair.right.shape[axis] > 2 for pair in found):
                yield Candidate(told, partial(_moved, step, axis), exact=True)
        yield Candidate(
            f"{{right}} sorted along its {several}", _right(partial(np.sort, axis=axis))
        )
        yield Candidate(
            f"the running sum of {{right}} over its {several}",
            _right(partial(np.cumsum, axis=axis)),
        )
        told = f"the running sum of {{right}} over its {several}, from the last one"
        yield Candidate(told, _right(partial(_from_the_last, axis)))
        told = f"the sum of {{right}} over its {several}, in every place"
        yield Candidate(told, _right(partial(_everywhere, axis)))


def _reshaped(one: int, other: int, array: Array) -> Array:
    return np.swapaxes(array, one, other).reshape(array.shape)


def _from_the_last(axis: int, array: Array) -> Array:
    return np.flip(np.flip(array, axis).cumsum(axis=axis), axis)


def _everywhere(axis: int, array: Array) -> Array:
    return np.broadcast_to(array.sum(axis=axis, keepdims=True), array.shape)


def _moved(step: int, axis: int, pair: Pair) -> Array:
    """The right array moved along an axis, whatever stands in the gap."""
    made = np.roll(pair.right, step, axis=axis)
    edge = [slice(None)] * made.ndim
    edge[axis] = slice(0, 1) if step > 0 else slice(-1, None)
    made[tuple(edge)] = pair.found[tuple(edge)]
    return made


def other_numbers() -> Iterator[Candidate]:
    """Yield functions of each right number alone."""
    changes = dict(NUMBERS)
    for k in DECIMALS:
        changes[f"{{right}} rounded to {k} decimals"] = partial(np.round, decimals=k)
    for c in BOUNDS:
        changes[f"{{right}} clipped to [-{c}, {c}]"] = partial(np.clip, a_min=-c, a_max=c)
    for noun, change in changes.items():
        yield Candidate(noun, _right(change), exact=True)
