"""Unit 13, the backward passes: a weight's many places, overlapping windows, a winner.

They are vector-Jacobian products, as in unit 03: derivatives of J = sum(dout * out), without 1/N.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from autograder.engine.by_differences import by_differences, shaped
from autograder.engine.compare import is_right
from autograder.engine.exercise import SHAPES, TWICE, UNCHANGED, Exercise, Trial, gradients, take
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Parameters, Student
from autograder.networks import Array, Graph
from autograder.units.u13_convolution.contract import UNIT
from autograder.units.u13_convolution.instances import Instance, instance, whole_instance
from autograder.units.u13_convolution.sizes import (
    COLUMNS_OF,
    CONVS,
    POOLS,
    SMALL_COLUMNS,
    SMALL_CONVS,
    SMALL_POOLS,
    Sizes,
)

Draw = Callable[[np.random.Generator, Sizes], Instance]
#: One call of a backward function, on one instance.
Call = Callable[[Student, Instance], Trial]
CONV_CLAIMS = {"dx": Claim("x"), "dw": Claim("w"), "db": Claim("b")}
X_CLAIM = {"dx": Claim("x")}


def _trial(
    student: Student,
    drawn: Instance,
    graph: Graph,
    claims: Mapping[str, Claim],
    forward: str,
    param: Mapping[str, int],
) -> Trial:
    """One call; where the forward pass is wrong, compared with differences of that one."""
    leaves = dict(graph.inputs)

    def run(given: Mapping[str, Array]) -> tuple[Any, Any]:
        arrays = [given[name] for name in leaves]
        found = take("out", "cache")(student.call(forward, *arrays, Parameters(param)))
        # another batch goes through before the way back
        student.call(forward, 1 - arrays[0], *arrays[1:], Parameters(param))
        return found["out"], found["cache"]

    out, cache = run(leaves)
    problem, args = Problem(graph, claims), (drawn.dout, cache)
    if is_right(out, graph.value("out")):
        known = drawn.sizes.letters
        return Trial(drawn.sizes.label, args, problem, sizes=known, symbols=leaves)

    def cost(given: Mapping[str, Array]) -> float:
        found, _ = run(given)
        return float((drawn.dout * shaped(found, drawn.dout.shape)).sum())

    return by_differences(drawn.sizes.label, args, problem, leaves, cost, forward)


def conv_call(student: Student, drawn: Instance) -> Trial:
    """One call of ``conv_backward_naive``."""
    given = student, drawn, drawn.conv, CONV_CLAIMS
    return _trial(*given, "conv_forward_naive", drawn.conv_param)


def pool_call(student: Student, drawn: Instance) -> Trial:
    """One call of ``max_pool_backward_naive``."""
    given = student, drawn, drawn.pool, X_CLAIM
    return _trial(*given, "max_pool_forward_naive", drawn.pool_param)


def columns_call(student: Student, drawn: Instance) -> Trial:
    """One call of ``col2im``."""
    sizes = drawn.sizes
    args = (drawn.dcols, sizes.images, *sizes.window, sizes.stride, sizes.pad)
    return Trial(sizes.label, args, Problem(drawn.columns, X_CLAIM), sizes=sizes.letters)


def _trials(
    call: Call, all_sizes: Iterable[Sizes], draw: Draw, student: Student, rng: np.random.Generator
) -> Iterator[Trial]:
    for sizes in all_sizes:
        trial = call(student, draw(rng, sizes))
        if draw is instance or trial.own is None:  # small ones where the forward pass is right
            yield trial


def _exercise(
    name: str,
    call: Call,
    sizes: tuple[tuple[Sizes, ...], tuple[Sizes, ...]],
    claims: Mapping[str, Claim],
    after: tuple[str, ...] = (),
) -> Exercise:
    return Exercise(
        name,
        UNIT,
        partial(_trials, call, sizes[0], instance),
        take(*claims),
        (SHAPES, *gradients(*claims), UNCHANGED, TWICE),
        after=after,
        smaller=partial(_trials, call, sizes[1], whole_instance),
    )


CONV_BACKWARD = _exercise(
    "conv_backward_naive", conv_call, (CONVS, SMALL_CONVS), CONV_CLAIMS, ("conv_forward_naive",)
)
POOL_BACKWARD = _exercise(
    "max_pool_backward_naive", pool_call, (POOLS, SMALL_POOLS), X_CLAIM, ("max_pool_forward_naive",)
)
COL2IM = _exercise("col2im", columns_call, (COLUMNS_OF, SMALL_COLUMNS), X_CLAIM)
