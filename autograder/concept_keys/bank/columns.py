"""Keys to the questions on units 03b and 04."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.concept_keys.key import Key, slope


def u03b_dZ1(w: float, dz: float, a: float) -> Key:
    right = slope(np.tanh, float(np.arctanh(a)))
    return Key(
        w * dz * right,
        {
            "missing-activation-derivative": w * dz,
            "derivative-unsquared": w * dz * (1 - a),
            "wrong-activation-derivative": w * dz * a * (1 - a),
            "reuse-output-dz": dz * right,
        },
    )


def u03b_dW1(dz: Any, x: Any) -> Key:
    dz, x = np.array([dz]), np.array([x])
    whole, m = (dz @ x.T).item(), x.shape[1]
    return Key(
        whole / m,
        {
            "missing-one-over-m": whole,
            "one-over-m-twice": whole / m**2,
            "sign-flip": -whole / m,
        },
    )


def u03b_symmetry(units: int) -> Key:
    rows = np.full((units, 2), 0.5)
    X = np.array([[1.0, -2.0, 0.5], [0.3, 1.5, -1.0]])
    for _ in range(3):  # equal units have equal gradients at every update
        A1 = np.tanh(rows @ X)
        dZ2 = 0.1 * A1.sum(axis=0, keepdims=True) - 1
        rows = rows - 0.1 * (0.1 * dZ2 * (1 - A1**2)) @ X.T / 3
    equal = bool((rows == rows[0]).all())
    return Key("same" if equal else "different", {}, {"zero-init-symmetry": ["some", "different"]})


def u04_coin(L: int, m: int) -> Key:
    factors = [m ** (L - layer) for layer in range(1, L + 1)]  # once at every layer above
    return Key(factors[0], {"one-over-m-twice": m, "one-over-m-per-layer": m * factors[0]})


def u04_dAL(a: float, m: int) -> Key:
    right = slope(lambda a: -np.log(1 - a), a)
    return Key(
        right,
        {
            "dal-sign": -right,
            "j-vs-l-one-over-m-placement": right / m,
        },
    )


def u04_signal(W: Any, dZ: Any, m: int) -> Key:
    W, dZ = np.array(W), np.array(dZ)
    right = (W.T @ dZ)[0]
    return Key(
        right,
        {
            "missing-w-transpose": (W @ dZ)[0],
            "elementwise-vs-matmul": (W[0] * dZ)[0],
            "one-over-m-per-layer": right / m,
        },
    )
