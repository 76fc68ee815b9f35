"""Unit 06b, before the first update: zeros, each an array of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    Wanting,
    register,
)
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u06b_optimisers import answers
from autograder.units.u06b_optimisers.contract import UNIT
from autograder.units.u06b_optimisers.instances import WIDTHS, update

#: Functions that the assignment gives: they write into what the student's function returned.
VELOCITY, ADAM = "velocity_written_into", "adam_written_into"


def _trials(letters: str) -> Callable[[Student, np.random.Generator], Iterator[Trial]]:
    def trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
        for widths in WIDTHS:
            drawn = update(rng, "gd", widths, {"rate": 1.0})
            zeros = {
                f"{k}_d{name}": np.zeros(array.shape)
                for k in letters
                for name, array in drawn.parameters.items()
            }
            yield Trial(drawn.label, (Parameters(drawn.parameters),), values=zeros)

    return trials


def _alone(student: Student, rng: np.random.Generator, function: str) -> None:
    """Write into each array in turn, and look at all of them."""
    for widths in ((4, 4, 4), (2, 1)):
        drawn = update(rng, "gd", widths, {"rate": 1.0})
        returned = student.call(function, Parameters(drawn.parameters))
        arrays, parameters = _taken(returned)
        for n, array in enumerate(arrays, 1):
            if not np.array_equal(array, np.full(array.shape, n)):
                raise Wanting(
                    "what is written into one of its arrays is found in another one too",
                    "optimiser-state-shared",
                )
        for name, array in drawn.parameters.items():
            if not np.array_equal(array, parameters[name]):
                raise Wanting(
                    "what is written into its arrays is found in the parameters too",
                    "optimiser-state-shared",
                )


def _taken(returned: Any) -> tuple[list[Array], dict[str, Array]]:
    arrays, parameters = returned
    return [np.asarray(a, dtype=float) for a in arrays], dict(parameters)


def velocity_alone(student: Student, rng: np.random.Generator) -> None:
    """has an array of its own for each entry."""
    _alone(student, rng, VELOCITY)


def adam_alone(student: Student, rng: np.random.Generator) -> None:
    """has an array of its own for each entry, in v and in s."""
    _alone(student, rng, ADAM)


for _name, _letters, _unpack, _holds in (
    ("initialize_velocity", "v", answers.velocity, velocity_alone),
    ("initialize_adam", "vs", answers.both_means, adam_alone),
):
    register(
        Exercise(
            _name,
            UNIT,
            _trials(_letters),
            _unpack,
            (
                SHAPES,
                Property(
                    "holds_zeros",
                    "holds zeros",
                    tuple(f"{k}_d{kind}" for k in _letters for kind in "Wb"),
                ),
                Property("each_entry_is_an_array_of_its_own", holds=_holds, alone=False),
                UNCHANGED,
            ),
        )
    )
