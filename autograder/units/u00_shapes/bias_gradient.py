"""Unit 00: what forward copies, backward sums."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.exercise import SHAPES, UNCHANGED, Exercise, Property, Trial, register, take
from autograder.engine.parts import relatives
from autograder.engine.student import Student


def bias_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for n, m in ((3, 5), (4, 4), (5, 1), (1, 6)):
        dZ = rng.normal(size=(n, m))
        total = dZ.sum(axis=1)
        known = relatives(
            ("db-no-keepdims", "", {"db": total}),
            ("dba-broadcast-square", "", {"db": np.zeros((n, 1)) + total}),
            ("db-wrong-axis", "axis=0", {"db": dZ.sum(axis=0, keepdims=True)}),
            ("db-no-sum", "", {"db": dZ}),
            ("db-sum-all", "", {"db": dZ.sum()}),
            ("db-mean-and-one-over-m", "the mean over the examples", {"db": total[:, None] / m}),
        )
        right, sizes = {"db": total[:, None]}, {"n": n, "m": m}
        yield Trial(f"{n} units, m = {m}", (dZ,), values=right, relatives=known, sizes=sizes)


def small_biases(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One or two units, one to three examples, of whole numbers."""
    for n, m in ((1, 1), (1, 2), (2, 1), (2, 2), (2, 3)):
        dZ = rng.integers(1, 4, (n, m)) * rng.choice([-1.0, 1.0], (n, m))
        right = {"db": dZ.sum(axis=1, keepdims=True)}
        yield Trial(f"n = {n}, m = {m}", (dZ,), values=right)


register(
    Exercise(
        "bias_gradient",
        "00",
        bias_trials,
        take("db"),
        (
            SHAPES,
            Property("db_is_right", "sums over the examples, for each unit", ("db",)),
            UNCHANGED,
        ),
        smaller=small_biases,
    )
)
