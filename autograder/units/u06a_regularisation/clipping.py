"""Unit 06a, clipping: each entry by itself, or all arrays by one factor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Barrier,
    Exercise,
    Property,
    Trial,
    Wanting,
    register,
    take_dict,
)
from autograder.engine.formulas import Formula
from autograder.engine.parts import relatives
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u06a_regularisation.contract import UNIT

Arrays = Mapping[str, Array]
#: Said beside what was done to each entry; the right formula would be the answer.
BY_HAND = "; work it out by hand for an entry below -maxValue and for one above maxValue"
#: The keys of the deep-learning specialisation, course 5 week 1: a recurrent network.
SHAPES_OF = {"dWaa": (4, 4), "dWax": (4, 3), "dWya": (2, 4), "db": (4, 1), "dby": (2, 1)}


def _drawn(rng: np.random.Generator) -> dict[str, Array]:
    """Gradients of which some arrays are much larger than others, their keys in any order."""
    sizes = rng.permutation([0.2, 0.7, 1.5, 4.0, 9.0])
    order = sorted(SHAPES_OF.items(), key=lambda _: rng.random())
    pairs = zip(order, sizes, strict=True)
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
        yield Trial(
            f"maxValue = {maxValue:g}",
            (Parameters(g), maxValue),
            values=right,
            relatives=relatives(("clip-copies-not-inplace", "", g)) if maxValue < 100 else (),
            formulas={
                name: Formula(
                    "np.maximum(np.minimum(g, maxValue), -maxValue)",
                    {"g": array, "maxValue": maxValue, "norm": norm},
                    others=(
                        "np.where(np.abs(g) > maxValue, maxValue, g)",
                        "np.where(np.abs(g) > maxValue, 0, g)",
                        "g * np.minimum(1, maxValue / norm)",
                    ),
                    hint=BY_HAND,
                )
                for name, array in g.items()
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
            formulas={
                name: Formula(
                    "g * np.minimum(1, max_norm / np.sqrt(total(np.sum(all_g**2))))",
                    {"g": g[name], "max_norm": max_norm, "norm": norm, "all_g": list(g.values())},
                    {"all_g": "g"},
                    _OTHERS,
                )
                for name in g
            },
        )


#: What is taken for the norm of all arrays together.
_NORMS = (
    "total(np.sqrt(np.sum(all_g**2)))",
    "largest(np.sqrt(np.sum(all_g**2)))",
    "total(np.sum(np.abs(all_g)))",
    "largest(np.max(np.abs(all_g)))",
    "np.sqrt(average(np.mean(all_g**2)))",
    "np.sqrt(np.sum(g**2))",
)
#: One limit; each norm in both places, or behind the right limit; a small number beside the norm.
_OTHERS = (
    "np.where(norm > max_norm, g * (max_norm / np.sqrt(total(np.sum(all_g**2)))), g)",
    *(f"g * np.minimum(1, max_norm / {norm})" for norm in _NORMS),
    *(f"np.where(norm > max_norm, g * (max_norm / {norm}), g)" for norm in _NORMS),
    "np.where(norm > max_norm, g * (max_norm / (norm + 1e-6)), g)",
    "g * np.minimum(1, max_norm / (norm + 1e-6))",
    "np.where(norm > max_norm, g / norm, g)",
)


def _each(gradients: Arrays, bound: float) -> dict[str, Array]:
    return {n: g * min(1.0, bound / norm_of({n: g})) for n, g in gradients.items()}


def zero(student: Student, rng: np.random.Generator) -> None:
    """leaves a gradient of zeros at zero, without dividing by its norm."""
    g = {name: np.zeros(shape) for name, shape in SHAPES_OF.items()}
    found = take_dict(student.call("clip_by_norm", Parameters(g), 2.0))
    for name in g:
        array = np.asarray(found.get(name), dtype=float)
        if array.shape != g[name].shape:
            raise Barrier(f"{name} has shape {array.shape}, expected {g[name].shape}")
        if not (array == 0).all():
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
