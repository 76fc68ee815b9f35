"""Unit 04, the parameters that training starts with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from autograder.engine.compare import form
from autograder.engine.exercise import Barrier, Exercise, Property, Wanting, register, take_dict
from autograder.engine.formulas import Formula, known_formula
from autograder.engine.parts import no_trials
from autograder.engine.student import Student
from autograder.errors.words import some
from autograder.networks import Array
from autograder.units.u04_network import right

_NAME = "initialize_parameters_deep"
#: Of a normal distribution it is 3, of a uniform one 1.8, of signs 1.
_KURTOSIS = (2.5, 3.6)


def initialisation(student: Student, rng: np.random.Generator) -> None:
    """starts with zero biases and normal weights that differ, of He's scale.

    Shapes, zero biases, units that differ, and the scale of He.
    """
    sizes = [int(n) for n in rng.permutation([30, 120, 60])] + [1]
    found = _found(student, sizes)
    for n, n_prev in enumerate(sizes[:-1], start=1):
        if np.abs(found[f"b{n}"]).max() > 0:
            raise Wanting(f"b{n} is not zero; biases start at zero")
        _weights(f"W{n}", found[f"W{n}"], n_prev, found)
    drawn = [np.abs(found[f"W{n}"].ravel()) * np.sqrt(sizes[n - 1]) for n in (1, 2, 3)]
    for one, other in combinations(drawn, 2):
        shared = np.intersect1d(np.round(one, 9), np.round(other, 9))
        if len(shared) > 5:
            raise Wanting(
                "two layers hold the same numbers in another size: let one generator go on from "
                "layer to layer"
            )


#: So near to what a formula says is the spread of as many numbers as a large W has.
_NEAR = 0.08


def _instead(found: Mapping[str, Array]) -> str:
    """The formula of another scale that all large weights have; empty if none fits them all."""
    asked = []
    for W in (array for name, array in found.items() if name[0] == "W" and array.size >= _LARGE):
        width, n_prev = W.shape
        held = {"n_prev": n_prev, "n": width}
        asked.append((Formula("np.sqrt(2 / n_prev)", held, others=_SCALES), W.std()))
    told = known_formula(asked, pairs=False, close=_NEAR) if asked else ""
    return f"; their spread is near {told}" if told else ""


#: Weights with fewer entries have a spread of chance.
_LARGE = 500
_SCALES = ("np.sqrt(2 / (n_prev + n))", "np.sqrt(1 / n_prev)", "1 / n_prev", "0.01", "0.1", "1")


def _weights(name: str, W: Array, n_prev: int, found: Mapping[str, Array]) -> None:
    if len(W) > 1:
        units_differ(name, W)
    if W.size < _LARGE:
        return
    around_0(name, W)
    ratio = float(W.std() * np.sqrt(n_prev / 2))
    if not 0.85 < ratio < 1.15:
        raise Wanting(
            f"the entries of {name} are {ratio:.2g} times as large as sqrt(2 / n_prev) asks, with "
            f"n_prev = {n_prev}{_instead(found)}"
        )
    normal_numbers(name, W)


def units_differ(name: str, W: Array) -> None:
    """Raise `Wanting` where the units of a layer do not all differ."""
    if np.linalg.matrix_rank(W) < min(W.shape):
        raise Wanting(
            f"{name} has rows that depend on each other: equal units never separate",
            "zero-init-symmetry",
        )


def around_0(name: str, W: Array) -> None:
    """Raise `Wanting` where the mean of many weights is not near 0."""
    if abs(W.mean()) > 6 * W.std() / np.sqrt(W.size):
        one = " and none is negative: normal numbers have both signs" if W.min() >= 0 else ""
        raise Wanting(f"the mean of {name} is not near 0{one}")


def normal_numbers(name: str, W: Array) -> None:
    """Raise `Wanting` where many weights are not spread as normal numbers around 0 are."""
    around_0(name, W)
    kurtosis = float((((W - W.mean()) / W.std()) ** 4).mean())
    if not _KURTOSIS[0] < kurtosis < _KURTOSIS[1]:
        raise Wanting(f"the numbers of {name} are spread, but not as normal numbers are")


def _found(student: Student, sizes: Sequence[int], *seed: int) -> Mapping[str, Array]:
    """The parameters, in their shapes and under their names."""
    reply = student.observe(_NAME, sizes, *seed)
    if reply.changed:
        raise Barrier("it changes layer_dims in place")
    found, kept = take_dict(reply.value), {}
    asked = [f"{letter}{n}" for n in range(1, len(sizes)) for letter in "Wb"]
    if absent := [name for name in asked if name not in found]:
        raise Barrier(
            f"with layer_dims of {len(sizes)} sizes there is no {some(absent, 'or')}; "
            f"the keys that are returned are {some(list(found)) or 'none'}"
        )
    for n, (n_prev, width) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
        for name, shape in ((f"W{n}", (width, n_prev)), (f"b{n}", (width, 1))):
            flaw = form(name, found.get(name), shape)
            if flaw is not None and flaw.wrong:
                turned = name[0] == "W" and np.shape(np.asarray(found.get(name))) == shape[::-1]
                raise Barrier(flaw.message, "row-vs-column-layout" if turned else "")
            kept[name] = np.asarray(found[name], dtype=float)
    if found.keys() != kept.keys():
        more = ", ".join(sorted(found.keys() - kept.keys()))
        raise Barrier(f"there are other entries than W and b of each layer: {more}")
    return kept


def follows_the_seed(student: Student, rng: np.random.Generator) -> None:
    """gives the same numbers for the same seed, and others for another one.

    The same seed gives the same numbers, another one others, and none is 1; a tuple of sizes is as
    good.
    """
    sizes, seed = (5, 4, 3, 1), int(rng.integers(2, 2**31))
    first, again, other = (_found(student, sizes, s) for s in (seed, seed, seed + 1))
    if any(not np.array_equal(first[name], again[name]) for name in first):
        raise Wanting("a second call with the same seed gave other numbers: use the seed")
    if any(np.array_equal(first[name], other[name]) for name in ("W1", "W2", "W3")):
        raise Wanting("another seed gave the same numbers: use the seed that is handed in")
    left_out, one = _found(student, sizes), _found(student, sizes, 1)
    if any(not np.array_equal(left_out[name], one[name]) for name in one):
        raise Wanting("called without a seed it takes another one than 1")


register(
    Exercise(
        _NAME,
        "04",
        no_trials,
        take_dict,
        (
            Property(
                "breaks_symmetry_at_the_right_scale",
                holds=initialisation,
            ),
            Property(
                "follows_its_seed",
                holds=follows_the_seed,
            ),
        ),
        right=right.initialize_parameters_deep,
    )
)
