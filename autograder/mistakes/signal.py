"""Backward rules that look at the gradient itself, followed from the last layer to the first.

An edit of a wire is fixed before anything flows back. Some mistakes are not: they use the sign of
the gradient that arrives, or drop it, or send the signal through dW. Here the edits are made layer
by layer from the top, each one from the gradients that the edits above it give.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from autograder.engine.diagnosis.catalogue import WholeEdit, misconception
from autograder.engine.diagnosis.edits import bypass, cut, merge, through
from autograder.engine.problem import Problem
from autograder.networks import Array, Edits
from autograder.networks.blocks import derivative
from autograder.oracle import gradient

Slopes = Callable[[Sequence[str]], dict[str, Array]]
Step = Callable[[Problem, int, Slopes], Edits]


def downward(step: Step) -> WholeEdit:
    """Edits made by ``step(problem, layer, gradients)`` for layers L, ..., 1 in this order.

    The form has to be entered with ``last=True``: other causes' edits come before.
    """

    def edits(problem: Problem) -> Edits:
        made: Edits = {}
        for n in range(problem.graph.facts["L"], 0, -1):
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
    known = problem.graph.facts["activations"][n - 1] == activation
    return known and f"Z{n}->A{n}" in problem.graph.wires()


def _mask_on_gradient(problem: Problem, n: int, slopes: Slopes) -> Edits:
    if not _has(problem, n, "relu"):
        return {}
    return _replace_slope(n, (slopes([f"A{n}"])[f"A{n}"] > 0).astype(float))


misconception(
    "relu-mask-on-gradient",
    unit="03",
    title="the mask looks at dA",
    computed="a gradient in which negative signals are blocked, whether the unit was active or not",
    formula="dZ = dA * (Z > 0)",
    ask="Which array decides whether a ReLU unit was active: Z, or the gradient that arrives?",
    section="03, Slopes: sigmoid, tanh, ReLU",
).form(whole=downward(_mask_on_gradient), last=True)


def _drop(activation: str) -> Step:
    def step(problem: Problem, n: int, slopes: Slopes) -> Edits:
        if not _has(problem, n, activation):
            return {}
        local = derivative(activation, problem.graph.value(f"Z{n}"))
        return force(n, local / problem.signal)

    return step


misconception(
    "relu-drops-upstream",
    unit="03",
    title="the signal from above is dropped",
    computed="the local slope alone, as if every unit's dA were 1",
    formula="dZ = dA * g′(Z)",
    ask="What should dZ be if dA is zero, and what is yours?",
    section="03, Slopes: sigmoid, tanh, ReLU",
).form("dZ = (Z > 0)", whole=downward(_drop("relu")), last=True).form(
    "dZ = A (1 - A)", whole=downward(_drop("sigmoid")), last=True
).form("dx = 1 - out²", whole=downward(_drop("tanh")), last=True, on=("rows",))


def _through_dw(problem: Problem, n: int, slopes: Slopes) -> Edits:
    W = problem.graph.inputs.get(f"W{n}")
    if W is None:
        return {}
    return {f"Z{n}": through(f"A{n - 1}->Z{n}", W, slopes([f"W{n}"])[f"W{n}"])}


misconception(
    "dw-instead-of-w",
    unit="04",
    title="the signal goes through dW",
    computed="a gradient handed down through dW, where it has to pass through W",
    formula="dA_prev = Wᵀ dZ",
    ask="Through which numbers did A_prev reach Z in the forward pass: W or dW?",
    section="04, One linear layer, index by index",
).form(whole=downward(_through_dw), last=True)


def _same_residual(problem: Problem, n: int, slopes: Slopes) -> Edits:
    depth = problem.graph.facts["L"]
    if n == depth or "Y" not in problem.graph.facts:
        return {}
    error = slopes([f"Z{depth}"])[f"Z{depth}"]
    slope = derivative(problem.graph.facts["activations"][n - 1], problem.graph.value(f"Z{n}"))
    return force(n, error * slope) if error.shape[0] in (1, slope.shape[0]) else {}


misconception(
    "reuse-output-dz",
    unit="04",
    title="every layer starts from A - Y",
    computed="a gradient in which each hidden layer takes the output's error A - Y as its own",
    formula="dZ^[l] = W^[l+1]ᵀ dZ^[l+1] * g′(Z^[l])",
    ask="A hidden unit has no label. How does the error of the output reach it?",
    section="04, A chain of layers",
).form(whole=downward(_same_residual), last=True)


def _updated(problem: Problem, n: int, slopes: Slopes) -> Edits:
    W, rate = problem.graph.inputs.get(f"W{n}"), problem.graph.facts.get("learning_rate")
    if W is None or rate is None:
        return {}
    moved = W - rate * slopes([f"W{n}"])[f"W{n}"]
    return {f"Z{n}": through(f"A{n - 1}->Z{n}", W, moved)}


misconception(
    "updated-weights-in-backward",
    unit="06",
    title="weights were updated on the way back",
    computed="a gradient taken at two points: the layers below go back through weights that were "
    "updated already",
    formula="all gradients at the same parameters first, then one step",
    ask="When dA_prev of this layer is computed, which W is used: the one of the forward pass?",
    section="04, Learn",
).form(whole=downward(_updated), last=True)
