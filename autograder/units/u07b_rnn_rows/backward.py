"""Unit 07b, the recurrent network in rows: the backward pass of one step, and through time.

Every upstream carries 1/N already, if the cost has one: nothing is divided here.
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
    take,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.units.u07_rnn.cost import counted, owned
from autograder.units.u07b_rnn_rows import right
from autograder.units.u07b_rnn_rows.contract import ROWS, UNIT
from autograder.units.u07b_rnn_rows.forward import Forward, instances, own_forward
from autograder.units.u07b_rnn_rows.instances import (
    RowsInstance,
    label,
    rows_instance,
    sizes_of,
    small_rows,
)

WEIGHTS = {name: Claim(name[1:]) for name in ("dWx", "dWh", "db")}
STEP = {"dx": Claim("x"), "dprev_h": Claim("h0"), **WEIGHTS}
SEQUENCE = {"dx": Claim("x"), "dh0": Claim("h0"), **WEIGHTS}
grads_of = take(*SEQUENCE)


def measured(forward: Forward, upstream: Array) -> Callable[[Mapping[str, Array]], float]:
    """J = sum(upstream * h) of the student's own forward, as a function of the leaves."""

    def cost(leaves: Mapping[str, Array]) -> float:
        h, _ = forward(*(leaves[name] for name in ("x", "h0", "Wx", "Wh", "b")))
        return float((upstream * shaped(h, upstream.shape)).sum())

    return cost


def _trial(student: Student, drawn: RowsInstance, step: bool, marks: dict[str, Any]) -> Trial:
    """One call of a backward function; where forward is wrong, by its own differences."""
    function = "rnn_step_forward" if step else "rnn_forward"
    graph, args = (drawn.step, drawn.step_args) if step else (drawn.graph, drawn.args)
    upstream, wanted = (drawn.dh[:, 0], graph.value("h1")) if step else (drawn.dh, drawn.h)
    forward, told = own_forward(student, function), label(drawn, step)
    h, cache = forward(*args)
    problem = Problem(graph, STEP if step else SEQUENCE)
    if is_right(h, wanted) or marks:
        named = {"next_h" if step else "h": wanted}
        return Trial(
            told, (upstream, cache), problem, sizes=sizes_of(drawn), symbols=named, **marks
        )
    cost, leaves = measured(forward, upstream), dict(graph.inputs)
    return by_differences(told, (upstream, cache), problem, leaves, cost, function)


def _trials(step: bool) -> Callable[[Student, np.random.Generator], Iterator[Trial]]:
    def trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
        wrong = False
        for drawn, marks in instances(rng, step):
            if marks and wrong:
                continue  # what a product was is looked for where the forward pass is right
            trial = _trial(student, drawn, step, marks)
            wrong = wrong or trial.own is not None
            yield trial

    return trials


def _small(step: bool) -> Callable[[Student, np.random.Generator], Iterator[Trial]]:
    """Instances of one or two units, where the forward pass is right."""

    def trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
        for drawn in small_rows(rng, 1) if step else small_rows(rng):
            trial = _trial(student, drawn, step, {})
            if trial.own is None:
                yield trial

    return trials


register(
    Exercise(
        "rnn_step_backward",
        UNIT,
        _trials(step=True),
        take(*STEP),
        (SHAPES, *gradients(*STEP), UNCHANGED, TWICE),
        after=("rnn_step_forward",),
        right=right.rnn_step_backward,
        smaller=_small(step=True),
    )
)


def one_call_a_step(student: Student, rng: np.random.Generator) -> None:
    """calls the step once for each step at most.

    Count the calls of rnn_step_backward: T of them, or none at all if it is not used.
    """
    runs = {}
    for T in (1, 4, 5):
        drawn = rows_instance(rng, (3, 5, 7, T))
        _, cache = own_forward(student, "rnn_forward")(*drawn.args)
        runs[T] = ((drawn.dh, cache), Problem(drawn.graph, SEQUENCE))
    told = "for T = {} it calls rnn_step_backward {} times"
    counted(student, ("rnn_backward", "rnn_step_backward"), runs, grads_of, told)


def survives(student: Student, rng: np.random.Generator) -> None:
    """gives the same gradients after x and h were overwritten: the cache owns its data.

    Overwrite x and h after the forward pass; rnn_backward must not notice.
    """
    drawn = rows_instance(rng, (3, 5, 7, 4))
    _, cache = own_forward(student, "rnn_forward")(*drawn.args)
    spoilt = student.call("forward_then_overwrite", *drawn.args)
    owned(student, "rnn_backward", drawn.dh, cache, spoilt, grads_of, "x and h")


COST = Property("costs_one_step_call_per_step", holds=one_call_a_step, alone=False)
OWN = Property("cache_survives_overwriting_x_and_h", holds=survives, alone=False)
register(
    Exercise(
        "rnn_backward",
        UNIT,
        _trials(step=False),
        grads_of,
        (SHAPES, *gradients(*SEQUENCE), UNCHANGED, TWICE, COST, OWN),
        after=("rnn_step_backward", "rnn_forward"),
        beside=ROWS,
        right=right.rnn_backward,
        smaller=_small(step=False),
    )
)
