"""Unit 12: attention with one head, forward and backward."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

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
from autograder.units.u12_attention import large_scores, right
from autograder.units.u12_attention.contract import UNIT
from autograder.units.u12_attention.instances import (
    ONE_HEAD,
    SMALL_ONE,
    OneHead,
    label,
    one_head,
    whole_one_head,
)
from autograder.units.u12_attention.wrong_outs import known_outs, out_instead

CLAIMS = {"dQ": Claim("Q"), "dK": Claim("K"), "dV": Claim("V")}
#: A forward function of the student's, as (out, cache).
Forward = Callable[..., tuple[Any, Any]]


def forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in ONE_HEAD:
        drawn = one_head(rng, *sizes)
        yield Trial(
            label(drawn, sizes[-1]),
            drawn.args,
            values={"out": drawn.graph.value("out")},
            relatives=known_outs(drawn),
            sizes=drawn.sizes,
            instead={"out": out_instead(drawn)},
        )


def small_forwards(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SMALL_ONE:
        drawn = whole_one_head(rng, *sizes)
        out = drawn.graph.value("out")
        yield Trial(label(drawn, sizes[-1]), drawn.args, values={"out": out})


FORWARD = Exercise(
    "attention_forward",
    UNIT,
    forward_trials,
    take("out", "_cache"),
    (
        SHAPES,
        *values("out"),
        large_scores.large_scores("attention_forward", large_scores.one_head),
        UNCHANGED,
    ),
    right=right.attention_forward,
    layouts=len(right.ONE_HEAD),
    smaller=small_forwards,
)


def own_forward(student: Student, name: str, *rest: Any) -> Forward:
    """A forward function of the student's; other numbers go through before the way back."""

    def forward(*leaves: Array) -> tuple[Any, Any]:
        found = take("out", "cache")(student.call(name, *leaves, *rest))
        student.call(name, *(1 - leaf for leaf in leaves), *rest)
        return found["out"], found["cache"]

    return forward


def backward_trial(student: Student, drawn: OneHead, told: str) -> Trial:
    """One call; where the forward pass is wrong, compared with differences of that one."""
    forward, graph = own_forward(student, "attention_forward", *drawn.args[3:]), drawn.graph
    out, cache = forward(drawn.Q, drawn.K, drawn.V)
    problem, args = Problem(graph, CLAIMS), (drawn.dout, cache)
    if is_right(out, graph.value("out")):
        known = {"Q": drawn.Q, "K": drawn.K, "V": drawn.V, "P": graph.value("P")}
        return Trial(told, args, problem, sizes=drawn.sizes, symbols=known)

    def cost(leaves: Mapping[str, Array]) -> float:
        found, _ = forward(*(leaves[name] for name in "QKV"))
        return float((drawn.dout * shaped(found, drawn.dout.shape)).sum())

    return by_differences(told, args, problem, dict(graph.inputs), cost, "attention_forward")


def backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in ONE_HEAD:
        drawn = one_head(rng, *sizes)
        yield backward_trial(student, drawn, label(drawn, sizes[-1]))
    _, far = large_scores.one_head(rng, large_scores.WIDTHS[0], *large_scores.HIDDEN)
    forward = own_forward(student, "attention_forward", *far.args[3:])
    if is_right(forward(*far.args[:3])[0], far.graph.value("out")):
        yield backward_trial(student, far, label(far, "far"))


def small_backwards(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Few whole numbers, where the forward pass is right."""
    for sizes in SMALL_ONE:
        drawn = whole_one_head(rng, *sizes)
        trial = backward_trial(student, drawn, label(drawn, sizes[-1]))
        if trial.own is None:
            yield trial


BACKWARD = Exercise(
    "attention_backward",
    UNIT,
    backward_trials,
    take(*CLAIMS),
    (SHAPES, *gradients(*CLAIMS), UNCHANGED, TWICE),
    after=("softmax_rows_backward", "attention_forward"),
    right=right.attention_backward,
    smaller=small_backwards,
)
