"""Unit 10b: one step, all letters of a word forward, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.engine.by_differences import by_differences, shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Property,
    Trial,
    gradients,
    register,
    take,
    take_dict,
    values,
)
from autograder.engine.parts import relatives
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u10b_characters import right
from autograder.units.u10b_characters.contract import BESIDE, NODES, UNIT
from autograder.units.u10b_characters.instances import (
    SIZES,
    SMALL,
    WordInstance,
    label,
    sizes_of,
    small_word,
    word_instance,
)
from autograder.units.u10b_characters.states import returns_the_states

CLAIMS = {f"d{name}": Claim(node) for name, node in NODES.items()}


def _column(letter: int | None, V: int) -> Array:
    x = np.zeros((V, 1))
    if letter is not None:
        x[letter] = 1.0
    return x


def _step(drawn: WordInstance, t: int) -> Trial:
    """One step of a word, its state and its probabilities; with zeros as x at the first one."""
    V = len(drawn.parameters["by"])
    p = drawn.graph.value(f"yhat{t}")
    args = (Parameters(drawn.parameters), drawn.state(t - 1), _column(drawn.X[t - 1], V))
    known = {"a_next": drawn.state(t), "p_t": p}
    ones = known | {"p_t": np.ones(p.shape)}
    return Trial(
        f"{label(drawn)}, step {t}",
        args,
        values=known,
        sizes=sizes_of(drawn),
        relatives=relatives(("softmax-wrong-axis", "over axis 1, which has one column", ones)),
    )


def step_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SIZES:
        drawn = word_instance(rng, sizes)
        for t in dict.fromkeys((1, drawn.steps)):
            yield _step(drawn, t)


def small_steps(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Steps of one or two units."""
    for sizes in SMALL:
        drawn = small_word(rng, sizes)
        yield _step(drawn, drawn.steps)


register(
    Exercise(
        "rnn_step_forward",
        UNIT,
        step_trials,
        take("a_next", "p_t"),
        (SHAPES, *values("a_next", "p_t"), UNCHANGED),
        beside=BESIDE,
        right=right.rnn_step_forward,
        smaller=small_steps,
    )
)


def _forward(drawn: WordInstance) -> Trial:
    """All letters of a word; what known slips give beside it."""
    L, T = float(drawn.graph.value("J")), drawn.steps
    losses = [float(drawn.graph.value(f"L{t}").item()) for t in range(1, T + 1)]
    known = [("divide-by-T", "", {"loss": L / T})] if T > 1 else []
    known += [("word-loss-last-letter", "", {"loss": losses[-1]})] if T > 1 else []
    known += [("word-none-is-all-ones", "", {"loss": _all_ones(drawn)})]
    known += [("word-state-not-carried", "it starts with zeros", {"loss": _from_zero(drawn)})]
    return Trial(
        label(drawn),
        drawn.args(),
        values={"loss": np.asarray(L)},
        sizes=sizes_of(drawn),
        relatives=relatives(*known),
    )


def _all_ones(drawn: WordInstance) -> float:
    """L where the first x is a column of ones: ``x[None] = 1`` writes into all entries."""
    x = drawn.graph.inputs["x"].copy()
    x[:, :, 0] = 1.0
    return float(replace(drawn.graph, inputs={**drawn.graph.inputs, "x": x}).value("J"))


def _from_zero(drawn: WordInstance) -> float:
    other = WordInstance(drawn.X, drawn.Y, 0 * drawn.a_prev, drawn.parameters)
    return float(other.graph.value("J"))


def forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SIZES:
        yield _forward(word_instance(rng, sizes))


def small_forward(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Words of one to three letters."""
    for sizes in SMALL:
        yield _forward(small_word(rng, sizes))


register(
    Exercise(
        "rnn_forward",
        UNIT,
        forward_trials,
        take("loss", "_cache"),
        (SHAPES, *values("loss"), UNCHANGED, TWICE),
        after=("rnn_step_forward",),
        beside=BESIDE,
        smaller=small_forward,
    )
)


def _gradients(value: Any) -> dict[str, Any]:
    """The five gradients; what else the dict holds, such as da_next, nobody looks at."""
    found = take_dict(take("gradients", "_a")(value)["gradients"])
    return {name: array for name, array in found.items() if name in CLAIMS}


def _backward(student: Student, drawn: WordInstance, forgiving: bool = True) -> Trial | None:
    """One call of rnn_backward; where forward is wrong, by its own differences."""
    X, Y, a_prev, parameters = drawn.args()
    found = take("loss", "cache")(student.call("rnn_forward", X, Y, a_prev, parameters))
    loss, cache = found.values()
    # what counts is the cache that is handed over, not that of the last call
    student.call("rnn_forward", X, Y, a_prev + 1, parameters)
    args, problem = (X, Y, parameters, cache), Problem(drawn.graph, CLAIMS)
    if is_right(shaped(loss, ()), drawn.graph.value("J")):
        states = {f"a_{t}": drawn.state(t) for t in range(1, drawn.steps + 1)}
        named = {"a_prev": a_prev, **states}  # a_prev stands in the cache alone
        return Trial(label(drawn), args, problem, sizes=sizes_of(drawn), symbols=named)
    if not forgiving:
        return None

    def cost(leaves: Mapping[str, Array]) -> float:
        held = Parameters({name: leaves[node] for name, node in NODES.items()})
        found = take("loss", "_cache")(student.call("rnn_forward", X, Y, leaves["a0"], held))
        return float(shaped(found["loss"], ()))

    leaves = dict(drawn.graph.inputs)
    return by_differences(label(drawn), args, problem, leaves, cost, "rnn_forward")


def backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SIZES:
        trial = _backward(student, word_instance(rng, sizes))
        assert trial is not None
        yield trial


def small_backward(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Words of one to three letters, where the forward pass is right."""
    for sizes in SMALL:
        trial = _backward(student, small_word(rng, sizes), forgiving=False)
        if trial is not None:
            yield trial


register(
    Exercise(
        "rnn_backward",
        UNIT,
        backward_trials,
        _gradients,
        (
            SHAPES,
            *gradients("dWya", "dby", "dWax", "dWaa", "db"),
            Property("returns_the_states", holds=returns_the_states, alone=False),
            UNCHANGED,
            TWICE,
        ),
        after=("rnn_forward", "rnn_step_forward"),
        beside=BESIDE,
        right=right.rnn_backward,
        unread=("X",),
        smaller=small_backward,
    )
)
