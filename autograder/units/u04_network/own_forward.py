"""Unit 04: trials against the numeric gradient of the student's own forward pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.engine.by_differences import by_differences, shaped
from autograder.engine.exercise import Trial, take
from autograder.engine.problem import Problem
from autograder.engine.student import Parameters
from autograder.networks import Array
from autograder.units.u04_network.instances import MLPInstance


def layer_truth(
    label: str, args: tuple[Any, ...], problem: Problem, forward: Callable[..., Any], up: Array
) -> Trial:
    """A trial of one layer against the numeric gradient of the student's own forward."""
    inputs = problem.graph.inputs
    leaves = {name: inputs[name] for name in ("A0", "W1", "b1")}

    def cost(values: Mapping[str, Array]) -> float:
        out = take("out", "cache")(forward(values["A0"], values["W1"], values["b1"]))["out"]
        return float((up * shaped(out, up.shape)).sum() / up.shape[1])

    return by_differences(
        label,
        args,
        problem,
        leaves,
        cost,
        "linear_activation_forward" if len(args) == 3 else "linear_forward",
    )


def model_truth(
    label: str,
    args: tuple[Any, ...],
    problem: Problem,
    forward: Callable[..., Any],
    drawn: MLPInstance,
) -> Trial:
    """A trial of the whole network against the numeric gradient of the student's own forward."""

    def cost(values: Mapping[str, Array]) -> float:
        AL = take("AL", "caches")(forward(drawn.X, Parameters(values)))["AL"]
        return cross_entropy(AL, drawn.Y)

    return by_differences(label, args, problem, dict(drawn.parameters), cost, "L_model_forward")


def cross_entropy(returned: Any, Y: Array) -> float:
    """The cost J of what a student's forward pass returned; Y is (n_L, m)."""
    A = shaped(returned, Y.shape)
    with np.errstate(all="ignore"):
        losses = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    return float(losses.mean() * Y.shape[0])
