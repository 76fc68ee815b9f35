"""Backward rules that look at the gradient itself, followed from the last layer to the first.

An edit of a wire is fixed before anything flows back. Some mistakes are not: they use the sign of
the gradient that arrives, or drop it, or send the signal through dW. Here the edits are made layer
by layer from the top, each one from the gradients that the edits above it give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from autograder.engine.diagnosis.edits import bypass, cut, merge, through
from autograder.engine.diagnosis.forms import WholeEdit
from autograder.engine.diagnosis.mistakes import Mistakes
from autograder.engine.problem import Problem
from autograder.mistakes.catalogue.signal import (
    DW_INSTEAD_OF_W,
    RELU_DROPS_UPSTREAM,
    RELU_MASK_ON_GRADIENT,
    REUSE_OUTPUT_DZ,
    UPDATED_WEIGHTS_IN_BACKWARD,
)
from autograder.networks import Array, Edits
from autograder.networks.blocks import derivative
from autograder.networks.facts import layer_facts
from autograder.oracle import gradient

MISTAKES = Mistakes("columns")

Slopes = Callable[[Sequence[str]], dict[str, Array]]
Step = Callable[[Problem, int, Slopes], Edits]


def downward(step: Step) -> WholeEdit:
    """Edits made by ``step(problem, layer, gradients)`` for layers L, ..., 1 in this order.

    The form has to be entered with ``last=True``: other causes' edits come before.
    """

    def edits(problem: Problem) -> Edits:
        made: Edits = {}
        for n in range(layer_facts(problem.graph).L, 0, -1):
            made = merge(made, step(problem, n, partial(_slopes, problem, made)))
        return made

    return edits


def _slopes(problem: Problem, made: Edits, at: Sequence[str]) -> dict[str, Array]:
    return gradient(problem.graph, at, merge(problem.given, made))


def _replace_slope(n: int, slope: Array) -> Edits:
    return {f"A{n}": bypass(f"Z{n}->A{n}", lambda z, a: slope)}


def force(n: int, slope: Array) -> Edits:
    """Make dJ/dZ of layer n what it is told, whatever arrives from above."""

    def add(value: Array, seen: Mapping[str, Array]) -> Array:
        axes = tuple(range(-slope.ndim, 0))
        return np.asarray(value + 1j * (slope * seen[f"Z{n}"].imag).sum(axis=axes))

    return {f"Z{n}->A{n}": cut(), "J": add}


def _has(problem: Problem, n: int, activation: str) -> bool:
    known = layer_facts(problem.graph).activations[n - 1] == activation
    return known and f"Z{n}->A{n}" in problem.graph.wires()


def _mask_on_gradient(problem: Problem, n: int, slopes: Slopes) -> Edits:
    if not _has(problem, n, "relu"):
        return {}
    return _replace_slope(n, (slopes([f"A{n}"])[f"A{n}"] > 0).astype(float))


MISTAKES.whole(RELU_MASK_ON_GRADIENT, downward(_mask_on_gradient), last=True)


def _drop(activation: str) -> Step:
    def step(problem: Problem, n: int, slopes: Slopes) -> Edits:
        if not _has(problem, n, activation):
            return {}
        local = derivative(activation, problem.graph.value(f"Z{n}"))
        return force(n, local / problem.signal)

    return step


MISTAKES.whole(RELU_DROPS_UPSTREAM, downward(_drop("relu")), "dZ = (Z > 0)", last=True)
MISTAKES.whole(RELU_DROPS_UPSTREAM, downward(_drop("sigmoid")), "dZ = A (1 - A)", last=True)
MISTAKES.whole(
    RELU_DROPS_UPSTREAM, downward(_drop("tanh")), "dx = 1 - out²", last=True, on=("rows",)
)


def _through_dw(problem: Problem, n: int, slopes: Slopes) -> Edits:
    W = problem.graph.inputs.get(f"W{n}")
    if W is None:
        return {}
    return {f"Z{n}": through(f"A{n - 1}->Z{n}", W, slopes([f"W{n}"])[f"W{n}"])}


MISTAKES.whole(DW_INSTEAD_OF_W, downward(_through_dw), last=True)


def _same_residual(problem: Problem, n: int, slopes: Slopes) -> Edits:
    depth = layer_facts(problem.graph).L
    if n == depth or layer_facts(problem.graph).Y is None:
        return {}
    error = slopes([f"Z{depth}"])[f"Z{depth}"]
    slope = derivative(layer_facts(problem.graph).activations[n - 1], problem.graph.value(f"Z{n}"))
    return force(n, error * slope) if error.shape[0] in (1, slope.shape[0]) else {}


MISTAKES.whole(REUSE_OUTPUT_DZ, downward(_same_residual), last=True)


def _updated(problem: Problem, n: int, slopes: Slopes) -> Edits:
    W, rate = problem.graph.inputs.get(f"W{n}"), layer_facts(problem.graph).learning_rate
    if W is None or rate is None:
        return {}
    moved = W - rate * slopes([f"W{n}"])[f"W{n}"]
    return {f"Z{n}": through(f"A{n - 1}->Z{n}", W, moved)}


MISTAKES.whole(UPDATED_WEIGHTS_IN_BACKWARD, downward(_updated), last=True)
