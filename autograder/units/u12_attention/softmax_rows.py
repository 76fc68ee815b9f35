"""Unit 12: the way back through the softmax of each row, without a Jacobian."""

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
    take,
)
from autograder.engine.locate.touchstones import adds_up_to_0
from autograder.engine.problem import Claim, Problem
from autograder.engine.student import Student
from autograder.networks import Array
from autograder.networks.attention import softmax_rows_graph
from autograder.units.u12_attention import right
from autograder.units.u12_attention.contract import UNIT
from autograder.units.u12_attention.instances import draw_mask

#: T_q, T_k and the mask: more keys; fewer; a mask; as many; one row.
SIZES = ((4, 6, ""), (6, 3, ""), (5, 5, "causal"), (4, 4, ""), (1, 5, ""))
SMALL = ((1, 2), (1, 3), (2, 2), (2, 3))
adds_up_to_0(
    "softmax_rows_backward",
    "dS",
    1,
    "1 more in all the scores of a row changes none of its weights",
)


def _trial(S: Array, dP: Array, mask: Array | None) -> Trial:
    graph = softmax_rows_graph(S, dP, mask)
    P, (T_q, T_k) = graph.value("P").copy(), S.shape
    told = f"T_q = {T_q}, T_k = {T_k}, {'no' if mask is None else 'a causal'} mask"
    problem = Problem(graph, {"dS": Claim("S")})
    known, sizes = {"dP": dP, "P": P}, {"T_q": T_q, "T_k": T_k}
    instead = {"dS": _other_jacobians(dP, P)}
    return Trial(told, (dP, P), problem, sizes=sizes, symbols=known, instead=instead)


def _other_jacobians(dP: Array, P: Array) -> dict[str, Array]:
    """What dS is where the outer product of a row p of P with itself is none."""
    each, total = (P**2 * dP).sum(axis=1, keepdims=True), dP.sum(axis=1, keepdims=True)
    square = "for each row g of dP; p * p counts there as a matrix with p² in each row"
    number = "p @ p.T of a p with one axis is one number, no matrix"
    return {
        "J @ g for each row g of dP, where J has p on its diagonal and not p - p²": P * dP
        - P * (P * dP).sum(axis=1, keepdims=True)
        + P**2 * dP,
        f"(np.diag(p) - Σ p²) @ g for each row g of dP: {number}": P * dP
        - (P**2).sum(axis=1, keepdims=True) * total,
        f"(np.diag(p) - p * p) @ g {square}": P * dP - each,
        f"g @ (np.diag(p) - p * p) {square}": P * dP - P**2 * total,
    }


def trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    for T_q, T_k, mask in SIZES:
        S, dP = rng.normal(size=(T_q, T_k)), rng.normal(size=(T_q, T_k)) + 0.4
        yield _trial(S, dP, draw_mask(rng, mask, T_q, T_k))


def small_trials(student: Student, rng: np.random.Generator) -> Iterator[Trial]:
    """Scores that make weights of quarters and the like."""
    for T_q, T_k in SMALL:
        while True:
            parts = rng.integers(1, 4, (T_q, T_k)) + 0.0
            dP = rng.choice([-2.0, -1.0, 1.0, 3.0], (T_q, T_k))
            weighted = (parts * dP).sum(axis=1)
            # no sum is 0 by chance, and no row of dS
            if dP.sum(axis=1).all() and weighted.all() and np.ptp(dP, axis=1).all():
                break
        yield _trial(np.log(parts), dP, None)


SOFTMAX_BACKWARD = Exercise(
    "softmax_rows_backward",
    UNIT,
    trials,
    take("dS"),
    (SHAPES, *gradients("dS"), UNCHANGED, TWICE),
    right=right.softmax_rows_backward,
    smaller=small_trials,
)
