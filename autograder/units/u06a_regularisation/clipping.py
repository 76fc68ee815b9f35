"""Unit 06a, clipping: each entry by itself, or all arrays by one factor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    Wanting,
    register,
    take_dict,
)
from autograder.engine.parts import relatives
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u06a_regularisation.contract import UNIT

Arrays = Mapping[str, Array]
#: The keys of the deep-learning specialisation, course 5 week 1: a recurrent network.
SHAPES_OF = {"dWaa": (4, 4), "dWax": (4, 3), "dWya": (2, 4), "db": (4, 1), "dby": (2, 1)}


def _drawn(rng: np.random.Generator) -> dict[str, Array]:
    """Gradients of which some arrays are much larger than others."""
    sizes = rng.permutation([0.2, 0.7, 1.5, 4.0, 9.0])
    pairs = zip(SHAPES_OF.items(), sizes, strict=True)
    return {name: size * rng.normal(size=shape) for (name, shape), size in pairs}


def norm_of(gradients: Arrays) -> float:
    """The norm of all entries of all arrays together."""
    return float(np.sqrt(sum(float((g**2).sum()) for g in gradients.values())))


def _times(factor: float, gradients: Arrays) -> dict[str, Array]:
    return {key: factor * array for key, array in gradients.items()}


def _clipped(gradients: Arrays, bound: float) -> dict[str, Array]:
    return {name: np.clip(g, -bound, bound) for name, g in gradients.items()}


def value_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Limits that some entries pass, all, and none."""
    for maxValue in (5.0, 1.0, 0.01, 1000.0):
        g = _drawn(rng)
        right, norm = _clipped(g, maxValue), norm_of(g)
        above = {name: np.minimum(a, maxValue) for name, a in g.items()}
        yield Trial(
            f"maxValue = {maxValue:g}",
            (Parameters(g), maxValue),
            values=right,
            relatives=relatives(("clip-copies-not-inplace", "", g)) if maxValue < 100 else (),
            instead={
                name: {
                    "the array clipped from above alone": above[name],
                    "the array scaled by one factor, as clip_by_norm does": g[name]
                    * min(1.0, maxValue / norm),
                    "the absolute values, clipped": np.minimum(np.abs(g[name]), maxValue),
                }
                for name in g
            },
        )


def norm_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Limits above and below the norm, and just at both sides of it."""
    for part in (0.3, 0.9, 1.1, 3.0):
        g = _drawn(rng)
        norm = norm_of(g)
        max_norm = part * norm
        known = [
            ("clip-value-vs-norm", "each array by its own norm", _each(g, max_norm)),
            ("clip-value-vs-norm", "each entry", _clipped(g, max_norm)),
            ("clip-below-the-limit", "", _times(max_norm / norm, g)),
            ("clip-copies-not-inplace", "", g),
        ]
        right = _times(min(1.0, part), g)
        yield Trial(
            f"norm = {norm:.3g}, max_norm = {max_norm:.3g}",
            (Parameters(g), max_norm),
            values=right,
            relatives=tuple(one for one in relatives(*known) if not one.gives(right)),
            instead={
                name: {
                    "the array divided by the norm": g[name] / norm,
                    "the array divided by max_norm": g[name] / max_norm,
                    **_factors(g, name, max_norm),
                    "the array times the squared factor": g[name] * min(1.0, part) ** 2,
                }
                for name in g
            },
        )


def _factors(gradients: Arrays, name: str, max_norm: float) -> dict[str, Array]:
    """One array times other factors than the right one, by what these are."""
    g, norm = gradients[name], norm_of(gradients)
    single = [norm_of({key: array}) for key, array in gradients.items()]
    norms = {
        "the sum of all squares, without its root": norm**2,
        "the sum of the arrays' norms": sum(single),
        "the largest of the arrays' norms": max(single),
        "the root of the mean of all squares": norm
        / float(np.sqrt(sum(array.size for array in gradients.values()))),
        "the norm + 1e-6": norm + 1e-6,
        "the norm + 1e-8": norm + 1e-8,
        "the sum of all absolute values": sum(float(np.abs(a).sum()) for a in gradients.values()),
        "the largest absolute value": max(float(np.abs(a).max()) for a in gradients.values()),
    }
    found = {}
    for words, other in norms.items():
        clipped = f"the array times max_norm / c where c is above max_norm, and c is {words}"
        found[clipped] = g * min(1.0, max_norm / other)
        found[
            f"the array times max_norm / c where the norm is above max_norm, and c is {words}"
        ] = g * max_norm / other if norm > max_norm else g
    turned = "the array times norm / max_norm where the norm is above max_norm: upside down"
    return {**found, turned: g * norm / max_norm if norm > max_norm else g}


def _each(gradients: Arrays, bound: float) -> dict[str, Array]:
    return {n: g * min(1.0, bound / norm_of({n: g})) for n, g in gradients.items()}


def zero(student: Student, rng: np.random.Generator) -> None:
    """leaves a gradient of zeros at zero, without dividing by its norm."""
    g = {name: np.zeros(shape) for name, shape in SHAPES_OF.items()}
    found = take_dict(student.call("clip_by_norm", Parameters(g), 2.0))
    for name in g:
        array = np.asarray(found.get(name), dtype=float)
        if array.shape != g[name].shape or not (array == 0).all():
            raise Wanting(f"for a gradient of zeros {name} is not zero: what is 2 / 0?")


for _name, _trials, _sentence, _more in (
    (
        "clip_by_value",
        value_trials,
        "brings each entry into the range from -maxValue to maxValue",
        (),
    ),
    (
        "clip_by_norm",
        norm_trials,
        "scales all arrays by one factor where their norm is above max_norm, and by 1 elsewhere",
        (Property("a_gradient_of_zeros_stays_zero", holds=zero, alone=False),),
    ),
):
    register(
        Exercise(
            _name,
            UNIT,
            _trials,
            take_dict,
            (SHAPES, Property("clips", _sentence, tuple(SHAPES_OF)), *_more, UNCHANGED),
        )
    )
