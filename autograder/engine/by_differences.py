"""When the student's own forward pass is wrong: the numeric gradient of *that* forward.

A wrong forward is one mistake and is told where it belongs. The backward function is then asked
to be the gradient of the forward that it was given, as far as that can be measured from outside:
at the inputs and the parameters, by central differences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.engine.exercise import Misshapen, Trial
from autograder.engine.own_forward import OwnForward
from autograder.engine.problem import Problem
from autograder.errors.words import article
from autograder.networks import Array

#: Accuracy asked where the truth is a central difference of a function that we cannot see into.
TOLERANCE = 1e-4


def by_differences(
    label: str,
    args: tuple[Any, ...],
    problem: Problem,
    leaves: Mapping[str, Array],
    cost: Callable[[Mapping[str, Array]], float],
    forward: str,
) -> Trial:
    """A trial whose truth are central differences of `cost` at the claimed leaves."""
    own = OwnForward(forward, problem, leaves, cost)
    note = (
        f"Your {forward} is not right yet: mend it first. Here the gradients are compared with "
        f"the numeric gradient of the forward pass as you wrote it, or of the right one: each of "
        f"the two counts."
    )
    return Trial(
        label, args, problem, truth=lambda: own.truth, own=own, tolerance=TOLERANCE, note=note
    )


def shaped(value: Any, shape: tuple[int, ...]) -> Array:
    """What a student's function returned, as an array of that shape.

    Raises
    ------
    Misshapen
        If it has another shape or holds no numbers.
    """
    try:
        array = np.asarray(value)
    except ValueError:  # lists of unequal lengths
        kind = article(type(value).__name__)
        raise Misshapen(f"it returned {kind}, expected shape {shape}") from None
    if array.dtype.kind not in "fiu" or array.shape != shape:
        raise Misshapen(f"it returned shape {array.shape} of {array.dtype}, expected {shape}")
    return array.astype(float)
