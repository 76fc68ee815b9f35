"""Unit 06a, embeddings: rows are read from a table, and gradients are added into it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from autograder.engine.exercise import (
    SHAPES,
    TWICE,
    UNCHANGED,
    Exercise,
    Trial,
    gradients,
    register,
    take,
    values,
)
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.networks.embedding import embedding_graph
from autograder.units.u06a_regularisation.contract import UNIT

#: (N, T, V, D): all different; a square table; one sequence; one place.
SIZES = ((3, 5, 7, 2), (2, 6, 4, 4), (1, 4, 3, 5), (4, 1, 3, 2))
SMALL = ((1, 2, 2, 1), (1, 3, 3, 1), (2, 2, 3, 2))


def _words(rng: np.random.Generator, N: int, T: int, V: int) -> Array:
    """Words of which one stands at several places, another nowhere.

    The last word of the table is used where N is even: where N is odd, V is more than words tell.
    """
    while True:
        words = rng.integers(0, V, (N, T))
        counts = np.bincount(words.ravel(), minlength=V)
        repeated = counts.max() > 1 and counts.min() == 0 and words[0, 0] != words[-1, -1]
        if repeated and bool(counts[-1]) == (N % 2 == 0):
            return words


def _label(N: int, T: int, V: int, D: int) -> str:
    return f"N = {N}, T = {T}, V = {V}, D = {D}"


def forward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for N, T, V, D in SIZES:
        words, W = _words(rng, N, T, V), rng.normal(size=(V, D))
        yield Trial(_label(N, T, V, D), (words, W), values={"out": W[words]})


register(
    Exercise(
        "embedding_forward",
        UNIT,
        forward_trials,
        take("out"),
        (SHAPES, *values("out"), UNCHANGED),
    )
)


def backward_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SIZES:
        N, T, V, D = sizes
        words, W = _words(rng, N, T, V), rng.normal(size=(V, D))
        yield _backward(sizes, words, W, rng.normal(size=(N, T, D)))


def small_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for sizes in SMALL:
        N, T, V, D = sizes
        words = np.resize(np.array([V - 1, 0, V - 1]), (N, T)) if T > 2 else np.full((N, T), V - 1)
        dout = rng.permutation(np.arange(1.0, N * T * D + 1)).reshape(N, T, D)
        yield _backward(sizes, words, np.ones((V, D)), dout)


def _backward(sizes: tuple[int, int, int, int], words: Array, W: Array, dout: Array) -> Trial:
    problem = Problem(embedding_graph(words, W, dout), {"dW": Claim("W")})
    named = dict(zip("NTVD", sizes, strict=True))
    right = problem.truth()["dW"]
    times = np.maximum(np.bincount(words.ravel(), minlength=len(W)), 1)[:, None]
    often = {
        "{right} with each row divided by the number of places at which its word stands: a mean "
        "over these places, where their sum is asked for": right / times,
        "{right} with each row multiplied by the number of places at which its word stands": right
        * times,
    }
    return Trial(
        _label(*sizes),
        (dout, words, sizes[2]),
        problem,
        sizes=named,
        instead={"dW": often},
    )


register(
    Exercise(
        "embedding_backward",
        UNIT,
        backward_trials,
        take("dW"),
        (SHAPES, *gradients("dW"), UNCHANGED, TWICE),
        smaller=small_trials,
    )
)
