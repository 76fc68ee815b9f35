"""Unit 02, the vector of m losses: its Jacobian, and the contraction that J makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from autograder.engine.bug_hunt import hunt
from autograder.engine.exercise import (
    SHAPES,
    UNCHANGED,
    Exercise,
    Property,
    Relative,
    Trial,
    register,
    take,
)
from autograder.engine.parts import relatives
from autograder.engine.student import Student
from autograder.networks import Array, mlp_graph
from autograder.networks.blocks import sigmoid
from autograder.oracle import gradient
from autograder.units.u02_jacobians.jacobians import numeric_jacobian

VECTOR = "loss-vector-jacobian"


def losses(y: Array, z: Array) -> Array:
    """L_i = -(y_i log a_i + (1 - y_i) log(1 - a_i)), a = sigmoid(z); y (m, 1), z (m, k)."""
    a = sigmoid(z)
    return np.asarray(-(y * np.log(a) + (1 - y) * np.log(1 - a)))


def losses_of_weights(X: Array, b: Array, y: Array, w: Array) -> Array:
    """The same for z = X^T w + b; X (n_x, m), w (n_x, k)."""
    return losses(y, np.swapaxes(X, -1, -2) @ w + b)


def _labels(rng: np.random.Generator, m: int) -> Array:
    return rng.permutation(np.arange(m) % 2).astype(float)[None, :]


#: What a column and a row are together, by how its entries are called.
_TABLE = "the table of all {}: a column and a row make one, and off the diagonal 0 is right"


def vector_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    yield from _vectors(rng, (5, 7, 1))


def small_vectors(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Two examples, and three."""
    yield from _vectors(rng, (2, 3))


def _vectors(rng: np.random.Generator, sizes: tuple[int, ...]) -> Iterator[Trial]:
    for m in sizes:
        z, Y = rng.uniform(-1.5, 1.5, (m, 1)), _labels(rng, m)
        A = sigmoid(z).T
        right = numeric_jacobian(partial(losses, Y.T), z)
        strip, slope = A - Y, A * (1 - A)
        diagonal = np.diagflat(strip)
        known = relatives(
            (VECTOR, "the strip, already summed over the losses", {"JL": strip}),
            (VECTOR, "the strip, already contracted", {"JL": strip / m}),
            (VECTOR, "every loss depends on every example", {"JL": np.tile(strip, (m, 1))}),
            (VECTOR, "every loss depends on every example", {"JL": np.tile(strip.T, (1, m))}),
            (VECTOR, "1/m is in the Jacobian already", {"JL": diagonal / m}),
            ("missing-activation-derivative", "", {"JL": np.diagflat(strip / slope)}),
            ("sign-flip", "", {"JL": -diagonal}),
        )
        instead = {"JL": {_TABLE.format("A_j - Y_i"): A.T - Y, _TABLE.format("A_i - Y_j"): A - Y.T}}
        yield Trial(
            f"m = {m}",
            (A, Y),
            values={"JL": right},
            relatives=known,
            sizes={"m": m},
            instead=instead,
        )


register(
    Exercise(
        "loss_vector_jacobian",
        "02",
        vector_trials,
        take("JL"),
        (
            SHAPES,
            Property(
                "matches_numeric_jacobian",
                "the Jacobian of the m losses matches the numeric one",
                ("JL",),
            ),
            UNCHANGED,
        ),
        smaller=small_vectors,
    )
)


def contract_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """The losses of a logistic regression, with respect to Z (diagonal) and to W (full)."""
    for node, k, m in (("Z1", 5, 5), ("W1", 3, 5), ("W1", 6, 4), ("W1", 4, 4), ("Z1", 1, 1)):
        X, Y = rng.normal(size=(k if node == "W1" else 2, m)), _labels(rng, m)
        W, b = rng.normal(size=(1, X.shape[0])), rng.normal(size=(1, 1))
        graph = mlp_graph(X, Y, {"W1": W, "b1": b})
        if node == "Z1":
            JL = numeric_jacobian(partial(losses, Y.T), graph.value("Z1").T)
        else:
            JL = numeric_jacobian(partial(losses_of_weights, X, b, Y.T), W.T)
        right = {"dJ": gradient(graph, node)}
        told, sizes = f"{k} entries, m = {m}", {"m": m, "k": k}
        yield Trial(told, (JL, m), values=right, relatives=_slips(JL), sizes=sizes)


def _slips(JL: Array) -> tuple[Relative, ...]:
    m = JL.shape[1]
    total, other = JL.sum(axis=1)[None, :], JL.sum(axis=0)[None, :]
    alone = (JL * np.eye(*JL.shape)).sum(axis=1)[None, :]
    return relatives(
        ("missing-one-over-m", "the sum over the losses", {"dJ": total}),
        ("one-over-m-twice", "a mean, divided by m", {"dJ": total / m**2}),
        (VECTOR, "summed over the entries of z, not over the losses", {"dJ": other / m}),
        (VECTOR, "only the diagonal is kept", {"dJ": np.diag(JL)[None, :] / m}),
        (VECTOR, "only the diagonal is kept, beyond it are zeros", {"dJ": alone / m}),
    )


register(
    Exercise(
        "contract",
        "02",
        contract_trials,
        take("dJ"),
        (
            SHAPES,
            Property(
                "dJ_matches_numeric_gradient",
                "the contracted strip matches the numeric gradient of J",
                ("dJ",),
            ),
            UNCHANGED,
        ),
        after=("loss_vector_jacobian",),
    )
)

hunt(
    "answers_02",
    "02",
    "ABCD",
    (
        "right",
        "missing-w-transpose",
        "missing-activation-derivative",
        "wrong-order",
        "matmul-not-elementwise",
    ),
)
