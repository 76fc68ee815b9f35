"""Unit 07b, the recurrent network in rows: the forward pass of one step, and of all steps.

Layout and names of CS231n: x is (N, T, D), h is (N, T, H), weights stand on the right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.engine.compare import form, is_right
from autograder.engine.exercise import SHAPES, UNCHANGED, Exercise, Trial, register, take, values
from autograder.engine.other_passes import OtherPasses
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.units.u07b_rnn_rows import right
from autograder.units.u07b_rnn_rows.contract import ROWS, UNIT
from autograder.units.u07b_rnn_rows.instances import (
    DIAGNOSTIC,
    DIAGNOSTIC_STEP,
    SEQUENCES,
    STEPS,
    RowsInstance,
    label,
    rows_instance,
    sizes_of,
    small_rows,
)

#: A forward function of the student's, as (states, cache).
Forward = Callable[..., tuple[Any, Any]]


def instances(
    rng: np.random.Generator, step: bool = False
) -> Iterator[tuple[RowsInstance, dict[str, Any]]]:
    """The instances of an exercise, and what a trial of each is marked with."""
    graded, extra = (STEPS, DIAGNOSTIC_STEP) if step else (SEQUENCES, DIAGNOSTIC)
    for sizes in graded:
        yield rows_instance(rng, sizes), {}
    yield rows_instance(rng, extra), {"diagnostic": True}


def step_forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng, step=True):
        known = {"next_h": drawn.step.value("h1")}
        marks |= {"graph": drawn.step, "nodes": {"next_h": ("h1",)}, "sizes": sizes_of(drawn)}
        yield Trial(label(drawn, step=True), drawn.step_args, values=known, **marks)


def small_steps(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Steps of one or two units."""
    for drawn in small_rows(rng, 1):
        known = {"next_h": drawn.step.value("h1")}
        yield Trial(label(drawn, step=True), drawn.step_args, values=known)


register(
    Exercise(
        "rnn_step_forward",
        UNIT,
        step_forward_trials,
        take("next_h", "_cache"),
        (SHAPES, *values("next_h"), UNCHANGED),
        right=right.rnn_step_forward,
        layouts=len(right.LAYOUTS),
        smaller=small_steps,
    )
)


def forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng):
        known, note = {"h": drawn.h}, ""
        own = _steps_in_a_row(student, drawn)
        if own is not None and not is_right(own, drawn.h) and _is_a_step(student, drawn):
            known = {"h": own}
            note = (
                "Your rnn_step_forward is not right yet: mend it first. Here h is compared with "
                "what it gives, step after step."
            )
        places = tuple(f"h{t}" for t in range(1, drawn.x.shape[1] + 1))
        if not note:
            marks |= {"graph": drawn.graph, "nodes": {"h": places}, "instead": _others(drawn)}
        yield Trial(
            label(drawn), drawn.args, values=known, note=note, sizes=sizes_of(drawn), **marks
        )


def _others(drawn: RowsInstance) -> OtherPasses:
    """What other loops over the steps make of h."""
    Wx, Wh, b = drawn.weights

    def step(x: Array, h: Array) -> Array:
        return np.asarray(np.tanh(x @ Wx + h @ Wh + b))

    return OtherPasses(step, [*drawn.x.swapaxes(0, 1)], drawn.h0, lambda h: {"h": h}, 1, "h0")


def _steps_in_a_row(student: Student, drawn: RowsInstance) -> Array | None:
    """What T calls of the student's own step give; None if it does not return such arrays."""
    h, states = drawn.h0, []
    for t in range(drawn.x.shape[1]):
        found = student.call("rnn_step_forward", drawn.x[:, t], h, *drawn.weights)
        h = take("next_h", "cache")(found)["next_h"]
        if form("it", h, drawn.h0.shape):
            return None
        states.append(h)
    return np.stack(states, axis=1)


def _is_a_step(student: Student, drawn: RowsInstance) -> bool:
    """Whether next_h of the student's own step follows from most of what it is made of.

    What T calls of a step that returns constants give, everybody can stack.
    """

    def output(args: tuple[Array, ...]) -> Array:
        found = take("next_h", "cache")(student.call("rnn_step_forward", *args))
        return np.asarray(found["next_h"], dtype=float)

    start, args = output(drawn.step_args), drawn.step_args
    moves = 0
    for place, leaf in enumerate(args):
        other = (*args[:place], 0.6 * np.flip(leaf) + 0.15, *args[place + 1 :])
        moves += not np.allclose(start, output(other))
    return bool(np.array_equal(start, output(args)) and moves > 2)


def small_sequences(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One to three steps, one or two units."""
    for drawn in small_rows(rng):
        yield Trial(label(drawn), drawn.args, values={"h": drawn.h})


register(
    Exercise(
        "rnn_forward",
        UNIT,
        forward_trials,
        take("h", "_cache"),
        (SHAPES, *values("h"), UNCHANGED),
        after=("rnn_step_forward",),
        beside=ROWS,
        right=right.rnn_forward,
        layouts=len(right.LAYOUTS),
        smaller=small_sequences,
    )
)


def own_forward(student: Student, function: str) -> Forward:
    """The student's rnn_step_forward or rnn_forward, as (states, cache)."""

    def forward(x: Array, *rest: Array) -> tuple[Any, Any]:
        found = take("h", "cache")(student.call(function, x, *rest))
        # what counts is the cache that is handed over, not that of the last call
        student.call(function, x + 1, *rest)
        return found["h"], found["cache"]

    return forward
