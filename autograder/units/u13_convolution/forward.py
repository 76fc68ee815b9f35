"""Unit 13, the forward passes: a window that moves over images with a border."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from autograder.engine.exercise import SHAPES, UNCHANGED, Exercise, Trial, take, values
from autograder.engine.parts import Later, relatives
from autograder.engine.student import Parameters, Student
from autograder.engine.trial import Relative
from autograder.networks import Array
from autograder.networks.convolution import WindowFacts, by_channel, conv_graph, pooled
from autograder.units.u13_convolution.contract import UNIT
from autograder.units.u13_convolution.instances import (
    CONVS,
    POOLS,
    SMALL_CONVS,
    SMALL_POOLS,
    Instance,
    instance,
    whole_instance,
)

#: What is taken off the images of the last trial.
LOW = 2000.0


def conv_arguments(drawn: Instance) -> tuple[Array, Array, Array, Parameters]:
    """x, w, b, conv_param."""
    return drawn.x, drawn.w, drawn.b, Parameters(drawn.conv_param)


def _convolved(drawn: Instance, w: Array, b: Array) -> Array:
    sizes = drawn.sizes
    return conv_graph(drawn.x, w, b, drawn.dout, sizes.stride, sizes.pad).value("out")


def _known(drawn: Instance) -> tuple[Relative, ...]:
    """What the usual slips make of out."""
    facts, w = drawn.conv.facts, drawn.w
    assert isinstance(facts, WindowFacts)
    near = facts.columns(drawn.conv.value("x_pad"), stride=1)
    unstrided = (w.reshape(len(w), -1) @ near + drawn.b[:, np.newaxis]).reshape(drawn.dout.shape)
    return relatives(
        ("conv-kernel-flipped", "", {"out": _convolved(drawn, w[:, :, ::-1, ::-1], drawn.b)}),
        ("conv-stride-left-out", "", {"out": unstrided}),
        ("conv-one-filter", "", {"out": _convolved(drawn, 0 * w + w[:1], drawn.b)}),
    )


def _instead(drawn: Instance) -> dict[str, Array]:
    """What a wrong out may be, by what it is called."""
    w, b, channels = drawn.w, drawn.b, drawn.x.shape[1]
    return {
        "the sums over the windows, without b": _convolved(drawn, w, 0 * b),
        "b alone, without the windows": _convolved(drawn, 0 * w, b),
        "the sums over the windows, with b added once for each channel": _convolved(
            drawn, w, channels * b
        ),
        "the sums over the windows, with b added once for each weight": _convolved(
            drawn, w, w[0].size * b
        ),
        "the mean over each window in the place of the sum": _convolved(drawn, w / w[0].size, b),
        "the first channel alone": _convolved(
            drawn, np.concatenate([w[:, :1], 0 * w[:, 1:]], axis=1), b
        ),
    }


def conv_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in CONVS:
        drawn = instance(rng, sizes)
        yield Trial(
            sizes.label,
            conv_arguments(drawn),
            values={"out": drawn.conv.value("out")},
            relatives=Later(lambda drawn=drawn: _known(drawn)),  # type: ignore[misc]
            instead={"out": _instead(drawn)},
        )


def small_conv_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SMALL_CONVS:
        drawn = whole_instance(rng, sizes)
        yield Trial(sizes.label, conv_arguments(drawn), values={"out": drawn.conv.value("out")})


def pool_arguments(drawn: Instance) -> tuple[Array, Parameters]:
    """x, pool_param."""
    return drawn.x, Parameters(drawn.pool_param)


def _known_pools(drawn: Instance) -> tuple[Relative, ...]:
    """What the usual slips make of the largest numbers."""
    facts, cols = drawn.pool.facts, drawn.pool.value("cols")
    assert isinstance(facts, WindowFacts)
    summed = by_channel(cols, facts).sum(axis=-2).reshape(drawn.dout.shape)
    near = pooled(facts.columns(drawn.x, stride=1), facts)
    return relatives(
        ("pool-whole-window", "the mean of the window", {"out": pooled(cols, facts, "mean")}),
        ("pool-whole-window", "the sum of the window", {"out": summed}),
        ("conv-stride-left-out", "", {"out": near}),
    )


def _other_pools(drawn: Instance) -> dict[str, Array]:
    facts, cols = drawn.pool.facts, drawn.pool.value("cols")
    assert isinstance(facts, WindowFacts)
    largest = np.max(drawn.x, axis=1, keepdims=True)
    return {
        "the smallest number of each window": -pooled(-cols, facts),
        "the number that is furthest from 0": _furthest(by_channel(cols, facts), drawn),
        "the largest number over all channels": np.broadcast_to(
            pooled(facts.columns(np.broadcast_to(largest, drawn.x.shape)), facts), drawn.dout.shape
        ),
    }


def _furthest(windows: Array, drawn: Instance) -> Array:
    where = np.abs(windows).argmax(axis=-2)[..., np.newaxis, :]
    return np.take_along_axis(windows, where, axis=-2).reshape(drawn.dout.shape)


def pool_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in POOLS:
        yield _pooled(sizes.label, instance(rng, sizes))
    # a maximum that begins at a number hides in what is larger than that
    low = instance(rng, POOLS[0])
    yield _pooled(f"{POOLS[0].label}, all of x below -1000", replace(low, x=low.x - LOW))


def _pooled(label: str, drawn: Instance) -> Trial:
    return Trial(
        label,
        pool_arguments(drawn),
        values={"out": drawn.pool.value("out")},
        sizes=drawn.sizes.letters,
        relatives=Later(lambda: _known_pools(drawn)),
        instead={"out": _other_pools(drawn)},
    )


def small_pool_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SMALL_POOLS:
        drawn = whole_instance(rng, sizes)
        yield Trial(sizes.label, pool_arguments(drawn), values={"out": drawn.pool.value("out")})


CONV_FORWARD = Exercise(
    "conv_forward_naive",
    UNIT,
    conv_trials,
    take("out", "_cache"),
    (SHAPES, *values("out"), UNCHANGED),
    smaller=small_conv_trials,
)
POOL_FORWARD = Exercise(
    "max_pool_forward_naive",
    UNIT,
    pool_trials,
    take("out", "_cache"),
    (SHAPES, *values("out"), UNCHANGED),
    smaller=small_pool_trials,
)
