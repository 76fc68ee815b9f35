"""Unit 11, the backward passes: three roads from x to x_hat.

They are vector-Jacobian products, as in unit 03: derivatives of J = sum(dout * out), without 1/N.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import numpy as np

from autograder.engine.by_differences import by_differences, shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Trial,
    gradients,
    take,
)
from autograder.engine.formulas import Formula
from autograder.engine.locate.touchstones import adds_up_to_0
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks import Array, Graph
from autograder.networks.normalised import AXES, BATCH, LAYER
from autograder.units.u11_normalisation.contract import UNIT
from autograder.units.u11_normalisation.forward import SIZES, own_forward
from autograder.units.u11_normalisation.instances import (
    EPS,
    SMALL,
    Instance,
    instance,
    whole_instance,
)

CLAIMS = {"dx": Claim("x"), "dgamma": Claim("gamma"), "dbeta": Claim("beta")}


def backward_trial(student: Student, drawn: Instance, kind: str) -> Trial:
    """One call; where the forward pass is wrong, compared with differences of that one."""
    forward, graph = own_forward(student, kind, drawn), drawn.graph(kind)
    out, cache = forward(drawn.x, drawn.gamma, drawn.beta)
    problem, args = Problem(graph, CLAIMS), (drawn.dout, cache)
    if is_right(out, graph.value("out")):
        known = {"x": drawn.x, "gamma": drawn.gamma, "x_hat": graph.value("x_hat")}
        lines = _lines(drawn, graph, kind)
        return Trial(drawn.label, args, problem, sizes=drawn.sizes, symbols=known, formulas=lines)

    def cost(leaves: Mapping[str, Array]) -> float:
        found, _ = forward(*(leaves[name] for name in ("x", "gamma", "beta")))
        return float((drawn.dout * shaped(found, drawn.dout.shape)).sum())

    return by_differences(drawn.label, args, problem, dict(graph.inputs), cost, f"{kind}_forward")


def _lines(drawn: Instance, graph: Graph, kind: str) -> dict[str, Formula]:
    """The three lines of the way back; std has the shape of a mean that keeps its axis."""
    axis = AXES[kind] % 2
    std = np.expand_dims(graph.value("std"), axis)
    held = {"dout": drawn.dout, "x_hat": graph.value("x_hat"), "gamma": drawn.gamma, "std": std}
    held |= {"x": drawn.x, "N": drawn.x.shape[0], "D": drawn.x.shape[1]}
    up, mean = "(gamma * dout)", f"np.mean(gamma * dout, axis={axis})"
    along = f"np.mean(gamma * dout * x_hat, axis={axis})"
    texts = {"dx": f"({up} - {mean} - x_hat * {along}) / std"}
    texts |= {"dgamma": "np.sum(dout * x_hat, axis=0)", "dbeta": "np.sum(dout, axis=0)"}
    sums = f"({up} - {mean.replace('mean', 'sum')} - x_hat * {along.replace('mean', 'sum')}) / std"
    bare = texts["dx"].replace("gamma * ", "")
    others = {"dx": (sums, bare, f"gamma * {bare}")}
    return {name: Formula(text, held, others=others.get(name, ())) for name, text in texts.items()}


for _kind, _line in ((BATCH, "column"), (LAYER, "row")):
    adds_up_to_0(
        f"{_kind}_backward",
        "dx",
        AXES[_kind] % 2,
        f"1 more in all the numbers of a {_line} of x changes nothing in x_hat",
    )


def backward_trials(kind: str, student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for (N, D), eps in zip(SIZES[kind], EPS, strict=True):
        yield backward_trial(student, instance(rng, N, D, eps), kind)


def small_trials(kind: str, student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Layers of a few whole numbers, where the forward pass is right."""
    for N, D in SMALL[kind]:
        trial = backward_trial(student, whole_instance(rng, N, D, kind), kind)
        if trial.own is None:
            yield trial


def backward_exercise(kind: str) -> Exercise:
    """The exercise ``batchnorm_backward`` or ``layernorm_backward``."""
    return Exercise(
        f"{kind}_backward",
        UNIT,
        partial(backward_trials, kind),
        take(*CLAIMS),
        (SHAPES, *gradients(*CLAIMS), UNCHANGED, TWICE),
        after=(f"{kind}_forward",),
        smaller=partial(small_trials, kind),
    )
