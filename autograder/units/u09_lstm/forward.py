"""Unit 09, the LSTM: the forward pass of one cell, and of all steps.

Layout, names and order of what is returned are those of the deep-learning specialisation, course 5
week 1: a_next, c_next, yt_pred, cache; and a, y, c, caches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.compare import form, is_right
from autograder.engine.exercise import SHAPES, UNCHANGED, Exercise, Trial, register, take, values
from autograder.engine.other_passes import OtherPasses
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.networks.lstm import lstm_cell_graph
from autograder.units.u09_lstm import right
from autograder.units.u09_lstm.contract import UNIT
from autograder.units.u09_lstm.instances import (
    LSTMInstance,
    label,
    lstm_instance,
    sizes_of,
    small_lstms,
)
from autograder.units.u09_lstm.relatives import upside_down

#: A forward function of the student's, as (a, c, cache).
Forward = Callable[..., tuple[Any, Any, Any]]
Sizes = tuple[int, int, int, int, int]

#: (n_x, n_a, n_y, m, T_x): all different; all equal but m; one step; one example; every size equal,
#: where each product fits (to find out what it was).
SEQUENCES: tuple[Sizes, ...] = ((3, 5, 2, 7, 4), (4, 4, 4, 3, 5), (5, 3, 2, 7, 1), (2, 4, 3, 1, 4))
DIAGNOSTIC: Sizes = (4, 4, 4, 4, 4)
CELLS: tuple[Sizes, ...] = ((3, 5, 2, 7, 1), (4, 4, 4, 3, 1), (2, 4, 3, 1, 1))
DIAGNOSTIC_CELL: Sizes = (4, 4, 4, 4, 1)

cell_of = take("a_next", "c_next", "yt_pred", "cache")
states_of = take("a", "y", "c", "caches")


def instances(
    rng: np.random.Generator, cells: bool = False
) -> Iterator[tuple[LSTMInstance, dict[str, Any]]]:
    """The instances of an exercise, and what a trial of each is marked with."""
    graded, extra = (CELLS, DIAGNOSTIC_CELL) if cells else (SEQUENCES, DIAGNOSTIC)
    for sizes in graded:
        yield lstm_instance(rng, sizes), {}
    yield lstm_instance(rng, extra), {"diagnostic": True}


def _cell_trial(drawn: LSTMInstance, **marks: Any) -> Trial:
    known = _read(drawn, drawn.cell.seen)
    args = (*drawn.cell_args, Parameters(drawn.parameters))
    return Trial(label(drawn, cell=True), args, values=known, sizes=sizes_of(drawn), **marks)


def cell_forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng, cells=True):
        nodes = {"a_next": ("a1",), "c_next": ("c1",)}
        known = upside_down(drawn.cell, partial(_read, drawn))
        yield _cell_trial(drawn, graph=drawn.cell, nodes=nodes, relatives=known, **marks)


def _read(drawn: LSTMInstance, seen: Mapping[str, Array]) -> dict[str, Array]:
    """What a cell returns that has seen these values."""
    return {"a_next": seen["a1"], "c_next": seen["c1"], "yt_pred": drawn.predicted(seen["a1"])}


def small_cells(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Cells of one or two units."""
    for drawn in small_lstms(rng, 1):
        yield _cell_trial(drawn)


register(
    Exercise(
        "lstm_cell_forward",
        UNIT,
        cell_forward_trials,
        take("a_next", "c_next", "yt_pred", "_cache"),
        (SHAPES, *values("a_next", "c_next", "yt_pred"), UNCHANGED),
        right=right.lstm_cell_forward,
        smaller=small_cells,
    )
)


def known_states(drawn: LSTMInstance) -> dict[str, Array]:
    """What lstm_forward has to return."""
    return {"a": drawn.stacked("a"), "y": drawn.y_pred, "c": drawn.stacked("c")}


def forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng):
        known, note = known_states(drawn), ""
        args = (drawn.x, drawn.a0, Parameters(drawn.parameters))
        own = _cells_in_a_row(student, drawn)
        wrong = own is not None and not all(is_right(own[n], known[n]) for n in known)
        if own is not None and wrong and _is_a_cell(student, drawn):
            known = own
            note = (
                "Your lstm_cell_forward is not right yet: mend it first. Here a, y and c are "
                "compared with what it gives, step after step."
            )
        steps = range(1, drawn.x.shape[2] + 1)
        nodes = {name: tuple(f"{name}{t}" for t in steps) for name in "ac"}
        if not note:
            marks |= {"graph": drawn.graph, "nodes": nodes, "instead": _others(drawn)}
        yield Trial(label(drawn), args, values=known, note=note, sizes=sizes_of(drawn), **marks)


def _others(drawn: LSTMInstance) -> OtherPasses:
    """What other loops over the steps make of a, y and c."""
    zeros = np.zeros(drawn.a0.shape)

    def step(x: Array, state: tuple[Array, Array]) -> tuple[Array, Array]:
        seen = lstm_cell_graph(x, *state, drawn.parameters, zeros, zeros).seen
        return seen["a1"], seen["c1"]

    def read(state: tuple[Array, Array]) -> dict[str, Array]:
        return {"a": state[0], "y": drawn.predicted(state[0]), "c": state[1]}

    return OtherPasses(step, [*np.moveaxis(drawn.x, 2, 0)], (drawn.a0, zeros), read, 2, "a0")


def _cells_in_a_row(student: Student, drawn: LSTMInstance) -> dict[str, Array] | None:
    """What T calls of the student's own cell give; None if it does not return such arrays."""
    a, c = drawn.a0, np.zeros(drawn.a0.shape)
    found: dict[str, list[Array]] = {"a": [], "y": [], "c": []}
    for t in range(drawn.x.shape[2]):
        parameters = Parameters(drawn.parameters)
        a, c, y, _ = cell_of(
            student.call("lstm_cell_forward", drawn.x[:, :, t], a, c, parameters)
        ).values()
        sizes = drawn.a0.shape, drawn.a0.shape, drawn.predicted(drawn.a0).shape
        if any(form("it", v, s) for v, s in zip((a, c, y), sizes, strict=True)):
            return None
        for name, array in (("a", a), ("y", y), ("c", c)):
            found[name].append(array)
    return {name: np.stack(arrays, axis=2) for name, arrays in found.items()}


def _is_a_cell(student: Student, drawn: LSTMInstance) -> bool:
    """Whether what the student's own cell returns follows from most of what it is made of.

    What T calls of a cell that returns constants give, everybody can stack.
    """
    leaves = dict(zip(("x", "a0", "c0"), drawn.cell_args, strict=True)) | drawn.parameters

    def outputs(at: Mapping[str, Array]) -> list[Array]:
        parameters = Parameters({name: at[name] for name in drawn.parameters})
        found = student.call("lstm_cell_forward", at["x"], at["a0"], at["c0"], parameters)
        return [np.asarray(array, dtype=float) for array in [*cell_of(found).values()][:3]]

    start = outputs(leaves)
    moves = np.zeros(3)
    for name, leaf in leaves.items():
        other = outputs({**leaves, name: 0.6 * np.flip(leaf) + 0.15})
        moves += [not np.allclose(a, b) for a, b in zip(start, other, strict=True)]
    # of 13 leaves a hangs on 11, c on 9, y on all of them
    steady = all(np.array_equal(a, b) for a, b in zip(start, outputs(leaves), strict=True))
    return bool(steady and (moves > (6, 5, 7)).all())


def small_sequences(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One to three steps, one or two units."""
    for drawn in small_lstms(rng):
        args = (drawn.x, drawn.a0, Parameters(drawn.parameters))
        yield Trial(label(drawn), args, values=known_states(drawn))


register(
    Exercise(
        "lstm_forward",
        UNIT,
        forward_trials,
        take("a", "y", "c", "_caches"),
        (SHAPES, *values("a", "y", "c"), UNCHANGED),
        after=("lstm_cell_forward",),
        right=right.lstm_forward,
        smaller=small_sequences,
    )
)


def own_cell(student: Student) -> Forward:
    """The student's lstm_cell_forward, as (a_next, c_next, cache)."""

    def forward(xt: Array, a: Array, c: Array, parameters: Mapping[str, Array]) -> Any:
        found = cell_of(student.call("lstm_cell_forward", xt, a, c, Parameters(parameters)))
        # what counts is the cache that is handed over, not that of the last call
        student.call("lstm_cell_forward", xt + 1, a, c, Parameters(parameters))
        return found["a_next"], found["c_next"], found["cache"]

    return forward


def own_sequence(student: Student) -> Forward:
    """The student's lstm_forward, as (a, c, caches)."""

    def forward(x: Array, a0: Array, parameters: Mapping[str, Array]) -> Any:
        found = states_of(student.call("lstm_forward", x, a0, Parameters(parameters)))
        student.call("lstm_forward", x + 1, a0, Parameters(parameters))
        return found["a"], found["c"], found["caches"]

    return forward
