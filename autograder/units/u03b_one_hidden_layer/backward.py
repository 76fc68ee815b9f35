"""Unit 03b, the way back: dW and db, and the dZ and dA between them in both conventions.

`backward_propagation` has the signature and the keys of the deep-learning specialisation, course 1
week 3. Its dict holds no dZ, so a function of our own asks for those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from autograder.engine.by_differences import by_differences
from autograder.engine.compare import is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Relative,
    Trial,
    gradients,
    register,
    take,
    take_dict,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u03b_one_hidden_layer import right
from autograder.units.u03b_one_hidden_layer.instances import (
    ALL_EQUAL,
    SIZES,
    SMALL,
    Instance,
    instance,
    whole_instance,
)
from autograder.units.u04_network.own_forward import cross_entropy

#: In backward order.
GRADS = {f"d{name}": Claim(name) for name in ("W2", "b2", "W1", "b1")}


def signal_claims(factor: float) -> dict[str, Claim]:
    """What lies between: factor m is the L convention, 1 is J."""
    return {f"d{name}": Claim(name, factor) for name in ("Z2", "A1", "Z1")}


def grads_trial(student: Student, drawn: Instance, diagnostic: bool = False) -> Trial | None:
    """One trial of backward_propagation, fed with the student's own cache."""
    args, A2 = _arguments(student, drawn)
    problem = Problem(drawn.graph, GRADS)
    if is_right(A2, drawn.graph.value("A2")):
        return Trial(
            drawn.label,
            args,
            problem,
            diagnostic=diagnostic,
            sizes=drawn.sizes,
            symbols=_values(drawn),
        )
    return None if diagnostic else _by_own_forward(student, drawn, args, problem)


def _arguments(student: Student, drawn: Instance) -> tuple[tuple[object, ...], object]:
    """The arguments of a backward function, and the A2 that came with the cache."""
    parameters = Parameters(drawn.parameters)
    returned = student.call("forward_propagation", drawn.X, parameters)
    A2, cache = take("A2", "cache")(returned).values()
    # what counts is the cache that is handed over, not that of the last call
    student.call("forward_propagation", drawn.X + 1, parameters)
    return (parameters, cache, drawn.X, drawn.Y), A2


def _values(drawn: Instance) -> dict[str, Array]:
    return {name: drawn.graph.value(name) for name in ("Z1", "A1", "Z2", "A2")}


def _by_own_forward(
    student: Student, drawn: Instance, args: tuple[object, ...], problem: Problem
) -> Trial:
    """A trial against the numeric gradient of the student's own forward pass."""

    def cost(values: Mapping[str, Array]) -> float:
        returned = student.call("forward_propagation", drawn.X, Parameters(values))
        return cross_entropy(take("A2", "cache")(returned)["A2"], drawn.Y)

    leaves = dict(drawn.parameters)
    return by_differences(drawn.label, args, problem, leaves, cost, "forward_propagation")


def grads_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    trials = [grads_trial(student, instance(rng, *sizes)) for sizes in SIZES]
    trials += [grads_trial(student, instance(rng, *sizes), True) for sizes in ALL_EQUAL]
    yield from filter(None, trials)


def small_grads(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Networks of one or two units, of whole numbers, where the forward pass is right."""
    for sizes in SMALL:
        trial = grads_trial(student, whole_instance(rng, *sizes))
        if trial is not None and trial.own is None:
            yield trial


def signal_trial(student: Student, drawn: Instance, convention: str) -> Iterator[Trial]:
    """One trial of backward_signals; none where the forward pass is wrong."""
    args, A2 = _arguments(student, drawn)
    m = float(drawn.X.shape[1])
    problems = {
        c: Problem(drawn.graph, signal_claims(factor)) for c, factor in (("L", m), ("J", 1))
    }
    always = (
        Relative("j-vs-l-one-over-m-placement", problem.truth(), f"always the {c} convention")
        for c, problem in problems.items()
    )
    if is_right(A2, drawn.graph.value("A2")):
        yield Trial(
            f"{drawn.label}, convention {convention}",
            (*args, convention),
            problems[convention],
            relatives=tuple(always) if m > 1 else (),
            sizes=drawn.sizes,
            symbols=_values(drawn),
        )


def signal_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SIZES:
        for convention in "LJ":
            yield from signal_trial(student, instance(rng, *sizes), convention)


def small_signals(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SMALL:
        for convention in "LJ":
            yield from signal_trial(student, whole_instance(rng, *sizes), convention)


register(
    Exercise(
        "backward_propagation",
        "03b",
        grads_trials,
        take_dict,
        (SHAPES, *gradients("dW2", "db2", "dW1", "db1"), UNCHANGED, TWICE),
        after=("forward_propagation",),
        right=right.backward_propagation,
        smaller=small_grads,
    )
)
register(
    Exercise(
        "backward_signals",
        "03b",
        signal_trials,
        take_dict,
        (SHAPES, *gradients("dZ2", "dA1", "dZ1"), UNCHANGED, TWICE),
        after=("forward_propagation",),
        smaller=small_signals,
        unread=("X",),
    )
)
