"""Unit 06b, mini-batches."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.engine.exercise import Barrier, Exercise, Property, Wanting, register
from autograder.engine.parts import no_trials, nothing
from autograder.engine.student import NotWritten, Student
from autograder.networks import Array
from autograder.units.u06b_optimisers.amiss import amiss
from autograder.units.u06b_optimisers.contract import UNIT

#: (examples, size of a batch): a smaller last one; none; one batch; batches of one.
SIZES = ((23, 5), (12, 4), (6, 64), (4, 1), (7, 6))


def _data(m: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Examples that can be told apart: example j holds j, its label is j + 1/2."""
    X = rng.normal(size=(3, m))
    X[0] = np.arange(m)
    return X, np.arange(m)[None] + 0.5


def _batches(
    student: Student, X: Array, Y: Array, *more: int, may_change: bool = True
) -> list[tuple[Array, Array]]:
    """What the function returned, held to its form; one property alone looks at X and Y then."""
    reply = student.observe("random_mini_batches", X, Y, *more)
    if reply.changed and not may_change:
        names = " and ".join(sorted({"XY"[int(path[0])] for path in reply.changed}))
        raise Wanting(f"it writes into {names}, which the caller goes on with")
    if not isinstance(reply.value, list):
        raise Barrier(f"it returned {type(reply.value).__name__}, expected a list of pairs")
    return [_pair(n, pair, X, Y) for n, pair in enumerate(reply.value)]


def _pair(n: int, pair: Any, X: Array, Y: Array) -> tuple[Array, Array]:
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise Barrier(f"entry {n} of the list is no pair (X, Y)")
    found = []
    for name, array, whole in zip("XY", pair, (X, Y), strict=True):
        if not isinstance(array, np.ndarray) or array.ndim != 2 or len(array) != len(whole):
            shape = getattr(array, "shape", type(array).__name__)
            raise Barrier(
                f"in batch {n} {name} is {shape}, expected the rows of {name} and columns of it"
            )
        found.append(np.asarray(array, dtype=float))
    if found[0].shape[1] != found[1].shape[1]:
        raise Barrier(f"batch {n} has {found[0].shape[1]} examples and {found[1].shape[1]} labels")
    for name, array, whole, off in zip("XY", found, (X, Y), (0.0, 0.5), strict=True):
        places = np.clip(np.nan_to_num(array[0] - off), 0, whole.shape[1] - 1).astype(int)
        if not np.array_equal(array, whole[:, places]):
            raise Barrier(f"batch {n} holds columns that are no columns of {name}")
    return found[0], found[1]


def together(student: Student, rng: np.random.Generator) -> None:
    """keeps each example with its label, and leaves X and Y as they came."""
    examples = 0
    for m, size in SIZES:
        X, Y = _data(m, rng)
        seed = int(rng.integers(1, 99))
        for x, y in _batches(student, X, Y, size, seed, may_change=False):
            examples += x.shape[1]
            if not np.array_equal(x[0] + 0.5, y[0]):
                raise Wanting(
                    "an example stands beside the label of another one", "mini-batch-pairs-broken"
                )
    if not examples:
        raise Wanting("its lists hold no examples")


def once(student: Student, rng: np.random.Generator) -> None:
    """has each example in one batch, once."""
    for m, size in SIZES:
        X, Y = _data(m, rng)
        found = _batches(student, X, Y, size, int(rng.integers(1, 99)))
        held = [[int(j) for j in x[0]] for x, _ in found]
        seen = sorted(j for batch in held for j in batch)
        start = f"with m = {m} and batches of {size}"
        if len(seen) == m - m % size != m and len(set(seen)) == len(seen):
            told = f"{start}, {m % size} examples are in no batch"
            raise Wanting(told, "mini-batch-last-dropped")
        if seen != list(range(m)):
            raise Wanting(f"{start}, {amiss(held, m)}")


def sizes(student: Student, rng: np.random.Generator) -> None:
    """makes full batches, and a smaller one of what is left.

    64 examples a batch where nobody says how many.
    """
    for m, size in (*SIZES, (130, 0)):
        X, Y = _data(m, rng)
        found = [x.shape[1] for x, _ in _batches(student, X, Y, *((size, 3) if size else ()))]
        full = size or 64
        wanted = [full] * (m // full) + [m % full] * (m % full > 0)
        if found != wanted:
            raise Wanting(
                f"with m = {m} and {f'batches of {size}' if size else 'no size given'} the batches "
                f"hold {found} examples, expected {wanted}"
            )


def seeded(student: Student, rng: np.random.Generator) -> None:
    """shuffles as the seed says: the same for the same seed, and otherwise for another.

    Any example can come anywhere: what only turns the order of X, or that of whole batches, leaves
    neighbours together.
    """
    X, Y = _data(40, rng)
    seed = int(rng.integers(1, 99))
    one, again, other = (_order(student, X, Y, s) for s in (seed, seed, seed + 1))
    if len(one) != 40:
        raise NotWritten("random_mini_batches", "each example has to be there once first")
    if one == list(range(40)):
        raise Wanting("the examples stand in the order of X: nothing is shuffled")
    if sorted(one[:8]) == list(range(8)):
        raise Wanting("the first batch holds the first examples of X: shuffle before you cut")
    if one != again:
        raise Wanting("called twice with the same seed it gives other batches")
    if one == other:
        raise Wanting("with another seed it gives the same batches: hand the seed to the generator")
    if _order(student, X, Y) != _order(student, X, Y, 0):
        raise Wanting("called without a seed it takes another one than 0")
    _mixed(one)
    _goes_anywhere(student, rng)


def _mixed(order: list[int]) -> None:
    """Whether neighbours are parted, in the order and as the content of a batch of 8."""
    m = len(order)
    steps = np.diff(order) % m
    step, kept = max(
        ((d, int((steps == d).sum())) for d in range(1, m)), key=lambda found: found[1]
    )
    if kept > m // 2:
        apart = "next to" if step in (1, m - 1) else f"{min(step, m - step)} columns from"
        raise Wanting(
            f"{kept} of {m - 1} examples come right after one that stands {apart} them in X: "
            "columns are moved together, and not shuffled one by one. Put the examples in a random "
            "order first, and cut that into batches"
        )
    batches = np.sort(np.reshape(order, (-1, 8)), axis=1)
    if ((np.diff(batches, axis=1) == 1).all(axis=1)).sum() > len(batches) // 2:
        raise Wanting(
            "most batches hold 8 examples that stand side by side in X: shuffle all examples "
            "before you cut, not those of each batch"
        )


def _goes_anywhere(student: Student, rng: np.random.Generator) -> None:
    """Whether each example changes its batch with the seed, the rest too."""
    X, Y = _data(46, rng)
    orders = [_order(student, X, Y, seed) for seed in range(20)]
    if any(len(order) != 46 for order in orders):
        return  # told by the property on each example
    batches = np.argsort(orders, axis=1) // 8
    stay = np.flatnonzero(np.ptp(batches, axis=0) == 0)
    if len(stay):
        j = int(stay[0])
        raise Wanting(
            f"with m = 46 and batches of 8, example {j} of X is in batch {batches[0, j]} for each "
            "of 20 seeds (both counted from 0): shuffle all examples, also the first, and those of "
            "the last, smaller batch"
        )


def _order(student: Student, X: Array, Y: Array, *seed: int) -> list[int]:
    found = _batches(student, X, Y, 8, *seed)
    return [int(j) for x, _ in found for j in x[0]]


register(
    Exercise(
        "random_mini_batches",
        UNIT,
        no_trials,
        nothing,
        (
            Property("keeps_pairs_together", holds=together),
            Property("has_each_example_once", holds=once),
            Property("makes_full_batches_and_a_rest", holds=sizes),
            Property("follows_its_seed", holds=seeded),
        ),
    )
)
