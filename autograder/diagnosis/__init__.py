"""Name the gradient that was computed instead."""

from autograder.diagnosis import (  # noqa: F401  they fill the catalogue
    behaviour,
    chain,
    gradcheck,
    graphs,
    graphs_slopes,
    jacobians,
    layouts,
    local,
    long_time,
    products,
    rnn_bias,
    rnn_caches,
    rnn_cell,
    rnn_ends,
    rnn_loop,
    rnn_output,
    rnn_signal,
    rnn_tanh,
    rnn_time,
    rows,
    rows_affine,
    rows_memory,
    rows_scale,
    rows_shapes,
    rows_softmax,
    rows_walk,
    rules,
    scale,
    shapes,
    softmax,
    values,
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
