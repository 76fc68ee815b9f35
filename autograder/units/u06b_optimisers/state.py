"""Unit 06b, before the first update: zeros, each an array of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.engine.compare import form
from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Barrier,
    Exercise,
    Property,
    Trial,
    Wanting,
    register,
)
from autograder.engine.student import Parameters, Student
from autograder.engine.unpack import Unpack
from autograder.networks import Array
from autograder.units.u06b_optimisers import answers, right
from autograder.units.u06b_optimisers.contract import UNIT
from autograder.units.u06b_optimisers.instances import WIDTHS, Update, update

#: Functions that the assignment gives: they write into what the student's function returned.
VELOCITY, ADAM = "velocity_written_into", "adam_written_into"
#: What they write into.
_ASKED: dict[str, tuple[str, Unpack]] = {
    VELOCITY: ("initialize_velocity", answers.velocity),
    ADAM: ("initialize_adam", answers.both_means),
}


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
        _zeros(student, drawn, *_ASKED[function])
        returned = student.call(function, Parameters(drawn.parameters))
        arrays, parameters = _taken(returned)
        for n, array in enumerate(arrays, 1):
            if not np.array_equal(array, np.full(array.shape, n)):
                raise Wanting(
                    "what is written into one of its arrays is found in another one of them too",
                    "optimiser-state-shared",
                )
        for name, array in drawn.parameters.items():
            if not np.array_equal(array, parameters[name]):
                raise Wanting(
                    "what is written into its arrays is found in the parameters too",
                    "optimiser-state-shared",
                )


def _zeros(student: Student, drawn: Update, function: str, unpack: Unpack) -> None:
    found = unpack(student.call(function, Parameters(drawn.parameters)))
    for k in "vs" if function == ADAM else "v":
        for key, array in drawn.grads.items():
            name = f"{k}_{key}"
            flaw = form(name, found.get(name), array.shape)
            if flaw is not None and flaw.wrong:
                raise Barrier(flaw.message)
            if np.any(found[name]):
                raise Wanting(f"{name} is not zero")


def _taken(returned: Any) -> tuple[list[Array], dict[str, Array]]:
    arrays, parameters = returned
    return [np.asarray(a, dtype=float) for a in arrays], dict(parameters)


def velocity_zeros(student: Student, rng: np.random.Generator) -> None:
    """holds zeros."""
    _all_zeros(student, rng, VELOCITY)


def adam_zeros(student: Student, rng: np.random.Generator) -> None:
    """holds zeros, in v and in s."""
    _all_zeros(student, rng, ADAM)


def _all_zeros(student: Student, rng: np.random.Generator, function: str) -> None:
    for widths in WIDTHS:
        _zeros(student, update(rng, "gd", widths, {"rate": 1.0}), *_ASKED[function])


def velocity_alone(student: Student, rng: np.random.Generator) -> None:
    """has an array of its own for each entry."""
    _alone(student, rng, VELOCITY)


def adam_alone(student: Student, rng: np.random.Generator) -> None:
    """has an array of its own for each entry, in v and in s."""
    _alone(student, rng, ADAM)


for _given, _letters, _holds, _own in (
    (VELOCITY, "v", velocity_zeros, velocity_alone),
    (ADAM, "vs", adam_zeros, adam_alone),
):
    register(
        Exercise(
            _ASKED[_given][0],
            UNIT,
            _trials(_letters),
            _ASKED[_given][1],
            (
                SHAPES,
                Property("holds_zeros", holds=_holds),
                Property("each_entry_is_an_array_of_its_own", holds=_own),
                UNCHANGED,
            ),
            after=("initialize_velocity",) if _given == ADAM else (),
            right=right.initialize_velocity if _given == VELOCITY else None,
        )
    )
