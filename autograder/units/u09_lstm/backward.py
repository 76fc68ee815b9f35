"""Unit 09, the LSTM: the backward pass of one cell, and through time.

Every upstream carries 1/m already, if the cost has one: nothing is divided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.engine.by_differences import by_differences, shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    gradients,
    register,
    take_dict,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.networks.lstm import WEIGHTS
from autograder.units.u07_rnn.cost import counted, owned
from autograder.units.u09_lstm import right
from autograder.units.u09_lstm.contract import UNIT
from autograder.units.u09_lstm.forward import instances, own_cell, own_sequence
from autograder.units.u09_lstm.instances import (
    LSTMInstance,
    label,
    lstm_instance,
    sizes_of,
    small_lstms,
)

Cost = Callable[[Mapping[str, Array]], float]
PARAMETERS = {f"d{name}": Claim(name) for name in WEIGHTS}
CELL = {"dc_prev": Claim("c0"), **PARAMETERS, "dxt": Claim("x"), "da_prev": Claim("a0")}
SEQUENCE = {**PARAMETERS, "dx": Claim("x"), "da0": Claim("a0")}


def _cell_trial(student: Student, drawn: LSTMInstance, marks: dict[str, Any]) -> Trial | None:
    """One call of lstm_cell_backward; where forward is wrong, by its own differences."""
    forward, graph, args = own_cell(student), drawn.cell, drawn.cell_args
    da, dc = drawn.da[:, :, 0], drawn.dc_next
    a_next, c_next, cache = forward(*args, drawn.parameters)
    problem, told = Problem(graph, CELL), label(drawn, cell=True)
    named = {"a_next": graph.value("a1"), "c_next": graph.value("c1")}
    if is_right(a_next, named["a_next"]) and is_right(c_next, named["c_next"]):
        sizes = sizes_of(drawn)
        return Trial(told, (da, dc, cache), problem, sizes=sizes, symbols=named, **marks)
    if marks:
        return None

    def cost(leaves: Mapping[str, Array]) -> float:
        a, c, _ = forward(leaves["x"], leaves["a0"], leaves["c0"], drawn.parameters | dict(leaves))
        return float((da * shaped(a, da.shape) + dc * shaped(c, dc.shape)).sum())

    return by_differences(
        told, (da, dc, cache), problem, dict(graph.inputs), cost, "lstm_cell_forward"
    )


def _sequence_trial(student: Student, drawn: LSTMInstance, marks: dict[str, Any]) -> Trial | None:
    """One call of lstm_backward; where forward is wrong, by its own differences."""
    forward, da = own_sequence(student), drawn.da
    a, _, caches = forward(drawn.x, drawn.a0, drawn.parameters)
    problem, told = sequence_problem(drawn), label(drawn)
    if is_right(a, drawn.stacked("a")):
        named = {"a": drawn.stacked("a")}
        return Trial(told, (da, caches), problem, sizes=sizes_of(drawn), symbols=named, **marks)
    if marks:
        return None

    def cost(leaves: Mapping[str, Array]) -> float:
        found, _, _ = forward(leaves["x"], leaves["a0"], drawn.parameters | dict(leaves))
        return float((da * shaped(found, da.shape)).sum())

    leaves = {name: leaf for name, leaf in problem.graph.inputs.items() if name != "c0"}
    return by_differences(told, (da, caches), problem, leaves, cost, "lstm_forward")


def sequence_problem(drawn: LSTMInstance) -> Problem:
    """What lstm_backward returns: the gradients of J = sum(da * a)."""
    return Problem(drawn.graph, SEQUENCE)


def _trials(cells: bool) -> Callable[[Student, np.random.Generator], Iterator[Trial]]:
    make = _cell_trial if cells else _sequence_trial

    def trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
        for drawn, marks in instances(rng, cells):
            trial = make(student, drawn, marks)
            if trial is not None:
                yield trial

    return trials


def _small(cells: bool) -> Callable[[Student, np.random.Generator], Iterator[Trial]]:
    """Instances of one or two units, where the forward pass is right."""
    make = _cell_trial if cells else _sequence_trial

    def trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
        for drawn in small_lstms(rng, 1 if cells else 0):
            trial = make(student, drawn, {})
            if trial is not None and trial.own is None:
                yield trial

    return trials


register(
    Exercise(
        "lstm_cell_backward",
        UNIT,
        _trials(cells=True),
        take_dict,
        (SHAPES, *gradients(*CELL), UNCHANGED, TWICE),
        after=("lstm_cell_forward",),
        right=right.lstm_cell_backward,
        smaller=_small(cells=True),
    )
)


def one_call_a_step(student: Student, rng: np.random.Generator) -> None:
    """calls the cell once a step at most.

    Count the calls of lstm_cell_backward: T of them, or none at all if it is not used.
    """
    runs = {}
    for T in (1, 4, 5):
        drawn = lstm_instance(rng, (3, 5, 2, 7, T))
        _, _, caches = own_sequence(student)(drawn.x, drawn.a0, drawn.parameters)
        runs[T] = ((drawn.da, caches), sequence_problem(drawn))
    told = "for T_x = {} it calls lstm_cell_backward {} times"
    counted(student, ("lstm_backward", "lstm_cell_backward"), runs, take_dict, told)


def survives(student: Student, rng: np.random.Generator) -> None:
    """gives the same gradients after x, a and c were overwritten: the caches own their data.

    Overwrite x, a and c after the forward pass; lstm_backward must not notice.
    """
    drawn = lstm_instance(rng, (3, 5, 2, 7, 4))
    args = (drawn.x, drawn.a0, Parameters(drawn.parameters))
    _, _, caches = own_sequence(student)(drawn.x, drawn.a0, drawn.parameters)
    spoilt = student.call("forward_then_overwrite", *args)
    owned(student, "lstm_backward", drawn.da, caches, spoilt, take_dict, "x, a and c")


COST = Property("costs_one_cell_call_per_step", holds=one_call_a_step, alone=False)
OWN = Property("caches_survive_overwriting_x_a_and_c", holds=survives, alone=False)
register(
    Exercise(
        "lstm_backward",
        UNIT,
        _trials(cells=False),
        take_dict,
        (SHAPES, *gradients(*SEQUENCE), UNCHANGED, TWICE, COST, OWN),
        after=("lstm_cell_backward", "lstm_forward"),
        right=right.lstm_backward,
        smaller=_small(cells=False),
    )
)
