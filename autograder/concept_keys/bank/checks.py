"""Keys to the questions on units 05, 06a and 06b."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.concept_keys.key import Key, slope


def u05_centred(t: float, h: float) -> Key:
    def f(theta: Any) -> Any:
        return theta**3

    return Key(
        (f(t + h) - f(t - h)) / (2 * h),
        {
            "gradcheck-one-sided": (f(t + h) - f(t)) / h,
            "gradcheck-operator-precedence": [
                (f(t + h) - f(t - h)) / 2 * h,
                f(t + h) - f(t - h) / (2 * h),
            ],
            "sign-flip": (f(t - h) - f(t + h)) / (2 * h),
        },
        {"gradcheck-epsilon-too-large": slope(f, t)},
    )


def u05_kink(p: float, q: float) -> Key:
    def f(theta: float) -> Any:
        return p * np.maximum(0, theta) + q * np.maximum(0, -theta)

    h = 0.5
    right, left = (f(h) - f(0)) / h, (f(0) - f(-h)) / h
    return Key(
        (f(h) - f(-h)) / (2 * h),
        {},
        {"gradcheck-kink": [right, left, 0]},
    )


def u05_integers(t: int, h: float) -> Key:
    theta, found = np.array([t]), []
    for moved in (t + h, t - h):
        theta[0] = moved  # an array of integers cuts it off
        found.append(int(theta[0]) ** 2)
    return Key(
        (found[0] - found[1]) / (2 * h),
        {},
        {"gradcheck-integer-dtype": [slope(lambda x: x * x, t), 0]},
    )


def u06a_l2(data: float, w: float, lambd: float, m: int) -> Key:
    penalty = slope(lambda w: lambd / (2 * m) * w * w, w)
    return Key(
        data + penalty,
        {"l2-forgotten": data, "l2-factor": [data + penalty / 2, data + m * penalty]},
    )


def u06a_dropout(d: Any, mask: Any, keep: float) -> Key:
    d, mask = np.array(d), np.array(mask)
    return Key(
        d * mask / keep,
        {
            "dropout-mask-forgotten": [d / keep, d],
            "dropout-not-scaled": [d * mask, d * mask * keep],
            "dropout-mask-inverted": d * (1 - mask) / keep,
        },
    )


def u06a_clip(gradient: Any, limit: float) -> Key:
    gradient = np.array(gradient)
    return Key(
        gradient * limit / np.linalg.norm(gradient),
        {
            "clip-value-vs-norm": np.clip(gradient, -limit, limit),
            "clip-copies-not-inplace": gradient,
        },
    )


def u06a_embedding(words: Any, dout: Any, word: int) -> Key:
    rows = np.zeros(4)
    np.add.at(rows, words, dout)
    last = np.zeros(4)
    last[words] = dout
    return Key(rows[word], {"index-add-duplicates": last[word]})


def u06b_momentum(beta: float, gradients: Any) -> Key:
    first, second = map(float, gradients)

    def mean(kept: float, new: float) -> float:
        return kept * (new * first) + new * second

    return Key(
        mean(beta, 1 - beta),
        {
            "optimiser-one-minus-beta-missing": mean(beta, 1),
            "optimiser-weights-swapped": mean(1 - beta, beta),
        },
    )


def u06b_bias_correction(beta: float, v: float, t: int) -> Key:
    weights = sum((1 - beta) * beta**k for k in range(t))  # of the gradients in the mean
    return Key(
        v / weights,
        {
            "adam-bias-correction-missing": v,
            "adam-t-off-by-one": [v / (1 - beta ** (t - 1)), v / (1 - beta ** (t + 1))],
            "adam-power-of-one-minus-beta": v / (1 - beta) ** t,
        },
    )


def u06b_mini_batches(m: int, size: int) -> Key:
    batches = [min(size, m - start) for start in range(0, m, size)]
    full = [batch for batch in batches if batch == size]
    return Key(
        (len(batches), batches[-1]),
        {"mini-batch-last-dropped": [(len(full), full[-1]), (len(full), batches[-1])]},
    )
