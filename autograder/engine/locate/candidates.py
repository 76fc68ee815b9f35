"""The arrays that may stand in the place of the right one, the most telling first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.locate.axes import words
from autograder.engine.locate.case import Pair
from autograder.engine.locate.products import products
from autograder.engine.locate.relation import Candidate
from autograder.networks import Array


def candidates(found: Sequence[Pair]) -> Iterator[Candidate]:
    """Yield what the array may be instead: itself in another form, another one, with a term."""
    if any(pair.found.shape != pair.right.shape for pair in found):
        yield from _other_forms(found)
        yield from _other_arrays(found)
        yield from _sums_of_symbols(found)
        yield from products(found)
        return
    yield Candidate("{right}", lambda pair: pair.right)
    yield from _other_arrays(found)
    yield from _other_orders(found)
    yield from _other_numbers()
    yield from products(found)
    yield from _sums_of_symbols(found)
    yield from _factors(found)
    yield from _terms(found)
    yield from products(found, difference=True)


def _right(change: Callable[[Array], Any]) -> Callable[[Pair], Array | None]:
    """A change of the right array that changes something."""

    def made(pair: Pair) -> Array | None:
        array = np.asarray(change(pair.right))
        untouched = array.shape == pair.right.shape and np.array_equal(array, pair.right)
        return None if untouched else array

    return made


def _other_forms(found: Sequence[Pair]) -> Iterator[Candidate]:
    """Where the shapes differ."""
    right = found[0].right
    yield Candidate("{right} transposed", lambda pair: pair.right.T)
    yield Candidate("{right} without its axes of length 1", lambda pair: _squeezed(pair))
    yield Candidate("the diagonal of {right} alone", lambda pair: _like(pair, np.diag(pair.right)))
    yield Candidate("{right} flattened", lambda pair: pair.right.reshape(-1))
    for k, order in enumerate(((2, 0, 1), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 1, 0))):
        if right.ndim == 3 and k < 5:
            told = f"{{right}} with its axes in the order {order}"
            yield Candidate(told, lambda pair, o=order: pair.right.transpose(o))
    yield Candidate("{right} in another shape", lambda pair: pair.right.reshape(pair.found.shape))
    for axis in range(right.ndim):
        one, several = words(found, axis)
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


def _squeezed(pair: Pair) -> Array | None:
    return pair.right.squeeze() if 1 in pair.right.shape else None


def _unfinished(axis: int) -> Iterator[Candidate]:
    """What came back still has to be summed, or has an entry too many, along this axis."""

    def spread(change: Callable[[Array], Any], pair: Pair) -> Array | None:
        """What came back, if the change of it is the right array."""
        made = np.asarray(change(pair.found))
        if made.size != pair.right.size or made.size == pair.found.size:
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
            f"{{right}} with one entry too many in front along axis {axis}",
            lambda a, k=axis: np.take(a, range(1, a.shape[k]), axis=k),
        ),
        (
            f"{{right}} with one entry too many at the end along axis {axis}",
            lambda a, k=axis: np.take(a, range(a.shape[k] - 1), axis=k),
        ),
    ):
        yield Candidate(noun, partial(spread, change), exact=True)


def _other_arrays(found: Sequence[Pair]) -> Iterator[Candidate]:
    """Another array of the same answer, an argument."""
    here = found[0].name
    for name in found[0].case.right:
        if name != here:
            yield Candidate(f"the right {name}", lambda pair, n=name: pair.case.right.get(n))
    for name in found[0].case.symbols:
        yield Candidate(f"{name} itself", lambda pair, n=name: pair.case.symbols.get(n))
        if found[0].case.symbols[name].ndim == 2:
            yield Candidate(
                f"{name} transposed", lambda pair, n=name: pair.case.symbols[n].T, exact=True
            )


def _other_orders(found: Sequence[Pair]) -> Iterator[Candidate]:
    """The right numbers in other places."""
    right = found[0].right
    if right.ndim == 2:
        yield Candidate("{right} transposed", _right(np.transpose))
        yield Candidate(
            "{right} transposed by reshape, which keeps the order of the numbers",
            _right(lambda a: a.T.reshape(a.shape)),
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
            if any(pair.right.shape[axis] > 2 for pair in found):
                yield Candidate(told, partial(_moved, step, axis), exact=True)
        yield Candidate(
            f"{{right}} sorted along its {several}", _right(partial(np.sort, axis=axis))
        )
        yield Candidate(
            f"the running sum of {{right}} over its {several}",
            _right(partial(np.cumsum, axis=axis)),
        )
        told = f"the running sum of {{right}} over its {several}, from the last one"
        yield Candidate(told, _right(lambda a, k=axis: np.flip(np.flip(a, k).cumsum(axis=k), k)))
        for keep in (np.sum, np.mean):
            what = "sum" if keep is np.sum else "mean"
            yield Candidate(
                f"the {what} of {{right}} over its {several}, in every place",
                _right(
                    lambda a, f=keep, k=axis: np.broadcast_to(f(a, axis=k, keepdims=True), a.shape)
                ),
            )


def _moved(step: int, axis: int, pair: Pair) -> Array:
    """The right array moved along an axis, whatever stands in the gap."""
    made = np.roll(pair.right, step, axis=axis)
    edge = [slice(None)] * made.ndim
    edge[axis] = slice(0, 1) if step > 0 else slice(-1, None)
    made[tuple(edge)] = pair.found[tuple(edge)]
    return made


def _other_numbers() -> Iterator[Candidate]:
    """A function of each right number alone."""
    for noun, change in {
        "the absolute values of {right}": np.abs,
        "the positive part of {right}, with 0 where it is negative": lambda a: np.maximum(a, 0),
        "the negative part of {right}, with 0 where it is positive": lambda a: np.minimum(a, 0),
        "the signs of {right}": np.sign,
        "{right} squared": np.square,
        "the reciprocals of {right}": lambda a: 1 / a,
        "{right} divided by its norm": lambda a: a / np.linalg.norm(a),
        "{right} divided by its largest absolute value": lambda a: a / np.abs(a).max(),
        "{right} divided by the sum of its entries": lambda a: a / a.sum(),
        "{right} divided by its number of entries": lambda a: a / a.size,
        "{right} without its mean": lambda a: a - a.mean(),
        "{right} rounded down to whole numbers": np.floor,
        "{right} without its fractions, as integers are": np.trunc,
        **{
            f"{{right}} rounded to {k} decimals": lambda a, k=k: np.round(a, k)
            for k in (0, 1, 2, 3, 4)
        },
        **{
            f"{{right}} clipped to [-{c}, {c}]": lambda a, c=c: np.clip(a, -c, c)
            for c in (0.1, 0.5, 1, 2, 5)
        },
        "{right} in float32, with seven digits": lambda a: a.astype(np.float32).astype(float),
    }.items():
        yield Candidate(noun, _right(change), exact=True)


def _sums_of_symbols(found: Sequence[Pair]) -> Iterator[Candidate]:
    for noun, of in _parts(found):
        yield Candidate(noun, of)


def _parts(found: Sequence[Pair]) -> Iterator[tuple[str, Callable[[Pair], Array | None]]]:
    """Sums of an argument over an axis, and its first and last index along one."""
    for name, array in found[0].case.symbols.items():
        for axis in range(array.ndim):
            told = f"np.sum({name}, axis={axis})"
            yield (
                told,
                lambda pair, n=name, k=axis: _like(
                    pair, pair.case.symbols[n].sum(axis=k, keepdims=True)
                ),
            )
            for at, where in ((-1, "last"), (0, "first")):
                one = ("row", "column")[axis] if array.ndim == 2 else f"index along axis {axis}"
                yield (
                    f"the {where} {one} of {name}",
                    lambda pair, n=name, k=axis, i=at: _like(
                        pair, np.take(pair.case.symbols[n], [i], axis=k)
                    ),
                )


def _like(pair: Pair, made: Array) -> Array:
    """In the shape of what came back, where it has as many entries."""
    return made.reshape(pair.found.shape) if made.size == pair.found.size else made


def _factors(found: Sequence[Pair]) -> Iterator[Candidate]:
    """The right array, entry by entry times or over an argument."""
    for name in found[0].case.symbols:

        def times(pair: Pair, n: str = name) -> Array | None:
            made = pair.right * pair.case.symbols[n]
            return made if made.shape == pair.right.shape else None

        def over(pair: Pair, n: str = name) -> Array | None:
            made = pair.right / pair.case.symbols[n]
            return made if made.shape == pair.right.shape else None

        yield Candidate(f"{{right}} times {name}, entry by entry", times)
        yield Candidate(f"{{right}} over {name}, entry by entry", over)


def _terms(found: Sequence[Pair]) -> Iterator[Candidate]:
    """What may have been added to the right array, or be missing in it."""
    for name in found[0].case.symbols:
        yield Candidate(name, lambda pair, n=name: pair.case.symbols[n], difference=True)
        if found[0].case.symbols[name].ndim == 2:
            yield Candidate(
                f"{name} transposed", lambda pair, n=name: pair.case.symbols[n].T, difference=True
            )
    for name in found[0].case.right:
        if name != found[0].name:
            yield Candidate(
                f"the right {name}", lambda pair, n=name: pair.case.right[n], difference=True
            )
    yield Candidate("1 in every entry", lambda pair: np.ones_like(pair.right), difference=True)
    if found[0].right.ndim == 2 and found[0].right.shape[0] == found[0].right.shape[1]:
        yield Candidate("1 on the diagonal", lambda p: np.eye(*p.right.shape), difference=True)
    for noun, of in _parts(found):
        yield Candidate(noun, of, difference=True)
