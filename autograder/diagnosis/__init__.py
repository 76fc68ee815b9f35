"""Name the gradient that was computed instead."""

from autograder.diagnosis import (  # noqa: F401  they fill the catalogue
    behaviour,
    chain,
    jacobians,
    local,
    products,
    rnn_bias,
    rnn_cell,
    rnn_ends,
    rnn_loop,
    rnn_output,
    rnn_time,
    rules,
    scale,
    shapes,
    softmax,
    wiring,
)
from autograder.diagnosis.catalogue import CATALOGUE, Form, Misconception, behaves
from autograder.diagnosis.explain import explain
from autograder.diagnosis.hypothesis import Cause, Evidence, Explanation

__all__ = [
    "CATALOGUE",
    "Cause",
    "Evidence",
    "Explanation",
    "Form",
    "Misconception",
    "behaves",
    "explain",
]
