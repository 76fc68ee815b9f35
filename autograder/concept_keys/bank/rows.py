"""Keys to the questions on units 03 and 07b."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.concept_keys.key import Key, slope


def u03_relu(x: Any, dout: Any) -> Key:
    x, dout = np.array(x), np.array(dout)
    return Key(
        dout * (x > 0),
        {
            "relu-mask-a-vs-z": dout * (x >= 0),
            "relu-mask-inverted": dout * (x < 0),
            "relu-mask-on-gradient": np.maximum(dout, 0),
            "relu-drops-upstream": 1 * (x > 0),
            "relu-value-as-derivative": dout * np.maximum(x, 0),
        },
    )


def u03_tanh(out: float, dout: float) -> Key:
    right = slope(np.tanh, float(np.arctanh(out)))
    return Key(
        dout * right,
        {
            "activation-value-as-derivative": dout * out,
            "missing-activation-derivative": dout,
            "derivative-unsquared": dout * (1 - out),
            "wrong-activation-derivative": dout * out * (1 - out),
            "inverse-derivative": dout / right,
        },
    )


def u03_softmax_loss(p: float, N: int) -> Key:
    others = float(np.log(1 / p - 1))  # the sum of the other exponentials is exp(others)
    alone = slope(lambda x: np.log(np.exp(x) + np.exp(others)) - x, 0.0)
    return Key(
        alone / N,
        {
            "missing-one-over-m": alone,
            "one-over-m-twice": alone / N**2,
            "half-of-p-minus-y": slope(lambda x: np.log(np.exp(x) + np.exp(others)), 0.0) / N,
            "sign-flip": -alone / N,
        },
    )


def u07b_shape_of_dWx(N: int, D: int, H: int) -> Key:
    x, dz = np.zeros((N, D)), np.empty((N, H))
    return Key((x.T @ dz).shape, {"row-vs-column-layout": (dz.T @ x).shape})


def u07b_dprev_h(dz: Any, Wh: Any) -> Key:
    dz, Wh = np.array([dz]), np.array(Wh)
    return Key(
        (dz @ Wh.T)[0, 0],
        {
            "waa-no-transpose": (dz @ Wh)[0, 0],
            "elementwise-vs-matmul": (dz * Wh)[0, 0],
        },
    )


def u07b_db(dz: Any) -> Key:
    dz = np.array(dz)
    return Key(
        dz.sum(),
        {
            "bptt-overwrite-not-accumulate": [dz[:, 0].sum(), dz[:, -1].sum()],
            "divide-by-T": dz.sum() / dz.shape[1],
            "rnn-divide-by-m-again": dz.sum() / dz.shape[0],
        },
    )
