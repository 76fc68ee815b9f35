"""Unit 05: networks that stand on a kink, nearly stand on one, or only bend."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from autograder.networks.once import drawn_once
from autograder.oracle import gradient, two_sided
from autograder.units.u04_network.instances import MLPInstance, mlp_instance

SIZES, M, H = (4, 5, 3, 1), 7, 1e-5
#: A slope that jumps by more than this, relative to 1 or the larger slope, is a kink: the
#: assignment says so.
JUMP = 1e-3


@drawn_once
def on_a_kink(rng: np.random.Generator, sign: int = 0) -> tuple[MLPInstance, float]:
    """An instance whose Z1[0, 0] is exactly 0, and how far the slopes of its entries jump.

    With a `sign`, the slope to the right is the larger one (1) or the smaller one (-1).
    """
    while True:
        drawn = mlp_instance(rng, SIZES, M)
        X, parameters = drawn.X.copy(), {n: p.copy() for n, p in drawn.parameters.items()}
        X[:, 0] = np.sign(X[:, 0])
        parameters["b1"][0, 0] = -(parameters["W1"] @ X)[0, 0]
        kinked = replace(drawn, X=X, parameters=parameters)
        upwards = not sign or sign * _signed_jump(kinked) > 0
        if _alone(kinked) and upwards and _jump(kinked) > 10 * JUMP:
            return kinked, _jump(kinked)


def _alone(kinked: MLPInstance) -> bool:
    """Is Z1[0, 0] exactly 0, and no other unit near its kink?"""
    first, *others = np.abs([*kinked.graph.value("Z1").flat, *kinked.graph.value("Z2").flat])
    return bool(first == 0 and min(others) > 1e-2)


def _signed_jump(kinked: MLPInstance) -> float:
    down = kinked.parameters["W2"].T @ gradient(kinked.graph, "Z2")
    return float(down[0, 0])


def _jump(kinked: MLPInstance) -> float:
    return abs(_signed_jump(kinked))


@drawn_once
def on_a_faint_kink(rng: np.random.Generator, size: float) -> MLPInstance:
    """The same with jumps of about `size` times that above which they are flagged."""
    while True:
        faint = _fainter(on_a_kink(rng)[0], size)
        if faint is not None:
            return faint


@drawn_once
def beside_large_slopes(rng: np.random.Generator) -> MLPInstance:
    """A faint kink in an array that has slopes above 3 at other units."""
    while True:
        drawn, _ = on_a_kink(rng)
        X, parameters = drawn.X.copy(), {n: p.copy() for n, p in drawn.parameters.items()}
        X[:, 1:] *= 30
        parameters["W1"] /= 30
        parameters["b1"][0, 0] = -(parameters["W1"] @ X)[0, 0]
        faint = _fainter(replace(drawn, X=X, parameters=parameters), 1.5)
        if faint is None or np.abs(gradient(faint.graph, "W1")).max() < 3:
            continue
        slopes, gap = (np.abs(found[1:]) for found in two_sided(faint.graph, "W1", H))
        if (gap < 0.7 * JUMP * np.maximum(1, slopes)).all():  # elsewhere it only bends
            return faint


def _fainter(kinked: MLPInstance, size: float) -> MLPInstance | None:
    W2, jump = kinked.parameters["W2"].copy(), _jump(kinked)
    if jump < 10 * JUMP:
        return None
    W2[:, 0] *= size * JUMP / jump
    faint = replace(kinked, parameters={**kinked.parameters, "W2": W2})
    near = abs(_jump(faint) / (size * JUMP) - 1) < 0.13
    return faint if _alone(faint) and near else None


def steep(rng: np.random.Generator) -> MLPInstance:
    """Smooth, with slopes so large that those of two sides differ by more than those of 1 may."""
    while True:
        drawn = mlp_instance(rng, SIZES, M)
        parameters = {**drawn.parameters, "W1": drawn.parameters["W1"] / 30}
        large = replace(drawn, X=drawn.X * 30, parameters=parameters)
        slopes, gap = (np.abs(found) for found in two_sided(large.graph, "W1", H))
        if gap.max() > 1.5 * JUMP and (gap < 0.7 * JUMP * np.maximum(1, slopes)).all():
            return large
