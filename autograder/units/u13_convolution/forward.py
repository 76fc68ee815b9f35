"""Unit 13, the forward passes: a window that moves over images with a border."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from autograder.engine.exercise import SHAPES, UNCHANGED, Exercise, Trial, take, values
from autograder.engine.parts import Later
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.units.u13_convolution.contract import UNIT
from autograder.units.u13_convolution.instances import Instance, instance, whole_instance
from autograder.units.u13_convolution.other_outs import (
    known_convs,
    known_pools,
    other_convs,
    other_pools,
)
from autograder.units.u13_convolution.sizes import CONVS, POOLS, SMALL_CONVS, SMALL_POOLS

#: What is taken off the images of the last trial.
LOW = 2000.0


def conv_arguments(drawn: Instance) -> tuple[Array, Array, Array, Parameters]:
    """x, w, b, conv_param."""
    return drawn.x, drawn.w, drawn.b, Parameters(drawn.conv_param)


def conv_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in CONVS:
        drawn = instance(rng, sizes)
        yield Trial(
            sizes.label,
            conv_arguments(drawn),
            values={"out": drawn.conv.value("out")},
            relatives=Later(lambda drawn=drawn: known_convs(drawn)),  # type: ignore[misc]
            instead={"out": other_convs(drawn)},
            sizes=sizes.letters,
        )


def small_conv_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SMALL_CONVS:
        drawn = whole_instance(rng, sizes)
        yield Trial(sizes.label, conv_arguments(drawn), values={"out": drawn.conv.value("out")})


def pool_arguments(drawn: Instance) -> tuple[Array, Parameters]:
    """x, pool_param."""
    return drawn.x, Parameters(drawn.pool_param)


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
        relatives=Later(lambda: known_pools(drawn)),
        instead={"out": other_pools(drawn)},
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
