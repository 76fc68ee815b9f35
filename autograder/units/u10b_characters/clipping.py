"""Unit 10b: clipping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    register,
    take_dict,
)
from autograder.engine.formulas import Formula
from autograder.engine.parts import relatives
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u06a_regularisation.clipping import BY_HAND
from autograder.units.u10b_characters import right
from autograder.units.u10b_characters.contract import NODES, UNIT

Arrays = Mapping[str, Array]
GRADIENTS = tuple(f"d{name}" for name in NODES)
_SHAPES = {"dWax": (4, 3), "dWaa": (4, 4), "db": (4, 1), "dWya": (3, 4), "dby": (3, 1)}


def clipped(gradients: Arrays, bound: float) -> dict[str, Array]:
    """Each entry brought into the range from -bound to bound."""
    return {name: np.clip(g, -bound, bound) for name, g in gradients.items()}


def shortened(gradients: Arrays, bound: float) -> dict[str, Array]:
    """All arrays times one factor, so that their norm is at most `bound`."""
    norm = float(np.sqrt(sum(float((g**2).sum()) for g in gradients.values())))
    return {name: g * min(1.0, bound / norm) for name, g in gradients.items()}


def _scaled(gradients: Arrays, bound: float) -> list[tuple[str, str, dict[str, Array]]]:
    """What comes of arrays that are made shorter as a whole, by several measures."""
    largest = {name: float(np.abs(g).max()) for name, g in gradients.items()}
    norms = {name: float(np.linalg.norm(g)) for name, g in gradients.items()}
    of_all = dict.fromkeys(gradients, max(largest.values()))
    ways = (
        ("its largest entry", largest, np.inf),
        ("its largest entry, where that is below 1", largest, 1.0),
        ("its norm, where that is below 1", norms, 1.0),
        ("the largest entry of all", of_all, np.inf),
    )
    return [
        (
            "word-clip-scales-each-array",
            f"maxValue / {told}",
            {n: g * min(most, bound / sizes[n]) for n, g in gradients.items()},
        )
        for told, sizes, most in ways
    ]


def clip_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Limits that some entries pass, all, and none."""
    for bound in (5.0, 0.8, 0.01, 1000.0):
        sizes = rng.permutation([0.3, 1.0, 2.5, 6.0, 9.0])
        pairs = zip(sorted(_SHAPES.items(), key=lambda _: rng.random()), sizes, strict=True)
        g = {name: size * rng.normal(size=shape) for (name, shape), size in pairs}
        known = [("clip-copies-not-inplace", "", g), ("word-clip-by-norm", "", shortened(g, bound))]
        yield Trial(
            f"maxValue = {bound:g}",
            (Parameters(g), bound),
            values=clipped(g, bound),
            relatives=relatives(*known, *_scaled(g, bound)) if bound < 100 else (),
            formulas={
                name: Formula(
                    "np.maximum(np.minimum(g, maxValue), -maxValue)",
                    {"g": array, "maxValue": bound},
                    others=(
                        "np.where(np.abs(g) > maxValue, maxValue, g)",
                        "np.where(np.abs(g) > maxValue, 0, g)",
                    ),
                    hint=BY_HAND,
                )
                for name, array in g.items()
            },
        )


register(
    Exercise(
        "clip",
        UNIT,
        clip_trials,
        take_dict,
        (
            SHAPES,
            Property(
                "clips", "brings each entry into the range from -maxValue to maxValue", GRADIENTS
            ),
            UNCHANGED,
        ),
        right=right.clip,
    )
)
