"""Unit 07, the recurrent network: the backward pass of one cell, and through time.

Every `da` that goes into a function carries 1/m already: nothing is divided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

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
    take,
    take_dict,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Parameters, Student
from autograder.networks import Array, cell_graph, upstream_graph
from autograder.units.u07_rnn import right
from autograder.units.u07_rnn.cost import counted, owned
from autograder.units.u07_rnn.forward import (
    Forward,
    cell_forward,
    instances,
    label,
    sequence_forward,
    stacked,
)
from autograder.units.u07_rnn.instances import (
    RNNInstance,
    rnn_instance,
    sizes_of,
    small_rnns,
)

HIDDEN = {name: Claim(name[1:]) for name in ("dWax", "dWaa", "dba")}


def cell_backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng, cells=True):
        xt, da_next = drawn.x[:, :, 0], drawn.da[:, :, 0]
        graph = cell_graph(xt, drawn.a0, drawn.parameters, da_next)
        claims = {**HIDDEN, "dxt": Claim("x"), "da_prev": Claim("a0")}
        problem = Problem(graph, claims)
        forward = cell_forward(student)
        a_next, cache = forward(xt, drawn.a0, drawn.parameters)
        args = (da_next, cache)
        if is_right(a_next, graph.value("a1")):
            named = {"a_next": graph.value("a1")}
            yield Trial(label(drawn), args, problem, sizes=sizes_of(drawn), symbols=named, **marks)
        elif not marks:
            cost, leaves = measured(forward, da_next), drawn.parameters | dict(graph.inputs)
            yield by_differences(label(drawn), args, problem, leaves, cost, "rnn_cell_forward")


def small_cells(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Cells of one or two units, where the forward pass is right."""
    for drawn in small_rnns(rng, 1):
        xt, da_next = drawn.x[:, :, 0], drawn.da[:, :, 0]
        graph = cell_graph(xt, drawn.a0, drawn.parameters, da_next)
        found = student.call("rnn_cell_forward", xt, drawn.a0, Parameters(drawn.parameters))
        a_next, _, cache = take("a_next", "yt_pred", "cache")(found).values()
        if is_right(a_next, graph.value("a1")):
            claims = {**HIDDEN, "dxt": Claim("x"), "da_prev": Claim("a0")}
            yield Trial(label(drawn), (da_next, cache), Problem(graph, claims))


def small_sequences(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """One to three steps of one or two units, where the forward pass is right."""
    for drawn in small_rnns(rng):
        found = student.call("rnn_forward", drawn.x, drawn.a0, Parameters(drawn.parameters))
        a, _, caches = take("a", "y_pred", "caches")(found).values()
        if is_right(a, stacked(drawn, "a")):
            yield Trial(label(drawn), (drawn.da, caches), sequence_problem(drawn))


def measured(forward: Forward, da: Array) -> Callable[[Mapping[str, Array]], float]:
    """J = sum(da * a) of the student's own forward, as a function of the leaves."""

    def cost(leaves: Mapping[str, Array]) -> float:
        a, _ = forward(leaves["x"], leaves["a0"], leaves)
        return float((da * shaped(a, da.shape)).sum())

    return cost


register(
    Exercise(
        "rnn_cell_backward",
        "07",
        cell_backward_trials,
        take_dict,
        (SHAPES, *gradients("dxt", "da_prev", "dWax", "dWaa", "dba"), UNCHANGED, TWICE),
        after=("rnn_cell_forward",),
        right=right.rnn_cell_backward,
        smaller=small_cells,
    )
)


def sequence_problem(drawn: RNNInstance) -> Problem:
    """What rnn_backward returns: the gradients of J = sum(da * a)."""
    graph = upstream_graph(drawn.x, drawn.a0, drawn.parameters, drawn.da)
    return Problem(graph, {"dx": Claim("x"), **HIDDEN, "da0": Claim("a0")})


def backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng):
        problem = sequence_problem(drawn)
        forward = sequence_forward(student)
        a, caches = forward(drawn.x, drawn.a0, drawn.parameters)
        args = (drawn.da, caches)
        if is_right(a, stacked(drawn, "a")):
            named = {"a": stacked(drawn, "a")}
            yield Trial(label(drawn), args, problem, sizes=sizes_of(drawn), symbols=named, **marks)
        elif not marks:
            cost = measured(forward, drawn.da)
            leaves = drawn.parameters | dict(problem.graph.inputs)
            yield by_differences(label(drawn), args, problem, leaves, cost, "rnn_forward")


def one_call_a_step(student: Student, rng: np.random.Generator) -> None:
    """calls the cell once a step at most.

    Count the calls of rnn_cell_backward: T of them, or none at all if it is not used.
    """
    runs = {}
    for T in (1, 4, 5):
        drawn = rnn_instance(rng, (3, 5, 2, 7, T))
        _, caches = sequence_forward(student)(drawn.x, drawn.a0, drawn.parameters)
        runs[T] = ((drawn.da, caches), sequence_problem(drawn))
    told = "for T_x = {} it calls rnn_cell_backward {} times"
    counted(student, ("rnn_backward", "rnn_cell_backward"), runs, take_dict, told)


def survives(student: Student, rng: np.random.Generator) -> None:
    """gives the same gradients after x and a were overwritten: the caches own their data.

    Overwrite x and a after the forward pass; rnn_backward must not notice.
    """
    drawn = rnn_instance(rng, (3, 5, 2, 7, 4))
    args = (drawn.x, drawn.a0, Parameters(drawn.parameters))
    _, caches = sequence_forward(student)(drawn.x, drawn.a0, drawn.parameters)
    spoilt = student.call("forward_then_overwrite", *args)
    owned(student, "rnn_backward", drawn.da, caches, spoilt, take_dict, "x and a")


COST = Property(
    "costs_one_cell_call_per_step",
    holds=one_call_a_step,
    alone=False,
)
OWN = Property(
    "caches_survive_overwriting_x_and_a",
    holds=survives,
    alone=False,
)
SEQUENCE = gradients("dx", "dWax", "dWaa", "dba", "da0")
register(
    Exercise(
        "rnn_backward",
        "07",
        backward_trials,
        take_dict,
        (SHAPES, *SEQUENCE, UNCHANGED, TWICE, COST, OWN),
        after=("rnn_cell_backward", "rnn_forward"),
        right=right.rnn_backward,
        smaller=small_sequences,
    )
)
