"""Unit 07, the recurrent network: instances, and the forward pass.

Layout and names of the deep-learning specialisation, course 5 week 1: x is (n_x, m, T_x), a is
(n_a, m, T_x). J is the sum over the steps of the mean cross-entropy over the examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.engine.compare import form, is_right
from autograder.engine.exercise import SHAPES, UNCHANGED, Exercise, Trial, register, take, values
from autograder.engine.parts import relatives
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u07_rnn import right
from autograder.units.u07_rnn.instances import (
    RNNInstance,
    rnn_instance,
    sizes_of,
    small_rnns,
)
from autograder.units.u07_rnn.other_loops import other_loops

Forward = Callable[[Array, Array, Mapping[str, Array]], Any]

#: (n_x, n_a, n_y, m, T_x), and whether x is made of tokens: all different; all square but m, with
#: a repeated token; one step; one example; every size equal, where each product fits (to find out
#: what it was).
SEQUENCES = (
    ((3, 5, 2, 7, 4), False),
    ((4, 4, 4, 3, 5), True),
    ((5, 3, 2, 7, 1), False),
    ((2, 4, 3, 1, 3), False),
)
DIAGNOSTIC = ((4, 4, 4, 4, 4), False)
CELLS = (((3, 5, 2, 7, 1), False), ((4, 4, 4, 3, 1), True), ((2, 4, 3, 1, 1), False))
DIAGNOSTIC_CELL = ((4, 4, 4, 4, 1), False)


def label(drawn: RNNInstance) -> str:
    n_x, m, T_x = drawn.x.shape
    n_y, n_a = drawn.parameters["Wya"].shape
    return f"n_x = {n_x}, n_a = {n_a}, n_y = {n_y}, m = {m}, T_x = {T_x}"


def instances(
    rng: np.random.Generator, cells: bool = False
) -> Iterator[tuple[RNNInstance, dict[str, Any]]]:
    """The instances of a unit-07 exercise, and what a trial of each is marked with."""
    graded, extra = (CELLS, DIAGNOSTIC_CELL) if cells else (SEQUENCES, DIAGNOSTIC)
    for sizes, tokens in graded:
        yield rnn_instance(rng, sizes, tokens), {}
    yield rnn_instance(rng, *extra), {"diagnostic": True}


def _softmaxes(zy: Array) -> Any:
    """What a softmax over other axes than the classes gives."""
    e = np.exp(zy)
    return relatives(
        ("softmax-wrong-axis", "over all entries", {"yt_pred": e / e.sum()}),
        ("softmax-wrong-axis", "over the examples", {"yt_pred": e / e.sum(axis=1, keepdims=True)}),
    )


def cell_forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng, cells=True):
        seen = drawn.graph.seen
        right = {"a_next": seen["a1"], "yt_pred": seen["yhat1"]}
        args = (drawn.x[:, :, 0], drawn.a0, Parameters(drawn.parameters))
        known = _softmaxes(seen["zy1"])
        nodes = {"a_next": ("a1",), "yt_pred": ("yhat1",)}
        marks |= {"graph": drawn.graph, "nodes": nodes}
        yield Trial(
            label(drawn), args, values=right, relatives=known, sizes=sizes_of(drawn), **marks
        )


def small_cells(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Cells of one or two units."""
    for drawn in small_rnns(rng, 1):
        seen = drawn.graph.seen
        right = {"a_next": seen["a1"], "yt_pred": seen["yhat1"]}
        args = (drawn.x[:, :, 0], drawn.a0, Parameters(drawn.parameters))
        yield Trial(label(drawn), args, values=right)


def small_sequences(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One to three steps, one or two units."""
    for drawn in small_rnns(rng):
        right = {"a": stacked(drawn, "a"), "y_pred": stacked(drawn, "yhat")}
        args = (drawn.x, drawn.a0, Parameters(drawn.parameters))
        yield Trial(label(drawn), args, values=right)


register(
    Exercise(
        "rnn_cell_forward",
        "07",
        cell_forward_trials,
        take("a_next", "yt_pred", "_cache"),
        (SHAPES, *values("a_next", "yt_pred"), UNCHANGED),
        right=right.rnn_cell_forward,
        smaller=small_cells,
    )
)


def stacked(drawn: RNNInstance, node: str) -> Array:
    """The values of ``node<t>`` for all t, along the last axis."""
    seen, T = drawn.graph.seen, drawn.x.shape[2]
    return np.stack([seen[f"{node}{t}"] for t in range(1, T + 1)], axis=2)


def forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng):
        right = {"a": stacked(drawn, "a"), "y_pred": stacked(drawn, "yhat")}
        args = (drawn.x, drawn.a0, Parameters(drawn.parameters))
        own, note = _cells_in_a_row(student, drawn), ""
        wrong = own is not None and not all(is_right(own[name], right[name]) for name in right)
        if own is not None and wrong and _is_a_cell(student, drawn):
            right = own
            note = (
                "Your rnn_cell_forward is not right yet: mend it first. Here a and y_pred are "
                "compared with what it gives, step after step."
            )
        if not note:
            marks |= {"graph": drawn.graph, "nodes": _steps(drawn), "instead": other_loops(drawn)}
        yield Trial(label(drawn), args, values=right, note=note, sizes=sizes_of(drawn), **marks)


def _steps(drawn: RNNInstance) -> dict[str, tuple[str, ...]]:
    """The nodes of which a and y_pred have to be the values."""
    steps = range(1, drawn.x.shape[2] + 1)
    letters = {"a": "a", "y_pred": "yhat"}
    return {name: tuple(f"{letter}{t}" for t in steps) for name, letter in letters.items()}


def _cells_in_a_row(student: Student, drawn: RNNInstance) -> dict[str, Array] | None:
    """What T calls of the student's own cell give; None if it does not return such arrays."""
    a, states, outs = drawn.a0, [], []
    for t in range(drawn.x.shape[2]):
        found = student.call("rnn_cell_forward", drawn.x[:, :, t], a, Parameters(drawn.parameters))
        a, yt_pred, _ = take("a_next", "yt_pred", "cache")(found).values()
        sizes = drawn.a0.shape, drawn.y.shape[:2]
        if any(form("it", v, s) for v, s in zip((a, yt_pred), sizes, strict=True)):
            return None
        states.append(a)
        outs.append(yt_pred)
    return {"a": np.stack(states, axis=2), "y_pred": np.stack(outs, axis=2)}


def _is_a_cell(student: Student, drawn: RNNInstance) -> bool:
    """Whether a and y_pred of the student's own cell follow from most of what they are made of.

    What T calls of a cell that returns constants give, everybody can stack.
    """
    leaves = {"x": drawn.x[:, :, 0], "a0": drawn.a0, **drawn.parameters}

    def outputs(at: Mapping[str, Array]) -> list[Array]:
        parameters = Parameters({name: at[name] for name in drawn.parameters})
        found = student.call("rnn_cell_forward", at["x"], at["a0"], parameters)
        returned = take("a_next", "yt_pred", "cache")(found)
        return [np.asarray(returned[name], dtype=float) for name in ("a_next", "yt_pred")]

    start = outputs(leaves)
    moves = np.zeros(2)
    for name, leaf in leaves.items():
        other = outputs({**leaves, name: 0.6 * np.flip(leaf) + 0.15})
        moves += [not np.allclose(a, b) for a, b in zip(start, other, strict=True)]
    # a is made of x, a0, Wax, Waa and ba; y_pred of Wya and by as well
    steady = all(np.array_equal(a, b) for a, b in zip(start, outputs(leaves), strict=True))
    return bool(steady and moves[0] > 2 and moves[1] > 3)


register(
    Exercise(
        "rnn_forward",
        "07",
        forward_trials,
        take("a", "y_pred", "_caches"),
        (SHAPES, *values("a", "y_pred"), UNCHANGED),
        after=("rnn_cell_forward",),
        right=right.rnn_forward,
        smaller=small_sequences,
    )
)


def cell_forward(student: Student) -> Forward:
    """The student's rnn_cell_forward, as (a_next, cache)."""

    def forward(xt: Array, a_prev: Array, parameters: Mapping[str, Array]) -> tuple[Any, Any]:
        found = student.call("rnn_cell_forward", xt, a_prev, Parameters(parameters))
        a_next, _, cache = take("a_next", "yt_pred", "cache")(found).values()
        # what counts is the cache that is handed over, not that of the last call
        student.call("rnn_cell_forward", xt + 1, a_prev, Parameters(parameters))
        return a_next, cache

    return forward


def sequence_forward(student: Student) -> Forward:
    """The student's rnn_forward, as (a, caches)."""

    def forward(x: Array, a0: Array, parameters: Mapping[str, Array]) -> tuple[Any, Any]:
        found = student.call("rnn_forward", x, a0, Parameters(parameters))
        a, _, caches = take("a", "y_pred", "caches")(found).values()
        student.call("rnn_forward", x + 1, a0, Parameters(parameters))
        return a, caches

    return forward
