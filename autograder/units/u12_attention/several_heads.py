"""Unit 12: self-attention with several heads, and the road of X past all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
    values,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.networks.attention import WEIGHTS
from autograder.units.u12_attention import large_scores
from autograder.units.u12_attention.contract import UNIT
from autograder.units.u12_attention.instances import (
    HEADS,
    SMALL_HEADS,
    Heads,
    heads,
    label,
    whole_heads,
)
from autograder.units.u12_attention.one_head import own_forward
from autograder.units.u12_attention.wrong_outs import known_layers, layer_instead

LEAVES = ("X", *WEIGHTS)
CLAIMS = {f"d{name}": Claim(name) for name in LEAVES}


def forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in HEADS:
        drawn = heads(rng, *sizes)
        yield Trial(
            label(drawn, sizes[-1]),
            drawn.args,
            values={"out": drawn.graph.value("out")},
            relatives=known_layers(drawn),
            sizes=drawn.sizes,
            instead={"out": layer_instead(drawn)},
        )


def small_forwards(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SMALL_HEADS:
        drawn = whole_heads(rng, *sizes)
        out = drawn.graph.value("out")
        yield Trial(label(drawn, sizes[-1]), drawn.args, values={"out": out})


def backward_trial(student: Student, drawn: Heads, told: str) -> Trial:
    """One call; where the forward pass is wrong, compared with differences of that one."""
    forward = own_forward(student, "self_attention_forward", *drawn.args[5:])
    graph = drawn.graph
    out, cache = forward(drawn.X, *(drawn.parameters[name] for name in WEIGHTS))
    problem, args = Problem(graph, CLAIMS), (drawn.dout, cache)
    if is_right(out, graph.value("out")):
        known = {name: graph.value(name) for name in (*LEAVES, "H")}
        return Trial(told, args, problem, sizes=drawn.sizes, symbols=known)

    def cost(leaves: Mapping[str, Array]) -> float:
        found, _ = forward(*(leaves[name] for name in LEAVES))
        return float((drawn.dout * shaped(found, drawn.dout.shape)).sum())

    return by_differences(told, args, problem, dict(graph.inputs), cost, "self_attention_forward")


def backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in HEADS:
        drawn = heads(rng, *sizes)
        yield backward_trial(student, drawn, label(drawn, sizes[-1]))
    _, far = large_scores.heads(rng, large_scores.WIDTHS[0], *large_scores.HIDDEN)
    forward = own_forward(student, "self_attention_forward", *far.args[5:])
    if is_right(forward(*far.args[:5])[0], far.graph.value("out")):
        yield backward_trial(student, far, label(far, "far"))


def small_backwards(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Few whole numbers, where the forward pass is right."""
    for sizes in SMALL_HEADS:
        drawn = whole_heads(rng, *sizes)
        trial = backward_trial(student, drawn, label(drawn, sizes[-1]))
        if trial.own is None:
            yield trial


FORWARD = Exercise(
    "self_attention_forward",
    UNIT,
    forward_trials,
    take("out", "_cache"),
    (
        SHAPES,
        *values("out"),
        large_scores.large_scores("self_attention_forward", large_scores.heads),
        UNCHANGED,
    ),
    after=("attention_forward",),
    smaller=small_forwards,
)
BACKWARD = Exercise(
    "self_attention_backward",
    UNIT,
    backward_trials,
    take(*CLAIMS),
    (SHAPES, *gradients(*CLAIMS), UNCHANGED, TWICE),
    after=("self_attention_forward", "attention_backward"),
    smaller=small_backwards,
)
