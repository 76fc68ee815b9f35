"""Unit 11, the forward passes: statistics of the batch, or of each example.

Layout, names and settings are those of CS231n: x is (N, D), gamma and beta are (D,).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.exercise import SHAPES, UNCHANGED, Exercise, Trial, take, values
from autograder.engine.formulas import Formula
from autograder.engine.parts import relatives
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.networks.normalised import AXES, BATCH, LAYER
from autograder.units.u11_normalisation.averages import AVERAGES, TEST_MODE
from autograder.units.u11_normalisation.contract import UNIT
from autograder.units.u11_normalisation.instances import (
    BATCHES,
    EPS,
    LAYERS,
    ONE_FEATURE,
    SMALL,
    USUAL_EPS,
    Instance,
    instance,
    whole_instance,
)

SIZES = {BATCH: BATCHES, LAYER: LAYERS}
#: A forward function of the student's, as (out, cache).
Forward = Callable[[Array, Array, Array], tuple[Any, Any]]


def settings(drawn: Instance, kind: str) -> Parameters:
    """bn_param, with averages over earlier batches, or ln_param; the usual eps is left out."""
    found = Parameters({} if drawn.eps == USUAL_EPS else {"eps": drawn.eps})
    if kind == BATCH:
        found |= {"mode": "train", "momentum": drawn.momentum}
        found |= {"running_mean": drawn.running_mean, "running_var": drawn.running_var}
    return found


def arguments(drawn: Instance, kind: str) -> tuple[Any, ...]:
    """The arguments of a forward function."""
    return drawn.x, drawn.gamma, drawn.beta, settings(drawn, kind)


def _statistics(x: Array, axis: int, ddof: int = 0) -> tuple[Array, Array]:
    """x less its mean, and its variance."""
    mu = x.mean(axis=axis, keepdims=True)
    divisor = max(x.shape[axis] - ddof, 1)
    return x - mu, ((x - mu) ** 2).sum(axis=axis, keepdims=True) / divisor


def known_outs(drawn: Instance, kind: str) -> tuple[tuple[str, str, Array], ...]:
    """Triples (id, detail, out): what the usual slips make of out."""
    eps, gamma, beta, axis = drawn.eps, drawn.gamma, drawn.beta, AXES[kind]
    (xc, var), (_, unbiased) = (_statistics(drawn.x, axis, ddof) for ddof in (0, 1))
    other = _statistics(drawn.x, -3 - axis)
    xhat = xc / np.sqrt(var + eps)
    return (
        ("norm-ddof", "", gamma * xc / np.sqrt(unbiased + eps) + beta),
        ("norm-eps-place", "behind the root", gamma * xc / (np.sqrt(var) + eps) + beta),
        ("norm-root-missing", "", gamma * xc / (var + eps) + beta),
        ("norm-wrong-axis", "", gamma * other[0] / np.sqrt(other[1] + eps) + beta),
        ("norm-gamma-left-out", "", xhat + beta),
        ("norm-gamma-left-out", "beta is left out too", xhat),
    )


def _formula(drawn: Instance, kind: str) -> Formula:
    axis = AXES[kind] % 2
    mean, var = f"np.mean(x, axis={axis})", f"np.var(x, axis={axis})"
    held = {"x": drawn.x, "gamma": drawn.gamma, "beta": drawn.beta, "eps": drawn.eps}
    if kind == BATCH:
        held |= {"running_mean": drawn.running_mean, "running_var": drawn.running_var}
        held["momentum"] = drawn.momentum
    whole = "gamma * (x - ({})) / np.sqrt({} + eps) + beta".format
    mixed = "momentum * {} + (1 - momentum) * {}".format
    newer = whole(mixed("running_mean", mean), mixed("running_var", var))
    others = (whole("running_mean", "running_var"), newer) if kind == BATCH else ()
    return Formula(whole(mean, var), held, others=others)


def forward_trials(kind: str, student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """In train mode; the averages that are in bn_param play no part."""
    more = (*SIZES[kind][:3], ONE_FEATURE) if kind == BATCH else SIZES[kind]
    for (N, D), eps in zip((*more, (4, 3)), (*EPS, USUAL_EPS), strict=True):
        drawn = instance(rng, N, D, eps)
        known = [(id, told, {"out": out}) for id, told, out in known_outs(drawn, kind)]
        yield Trial(
            drawn.label,
            arguments(drawn, kind),
            values={"out": drawn.graph(kind).value("out")},
            relatives=relatives(*known),
            sizes=drawn.sizes,
            formulas={"out": _formula(drawn, kind)},
        )


def small_trials(kind: str, student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for N, D in SMALL[kind]:
        drawn = whole_instance(rng, N, D, kind)
        out = drawn.graph(kind).value("out")
        yield Trial(drawn.label, arguments(drawn, kind), values={"out": out})


def own_forward(student: Student, kind: str, drawn: Instance) -> Forward:
    """The student's forward function; another batch goes through before the way back."""
    name = f"{kind}_forward"

    def forward(x: Array, gamma: Array, beta: Array) -> tuple[Any, Any]:
        found = take("out", "cache")(student.call(name, x, gamma, beta, settings(drawn, kind)))
        student.call(name, 1 - x, gamma, beta, settings(drawn, kind))
        return found["out"], found["cache"]

    return forward


def forward_exercise(kind: str) -> Exercise:
    """The exercise ``batchnorm_forward`` or ``layernorm_forward``."""
    more = (AVERAGES, TEST_MODE) if kind == BATCH else ()
    return Exercise(
        f"{kind}_forward",
        UNIT,
        partial(forward_trials, kind),
        take("out", "_cache"),
        (SHAPES, *values("out"), *more, UNCHANGED),
        smaller=partial(small_trials, kind),
        writes=(3,),
    )
