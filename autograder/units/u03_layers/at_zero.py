"""The slope of a ReLU where its input is exactly 0."""

from __future__ import annotations

import numpy as np

from autograder.engine.compare import form
from autograder.engine.exercise import Property, Wanting, take
from autograder.engine.student import NotWritten, Student
from autograder.units.u03_layers.instances import pointwise_inputs


def closed_at_zero(student: Student, rng: np.random.Generator) -> None:
    """lets nothing pass where x is exactly 0.

    At x = 0 every slope from 0 to 1 is a subgradient; the contract chose 0.
    """
    x, dout = pointwise_inputs(rng, (5, 4))
    x[::2, 1:3] = 0.0
    _, cache = take("out", "cache")(student.call("relu_forward", x)).values()
    dx = student.call("relu_backward", dout, cache)
    if (gap := form("dx", dx, x.shape)) is not None and gap.wrong:
        raise NotWritten("relu_backward", gap.message)
    if not np.allclose(dx[x != 0.0], (dout * (x > 0))[x != 0.0]):
        raise NotWritten("relu_backward", "dx has to be right where x is not 0 first")
    if np.any(dx[x == 0.0] != 0.0):
        raise Wanting(
            "where x is exactly 0 it lets the gradient pass; the contract asks for the slope 0",
            "relu-mask-a-vs-z",
        )


AT_ZERO = Property("passes_nothing_at_zero", holds=closed_at_zero, alone=False)
