"""Unit 03b, the way forward: predictions, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    register,
    take,
    values,
)
from autograder.engine.student import NotWritten, Parameters, Student
from autograder.observe import StudentError
from autograder.units.u03b_one_hidden_layer import right
from autograder.units.u03b_one_hidden_layer.instances import BESIDE, SIZES, instance
from autograder.units.u04_network import cost


def forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SIZES:
        drawn = instance(rng, *sizes)
        yield Trial(
            drawn.label,
            (drawn.X, Parameters(drawn.parameters)),
            values={"A2": drawn.graph.value("A2")},
            graph=drawn.graph,
            nodes={"A2": ("A2",)},
        )


register(
    Exercise(
        "forward_propagation",
        "03b",
        forward_trials,
        take("A2", "_cache"),
        (SHAPES, *values("A2"), UNCHANGED),
        right=right.forward_propagation,
    )
)


def cost_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Those of unit 04: it is the same cost."""
    trials = list(cost.cost_trials(student, rng, "A2"))
    more = _third(student, rng, trials[0])
    for trial in trials:
        yield replace(trial, args=(*trial.args, *more))


def _third(student: Student, rng: np.random.Generator, trial: Trial) -> tuple[Parameters, ...]:
    """The parameters, which functions written for older versions of the course ask for."""
    try:
        student.beside().call("compute_cost", *trial.args)
    except StudentError as error:
        asks = "missing 1 required positional argument" in error.message and not error.where
        if error.kind == "TypeError" and asks:
            return (Parameters(instance(rng, *SIZES[0]).parameters),)
    except NotWritten:
        pass  # told where the trials are run
    return ()


register(
    Exercise(
        "compute_cost",
        "03b",
        cost_trials,
        take("J"),
        (
            SHAPES,
            Property("J_is_the_mean_of_the_losses", "J is the mean of the losses", ("J",)),
            UNCHANGED,
        ),
        beside=BESIDE,
        right=right.compute_cost,
        smaller=cost.small_costs,
    )
)
