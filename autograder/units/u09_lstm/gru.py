"""Unit 09: one cell of a GRU, forward and backward."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from autograder.engine.by_differences import by_differences, shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Trial,
    gradients,
    register,
    take,
    take_dict,
    values,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.networks.gru import WEIGHTS
from autograder.units.u09_lstm import right
from autograder.units.u09_lstm.contract import UNIT
from autograder.units.u09_lstm.instances import (
    GRUInstance,
    gru_instance,
    label,
    sizes_of,
    small_grus,
)
from autograder.units.u09_lstm.relatives import kept_and_taken

#: (n_x, n_a, m): all different; equal but m; one example; every size equal.
CELLS = ((3, 5, 7), (4, 4, 3), (2, 4, 1))
DIAGNOSTIC = (4, 4, 4)
CLAIMS = {f"d{name}": Claim(name) for name in WEIGHTS}
CLAIMS |= {"dxt": Claim("x"), "dc_prev": Claim("c0")}
cell_of = take("c_next", "cache")


def instances(rng: np.random.Generator) -> Iterator[tuple[GRUInstance, dict[str, Any]]]:
    """The cells of an exercise, and what a trial of each is marked with."""
    for sizes in CELLS:
        yield gru_instance(rng, sizes), {}
    yield gru_instance(rng, DIAGNOSTIC), {"diagnostic": True}


def _forward_trial(drawn: GRUInstance, **marks: Any) -> Trial:
    known = {"c_next": drawn.graph.value("c1")}
    args = (drawn.xt, drawn.c_prev, Parameters(drawn.parameters))
    return Trial(label(drawn), args, values=known, sizes=sizes_of(drawn), **marks)


def forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng):
        known, nodes = kept_and_taken(drawn.graph), {"c_next": ("c1",)}
        yield _forward_trial(drawn, graph=drawn.graph, nodes=nodes, relatives=known, **marks)


def small_forward(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Cells of one or two units."""
    for drawn in small_grus(rng):
        yield _forward_trial(drawn)


register(
    Exercise(
        "gru_cell_forward",
        UNIT,
        forward_trials,
        take("c_next", "_cache"),
        (SHAPES, *values("c_next"), UNCHANGED),
        right=right.gru_cell_forward,
        layouts=len(right.LAYOUTS),
        smaller=small_forward,
    )
)


def _backward_trial(student: Student, drawn: GRUInstance, marks: dict[str, Any]) -> Trial | None:
    """One call; where forward is wrong, by its own differences."""

    def forward(xt: Array, c_prev: Array, parameters: Mapping[str, Array]) -> tuple[Any, Any]:
        found = cell_of(student.call("gru_cell_forward", xt, c_prev, Parameters(parameters)))
        student.call("gru_cell_forward", xt + 1, c_prev, Parameters(parameters))
        return found["c_next"], found["cache"]

    dc, right_c = drawn.dc_next, drawn.graph.value("c1")
    c_next, cache = forward(drawn.xt, drawn.c_prev, drawn.parameters)
    problem, told = Problem(drawn.graph, CLAIMS), label(drawn)
    if is_right(c_next, right_c):
        named, sizes = {"c_next": right_c}, sizes_of(drawn)
        return Trial(told, (dc, cache), problem, sizes=sizes, symbols=named, **marks)
    if marks:
        return None

    def cost(leaves: Mapping[str, Array]) -> float:
        found, _ = forward(leaves["x"], leaves["c0"], leaves)
        return float((dc * shaped(found, dc.shape)).sum())

    leaves = dict(drawn.graph.inputs)
    return by_differences(told, (dc, cache), problem, leaves, cost, "gru_cell_forward")


def backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng):
        trial = _backward_trial(student, drawn, marks)
        if trial is not None:
            yield trial


def small_backward(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Cells of one or two units, where the forward pass is right."""
    for drawn in small_grus(rng):
        trial = _backward_trial(student, drawn, {})
        if trial is not None and trial.own is None:
            yield trial


register(
    Exercise(
        "gru_cell_backward",
        UNIT,
        backward_trials,
        take_dict,
        (SHAPES, *gradients(*CLAIMS), UNCHANGED, TWICE),
        after=("gru_cell_forward",),
        smaller=small_backward,
    )
)
