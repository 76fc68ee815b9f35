"""Unit 06a, the penalty: the cost with it, and the gradient of that cost.

Names, signatures and the cache are those of the deep-learning specialisation, course 2 week 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

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
from autograder.engine.formulas import Formula
from autograder.engine.parts import relatives
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Cache, Parameters, Student
from autograder.networks import Array
from autograder.units.u06a_regularisation.by_line import lines
from autograder.units.u06a_regularisation.contract import UNIT
from autograder.units.u06a_regularisation.instances import (
    ALL_EQUAL,
    LAMBDS,
    SIZES,
    SMALL,
    Instance,
    instance,
    whole_instance,
)

_LAYERS = (1, 2, 3)
#: How messages write the mean of the losses.
_SPELT = {"C": "cross_entropy_cost"}


def cost_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """J with a penalty, and what the usual slips make of it; the last one has none."""
    for sizes, lambd in zip((*SIZES, SIZES[0]), (*LAMBDS, 0.0), strict=True):
        drawn = instance(rng, sizes)
        graph, m = drawn.penalised(lambd), drawn.X.shape[1]
        C, R = float(graph.value("C")), float(graph.value("R"))
        biases = sum(float((drawn.parameters[f"b{n}"] ** 2).sum()) for n in _LAYERS)
        known = (
            ("l2-forgotten", "", {"J": C}),
            ("l2-factor", "lambd/m", {"J": C + 2 * R}),
            ("l2-factor", "lambd/2, without 1/m", {"J": C + m * R}),
            ("l2-factor", "lambd, without 1/(2m)", {"J": C + 2 * m * R}),
            ("l2-factor", "1/m twice", {"J": C + R / m}),
            ("l2-factor", "a minus", {"J": C - R}),
            ("l2-on-bias", "", {"J": C + R + lambd / (2 * m) * biases}),
            ("sum-loss-vs-mean-loss", "the first term", {"J": m * C + R}),
        )
        yield Trial(
            f"{drawn.label}, lambd = {lambd:g}",
            (graph.value("A3"), drawn.Y, Parameters(drawn.parameters), lambd),
            values={"J": np.asarray(C + R)},
            relatives=relatives(*known) if lambd else (),
            sizes=drawn.sizes,
            formulas={"J": _formula(drawn, C, lambd)},
            instead={"J": _of_some(drawn, C, R, lambd)},
        )


def _of_some(drawn: Instance, C: float, R: float, lambd: float) -> dict[str, Array]:
    """J with the penalty of some of the layers."""
    said = {}
    for n in _LAYERS:
        part = lambd / (2 * drawn.X.shape[1]) * float((drawn.parameters[f"W{n}"] ** 2).sum())
        said[f"J with the penalty of W{n} alone"] = np.asarray(C + part)
        said[f"J without the penalty of W{n}"] = np.asarray(C + R - part)
    return said


def _formula(drawn: Instance, C: float, lambd: float) -> Formula:
    weights = [drawn.parameters[f"W{n}"] for n in _LAYERS]
    biases = [drawn.parameters[f"b{n}"] for n in _LAYERS]
    held = {"C": C, "lambd": lambd, "m": drawn.X.shape[1], "W": weights, "b": biases}
    others = (
        "C + lambd / (2 * m) * total(np.sum(W))**2",
        "C + lambd / (2 * m) * (total(np.sum(W**2)) + total(np.sum(b**2)))",
    )
    return Formula("C + lambd / (2 * m) * total(np.sum(W**2))", held, _SPELT, others)


register(
    Exercise(
        "compute_cost_with_regularization",
        UNIT,
        cost_trials,
        take("J"),
        (SHAPES, *values("J"), UNCHANGED),
    )
)


def claims(m: float, hidden: str = "A") -> dict[str, Claim]:
    """What a backward pass of three layers returns: dZ and dA are of the sum, dW and db of J."""
    found = {}
    for n in (3, 2, 1):
        if n < 3:
            found[f"dA{n}"] = Claim(f"{hidden}{n}", m)
        found |= {f"dZ{n}": Claim(f"Z{n}", m), f"dW{n}": Claim(f"W{n}"), f"db{n}": Claim(f"b{n}")}
    return found


def backward_trial(drawn: Instance, lambd: float, diagnostic: bool = False) -> Trial:
    """One trial; the cache is the one that the notebook's own forward pass makes."""
    graph, p = drawn.penalised(lambd), drawn.parameters
    cache = Cache(
        array
        for n in _LAYERS
        for array in (graph.value(f"Z{n}"), graph.value(f"A{n}"), p[f"W{n}"], p[f"b{n}"])
    )
    problem = Problem(graph, claims(float(drawn.X.shape[1])))
    return Trial(
        f"{drawn.label}, lambd = {lambd:g}",
        (drawn.X, drawn.Y, cache, lambd),
        problem,
        formulas=lines(_values(drawn, graph.value), problem.truth(), lambd=lambd),
        diagnostic=diagnostic,
        sizes=drawn.sizes,
        symbols=symbols(drawn, graph.value),
    )


def _values(drawn: Instance, value: Callable[[str], Array]) -> dict[str, Array]:
    """All arrays that a way back reads, by name."""
    return {"X": drawn.X, "Y": drawn.Y, **symbols(drawn, value)}


def symbols(drawn: Instance, value: object) -> dict[str, Array]:
    """The arrays of the cache by their names."""
    assert callable(value)
    found = {name: value(name) for n in _LAYERS for name in (f"Z{n}", f"A{n}")}
    return {**found, **drawn.parameters}


def backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes, lambd in zip(SIZES, LAMBDS, strict=True):
        yield backward_trial(instance(rng, sizes), lambd)
    for sizes in ALL_EQUAL:
        yield backward_trial(instance(rng, sizes), 2.0, diagnostic=True)


def small_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SMALL:
        yield backward_trial(whole_instance(rng, sizes), 2.0)


register(
    Exercise(
        "backward_propagation_with_regularization",
        UNIT,
        backward_trials,
        take_dict,
        (SHAPES, *gradients("dW", "db", "dZ", "dA"), UNCHANGED, TWICE),
        smaller=small_trials,
    )
)
