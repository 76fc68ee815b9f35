"""Keys to the questions on units 00 to 02."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.concept_keys.key import Key, cut, slope


def u00_shape_of_dW(before: int, units: int) -> Key:
    W = np.zeros((units, before))
    return Key(W.shape, {"dw-transposed": W.T.shape})


def u00_broadcast(n: int) -> Key:
    db, s = np.zeros((n, 1)), np.zeros(n)
    return Key((db + s).shape, {}, {"dba-broadcast-square": db.shape})


def u00_entry_of_dW(dZ: Any, A: Any) -> Key:
    dZ, A = np.array(dZ), np.array(A)
    return Key(
        (dZ @ A.T)[0, 1],
        {
            "dw-transposed": (A @ dZ.T)[0, 1],
            "row-vs-column-layout": (A.T @ dZ)[0, 1],
            "elementwise-vs-matmul": (dZ * A)[0, 1],
            "shape-check-is-proof": (dZ @ A)[0, 1],
        },
    )


def u01_fork(a: int, b: int, c: int) -> Key:
    return Key(
        slope(lambda x: x * b + x * c, a),
        {
            "grad-overwrite-not-accumulate": [
                slope(lambda x: cut(x) * b + x * c, a),
                slope(lambda x: x * b + cut(x) * c, a),
            ],
            "product-own-factor": 2 * a,
            "product-without-slopes": slope(lambda x: x + x, a),
        },
    )


def u01_paths(steps: int) -> Key:
    paths = np.ones(1, int)
    for _ in range(steps):
        paths = paths + paths  # as many again by the other of the two wires
    return Key(paths[0], {}, {"graph-walked-as-tree": [steps + 1, steps, 2 * steps]})


def u01_square(a: int, k: int) -> Key:
    def forward(a: Any) -> Any:
        b = a * a
        return b + k * (b * b)

    def one_wire_each(a: Any) -> Any:
        b = a * cut(a)
        return b + k * (b * cut(b))

    return Key(
        slope(forward, a),
        {
            "equal-operands-once": slope(one_wire_each, a),
            "arrived-left-out": slope(lambda a: a * a, a),
            "grads-not-reset": 2 * slope(forward, a),
        },
    )


def u02_multiplications(n: int, count: int) -> Key:
    vector = np.full((n, n), 1).size  # one product with a vector: each entry once
    return Key(
        count * vector,
        {"cost-left-to-right": [(count - 1) * vector * n + vector, count * vector * n]},
    )


def u02_shape_of_a_jacobian(p: int, q: int) -> Key:
    W = np.zeros((p, q))
    return Key(W.T.shape, {"denominator-vs-numerator-layout": W.shape})


def u02_strip(a: float, y: int, m: int) -> Key:
    def loss(z: Any) -> Any:
        out = 1 / (1 + np.exp(-z))
        return -y * np.log(out) - (1 - y) * np.log(1 - out)

    alone = slope(loss, float(np.log(a / (1 - a))))
    return Key(
        alone / m,
        {
            "loss-vector-jacobian": alone,
            "one-over-m-twice": alone / m**2,
            "sign-flip": -alone / m,
        },
    )
