"""Unit 03b, from probabilities to answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Trial,
    Wanting,
    register,
)
from autograder.engine.student import NotWritten, Parameters, Student
from autograder.networks import Array
from autograder.units.u03b_one_hidden_layer.instances import Instance, half_instance, instance


def answers(value: Any) -> dict[str, Any]:
    """Zeros and ones, whether they are written as numbers or as False and True."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf":
        return {"predictions": value}
    odd = value[(value != 0) & (value != 1)]
    if odd.size:
        raise Misshapen(
            f"predictions holds {odd.reshape(-1)[0]:.3g}, expected 0 and 1 alone: compare A2 with "
            "0.5"
        )
    return {"predictions": value.astype(float)}


def predict_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for n_x, n_h, m in ((3, 5, 13), (4, 4, 11), (2, 3, 1)):
        while True:
            drawn = instance(rng, n_x, n_h, m)
            A2 = drawn.graph.value("A2")
            if m == 1 or 0.2 < (A2 > 0.5).mean() < 0.8:
                break
        yield _trial(drawn)


def _trial(drawn: Instance) -> Trial:
    A2 = drawn.graph.value("A2")
    return Trial(
        drawn.label,
        (Parameters(drawn.parameters), drawn.X),
        values={"predictions": (A2 > 0.5).astype(float)},
        symbols={"A2": A2},
    )


def small_predictions(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Two examples on the two sides of 1/2."""
    for n_x, n_h in ((1, 1), (2, 1)):
        while True:
            drawn = instance(rng, n_x, n_h, 2)
            if (drawn.graph.value("A2") > 0.5).sum() == 1:
                break
        yield _trial(drawn)


def at_half(student: Student, rng: np.random.Generator) -> None:
    """answers 0 where A2 is exactly 0.5.

    And right on the other examples: whoever always answers 0 has not decided anything.
    """
    drawn = half_instance(rng, 9)
    returned = student.call("predict", Parameters(drawn.parameters), drawn.X)
    found: Array = np.asarray(answers(returned)["predictions"])
    right = (drawn.graph.value("A2") > 0.5).astype(float)
    if found.shape != right.shape or (found[:, 1:] != right[:, 1:]).any():
        raise NotWritten("predict", "the examples whose A2 is not 0.5 have to be right first")
    if found[0, 0]:
        raise Wanting("where A2 is exactly 0.5 it answers 1; the contract says 0: > 0.5, not >=")


register(
    Exercise(
        "predict",
        "03b",
        predict_trials,
        answers,
        (
            SHAPES,
            Property(
                "answers_1_where_A2_is_above_a_half",
                "answers 1 where A2 is above 0.5, else 0",
                ("predictions",),
            ),
            Property("answers_0_at_exactly_a_half", holds=at_half),
            UNCHANGED,
        ),
        after=("forward_propagation",),
        smaller=small_predictions,
    )
)
