"""Unit 06a, the penalty: the cost with it, and the gradient of that cost.

Names, signatures and the cache are those of the deep-learning specialisation, course 2 week 1.
"""

from __future__ import annotations

from collections.abc import Iterator

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
from autograder.engine.parts import relatives
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Cache, Parameters, Student
from autograder.networks import Array
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
            instead={"J": _instead(drawn, C, R, lambd)},
        )


def _instead(drawn: Instance, C: float, R: float, lambd: float) -> dict[str, Array]:
    """What a wrong J may be, by what it is called."""
    weights, m = [drawn.parameters[f"W{n}"] for n in _LAYERS], drawn.X.shape[1]
    one = [lambd / (2 * m) * float((W**2).sum()) for W in weights]
    norms = lambd / (2 * m) * sum(float(np.sqrt((W**2).sum())) for W in weights)
    sums = lambd / (2 * m) * sum(float(W.sum()) for W in weights)
    said = {
        f"J with the penalty of W{n} alone": C + part for n, part in zip(_LAYERS, one, strict=True)
    }
    said |= {
        f"J without the penalty of W{n}": C + R - part for n, part in zip(_LAYERS, one, strict=True)
    }
    said |= {"the penalty alone": R, "J with norms in the penalty, not squared": C + norms}
    said |= {"J with the sum of W in the penalty, not of W²": C + sums}
    half = lambd / (2 * m)
    said |= {
        "J with lambd / 2 * m before Σ W²: without brackets this is (lambd / 2) m": C + m**2 * R,
        "J with the sum of W, squared, in the penalty, where each entry is squared first": C
        + half * sum(float(W.sum()) ** 2 for W in weights),
        "J with the square of the sum of all W": C
        + half * sum(float(W.sum()) for W in weights) ** 2,
        "J with the mean of W² in the penalty, not the sum": C
        + half * sum(float((W**2).mean()) for W in weights),
        "J with the absolute values of W in the penalty, not W²": C
        + half * sum(float(np.abs(W).sum()) for W in weights),
        "J with the norms of W, squared once more": C
        + half * sum(float((W**2).sum()) ** 2 for W in weights),
        "the mean of the losses times (1 + the penalty)": C * (1 + R),
        "the mean of the losses times the penalty": C * R,
    }
    return {name: np.asarray(value) for name, value in said.items()}


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
    return Trial(
        f"{drawn.label}, lambd = {lambd:g}",
        (drawn.X, drawn.Y, cache, lambd),
        Problem(graph, claims(float(drawn.X.shape[1]))),
        diagnostic=diagnostic,
        sizes=drawn.sizes,
        symbols=symbols(drawn, graph.value),
    )


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
