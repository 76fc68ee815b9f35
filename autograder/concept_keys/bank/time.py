"""Keys to the questions on units 07 and 08."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.concept_keys.key import Key, cut, slope


def u07_two_ways(d1: float, d2: float, w: float, a: float) -> Key:
    def cost(tanh: Callable[[Any], Any], wire: Callable[[Any], Any]) -> Any:
        # x of step 2 is such that a_2 = a where a_1 = 0
        return lambda a1: d1 * a1 + d2 * tanh(w * wire(a1) + np.arctanh(a))

    def same(value: Any) -> Any:
        return value

    whole, straight = slope(cost(np.tanh, same), 0.0), slope(cost(np.tanh, cut), 0.0)
    return Key(
        whole,
        {
            "bptt-missing-da-prevt": straight,
            "bptt-last-loss-only": whole - straight,
            "da-prev-skips-tanh": slope(cost(same, same), 0.0),
            "bptt-da-prevt-equals-da-t-minus-1": d1 + d2,
        },
    )


def u07_calls(T: int) -> Key:
    calls = sum(1 for loss in range(T) for _ in range(loss + 1))
    return Key(
        calls, {}, {"bptt-quadratic-cost": [T, T * T, calls - T], "bptt-cell-called-twice": 2 * T}
    )


def u07_dWaa(dz: Any, a: Any) -> Key:
    dz, a = np.array(dz), np.array(a)
    return Key(
        (dz * a[:-1]).sum(),
        {
            "dwaa-uses-a-next": (dz * a[1:]).sum(),
            "bptt-overwrite-not-accumulate": [dz[0] * a[0], dz[-1] * a[-2]],
            "negative-index-wrap": (dz * a[[-1, 1, 2]]).sum(),
            "divide-by-T": (dz * a[:-1]).sum() / len(dz),
        },
    )


def _linear(w: float, steps: int) -> Callable[[Any], Any]:
    def last(a: Any) -> Any:
        for _ in range(steps):
            a = w * a
        return a

    return last


def u08_far_back(w: float, T: int) -> Key:
    return Key(
        slope(_linear(w, T - 1), 1.0),
        {
            "bptt-one-step-back": w,
            "bptt-steps-left-out": slope(_linear(w, T - 2), 1.0),
            "bptt-missing-da-prevt": 0.0,
        },
    )


def u08_chunks(w: float, da: Any) -> Key:
    def cost(*borders: int) -> Callable[[Any], Any]:
        """The sum of da_t a_t; behind each border the state goes on as a mere value."""

        def forward(a: Any) -> Any:
            total = da[0] * a
            for step in range(1, len(da)):
                a = w * (cut(a) if step in borders else a)
                total = total + da[step] * a
            return total

        return forward

    return Key(
        slope(cost(2), 1.0),
        {
            "hidden-state-carry": slope(cost(), 1.0),
            "bptt-missing-da-prevt": slope(cost(1, 2, 3), 1.0),
            "chunk-borders-moved": slope(cost(3), 1.0),
        },
    )


def u08_clip(gradients: Any, limit: float, rate: float) -> Key:
    norm = np.linalg.norm(gradients)
    own = gradients[1]
    return Key(
        rate * own * min(1, limit / norm),
        {
            "rate-left-out": own * min(1, limit / norm),
            "clip-other-norm": [
                rate * own * min(1, limit / own),
                rate * own * min(1, limit / sum(gradients)),
            ],
        },
    )
