"""Unit 07: from the labels to da, from J to everything, by the tree, and forward accumulation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.bug_hunt import hunt
from autograder.engine.by_differences import by_differences, shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Misshapen,
    Property,
    Trial,
    Wanting,
    gradients,
    register,
    take,
    take_dict,
)
from autograder.engine.parts import integer
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Parameters, Student
from autograder.networks import Array, output_graph
from autograder.networks.rnn import as_family
from autograder.units.u07_rnn import right
from autograder.units.u07_rnn.backward import HIDDEN, SEQUENCE, sequence_problem
from autograder.units.u07_rnn.forward import instances, label, sequence_forward, stacked
from autograder.units.u07_rnn.instances import RNNInstance, rnn_instance, sizes_of
from autograder.units.u07_rnn.small import small_outputs

OUTPUT = {"dWya": Claim("Wya"), "dby": Claim("by")}


def output_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng):
        a, y_pred = stacked(drawn, "a"), stacked(drawn, "yhat")
        graph = output_graph(a, drawn.y, drawn.parameters)
        problem = Problem(graph, {**OUTPUT, "da": Claim("a")})
        args = (y_pred, drawn.y, a, Parameters(drawn.parameters))
        yield Trial(label(drawn), args, problem, sizes=sizes_of(drawn), **marks)


register(
    Exercise(
        "output_backward",
        "07",
        output_trials,
        take_dict,
        (SHAPES, *gradients("da", "dWya", "dby"), UNCHANGED, TWICE),
        right=right.output_backward,
        smaller=partial(small_outputs, OUTPUT),
    )
)


def full_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng):
        claims = {**OUTPUT, "dx": Claim("x"), **HIDDEN, "da0": Claim("a0")}
        problem = Problem(drawn.graph, claims)
        parameters = Parameters(drawn.parameters)
        args = (drawn.x, drawn.y, drawn.a0, parameters)
        a, y_pred, _ = take("a", "y_pred", "caches")(
            student.call("rnn_forward", drawn.x, drawn.a0, parameters)
        ).values()
        if is_right(a, stacked(drawn, "a")) and is_right(y_pred, stacked(drawn, "yhat")):
            yield Trial(label(drawn), args, problem, sizes=sizes_of(drawn), **marks)
        elif not marks:
            inputs, cost = dict(drawn.graph.inputs), _own_cost(student, drawn)
            yield by_differences(label(drawn), args, problem, inputs, cost, "rnn_forward")


def _own_cost(student: Student, drawn: RNNInstance) -> Any:
    """J of the student's own rnn_forward, as a function of the leaves."""

    def cost(leaves: Mapping[str, Array]) -> float:
        found = student.call("rnn_forward", leaves["x"], leaves["a0"], Parameters(leaves))
        y_pred = shaped(take("a", "y_pred", "_caches")(found)["y_pred"], drawn.y.shape)
        with np.errstate(all="ignore"):
            return float(-(drawn.y * np.log(y_pred)).sum() / drawn.y.shape[1])

    return cost


register(
    Exercise(
        "rnn_full_backward",
        "07",
        full_trials,
        take_dict,
        (SHAPES, *gradients("dWya", "dby"), *SEQUENCE, UNCHANGED, TWICE),
        after=("output_backward", "rnn_backward"),
    )
)


def _grads_and_calls(value: Any) -> dict[str, Any]:
    return take_dict(take("grads", "calls")(value)["grads"])


def tree_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for drawn, marks in instances(rng):
        a, caches = sequence_forward(student)(drawn.x, drawn.a0, drawn.parameters)
        if not is_right(a, stacked(drawn, "a")):
            raise Misshapen("rnn_forward has to be right first")
        yield Trial(label(drawn), (drawn.da, caches), sequence_problem(drawn), **marks)


def counts_the_tree(student: Student, rng: np.random.Generator) -> None:
    """goes back once for each loss: T(T+1)/2 calls of the cell, and says so.

    calls is T(T+1)/2, and the cell is called as often as it says.
    """
    for T in (1, 4, 5):
        drawn, wanted = rnn_instance(rng, (3, 5, 2, 7, T)), T * (T + 1) // 2
        _, caches = sequence_forward(student)(drawn.x, drawn.a0, drawn.parameters)
        reply = student.observe("rnn_backward_tree", drawn.da, caches, count=("rnn_cell_backward",))
        told = integer("calls", take("grads", "calls")(reply.value)["calls"])
        if told != wanted:
            raise Wanting(
                f"for T_x = {T} it says {told} calls; the loss of step t goes back through t "
                f"cells, {wanted} calls in all"
            )
        made = reply.counts.get("rnn_cell_backward", 0)
        if made != wanted:
            raise Wanting(f"for T_x = {T} it says {told} calls of the cell and makes {made}")


register(
    Exercise(
        "rnn_backward_tree",
        "07",
        tree_trials,
        _grads_and_calls,
        (
            SHAPES,
            *SEQUENCE,
            Property(
                "calls_the_cell_once_per_loss_and_step",
                holds=counts_the_tree,
                alone=False,
            ),
            UNCHANGED,
            TWICE,
        ),
        after=("rnn_cell_backward", "rnn_forward"),
    )
)

#: (n_x, n_a, n_y, m, T_x): tiny, since the work grows with n_a to the fourth power.
TINY = (
    ((2, 3, 2, 5, 4), False),
    ((3, 3, 3, 2, 5), True),
    ((2, 3, 2, 5, 1), False),
    ((2, 4, 3, 1, 3), False),
)
PASSES = ("rnn_backward", "rnn_backward_tree", "rnn_full_backward")


def rtrl_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes, tokens in TINY:
        drawn = rnn_instance(rng, sizes, tokens)
        graph = as_family(sequence_problem(drawn).graph, "rtrl")
        args = (drawn.x, drawn.a0, Parameters(drawn.parameters), drawn.da)
        yield Trial(label(drawn), args, Problem(graph, {"dWaa": Claim("Waa")}))


def calls_no_pass(student: Student, rng: np.random.Generator) -> None:
    """finds dWaa without a call of a backward pass.

    The numbers are its own, not those of a backward pass that is written already.
    """
    drawn = rnn_instance(rng, *TINY[0])
    args = (drawn.x, drawn.a0, Parameters(drawn.parameters), drawn.da)
    counts = student.observe("rtrl_dWaa", *args, count=PASSES).counts
    called = [name for name in PASSES if counts.get(name)]
    if called:
        raise Wanting(f"it calls {called[0]}; the recursion for R_t needs no backward pass")


register(
    Exercise(
        "rtrl_dWaa",
        "07",
        rtrl_trials,
        take("dWaa"),
        (
            SHAPES,
            *gradients("dWaa"),
            Property("calls_no_backward_pass", holds=calls_no_pass, alone=False),
            UNCHANGED,
            TWICE,
        ),
        after=("rnn_forward",),
    )
)

hunt(
    "answers_07",
    "07",
    "ABCDE",
    (
        "bptt-missing-da-prevt",
        "bptt-last-loss-only",
        "waa-no-transpose",
        "dwaa-uses-a-next",
        "negative-index-wrap",
        "dba-broadcast-square",
        "da-mutated-in-place",
        "divide-by-T",
    ),
)
