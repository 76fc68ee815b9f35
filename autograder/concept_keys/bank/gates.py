"""Keys to the questions on units 09 and 11."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.concept_keys.key import Key, cut, slope


def u09_lane_of_c(dc: float, da: float, o: float, th: float, f: float) -> Key:
    at = float(np.arctanh(th))

    def cost(c: Any, lane: Any, shown: Any) -> Any:
        """What c_next gives to the cost by its two ways."""
        return dc * lane(c) + da * o * np.tanh(shown(c))

    def same(value: Any) -> Any:
        return value

    by_lane = slope(lambda c: cost(c, same, cut), at)
    by_a = slope(lambda c: cost(c, cut, same), at)
    return Key(
        f * slope(lambda c: cost(c, same, same), at),
        {
            "lstm-dc-next-missing": f * by_a,
            "lstm-da-misses-c": f * by_lane,
            "lstm-dc-prev-no-forget": [by_lane + by_a, f * by_lane + by_a, by_lane + f * by_a],
        },
    )


def u09_forget_gate(dc: float, f: float, before: float, after: float) -> Key:
    gate = slope(lambda z: 1 / (1 + np.exp(-z)), float(np.log(f / (1 - f))))
    return Key(
        dc * before * gate,
        {
            "lstm-gate-derivative-missing": [dc * before, dc * before * f],
            "lstm-c-next-for-c-prev": dc * after * gate,
        },
    )


def u09_update_gate(dc: float, new: float, old: float) -> Key:
    u = 0.5  # the cell is linear in u: the slope is the same everywhere
    return Key(
        dc * slope(lambda u: u * new + (1 - u) * old, u),
        {
            "gru-u-has-two-ways": [
                dc * slope(lambda u: u * new + (1 - cut(u)) * old, u),
                dc * slope(lambda u: cut(u) * new + (1 - u) * old, u),
            ],
            "gru-other-convention": dc * slope(lambda u: u * old + (1 - u) * new, u),
        },
    )


def u11_running_mean(momentum: float, kept: float, mu: float) -> Key:
    return Key(
        momentum * kept + (1 - momentum) * mu,
        {
            "norm-momentum-swapped": (1 - momentum) * kept + momentum * mu,
            "norm-not-kept": [mu, (1 - momentum) * mu],
        },
    )


def u11_three_roads(d: float, eps: float, middle: float, upstream: float) -> Key:
    def same(value: Any) -> Any:
        return value

    def cost(by_mu: Callable[[Any], Any], by_var: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def forward(first: Any) -> Any:
            other = middle + d
            mu = by_mu((first + other) / 2)
            var = by_var(((first - mu) ** 2 + (other - mu) ** 2) / 2)
            return upstream * (first - mu) / np.sqrt(var + eps)

        return forward

    at = middle - d
    return Key(
        slope(cost(same, same), at),
        {
            "norm-statistics-constant": slope(cost(cut, cut), at),
            "norm-variance-road-missing": slope(cost(same, cut), at),
            "norm-mean-road-missing": slope(cost(cut, same), at),
        },
    )


def u11_dgamma(x: Any, dout: Any) -> Key:
    x, dout = np.array(x), np.array(dout)
    x_hat = (x - x.mean()) / x.std()
    return Key(
        (dout * x_hat).sum(),
        {
            "norm-dgamma-x-for-x-hat": [(dout * x).sum(), (dout * (x - x.mean())).sum()],
        },
    )
