"""Functions to differentiate, made from plain data: a name and some arrays.

A grader in another process cannot hand a function to a notebook; it can hand over these.
Every function accepts complex values, and is made anew by each call of `function`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from autograder.networks.blocks import relu, sigmoid
from autograder.networks.tap import Array


def function(kind: str, data: Any) -> Callable[[Any], Any]:
    """A function of one argument, theta, that returns one number.

    Parameters
    ----------
    kind : str
        ``"cubic"``: sum(c theta^3); ``"joined"``: sum(c theta)^3; ``"waves"``:
        sum(c exp(sin theta)); ``"float32"``: the same, computed in float32; ``"absolute"``:
        sum(c |theta - k|); ``"untouched"``: u times the number of its calls so far where theta is
        theta0, and 0 elsewhere; ``"cost"``: the mean cross-entropy of a network, theta a dict of
        its parameters; ``"dropout"``: the same, each call with another random mask on the first
        hidden layer.
    data : array, or pair
        c, of theta's shape; (c, k) for ``"absolute"``; (theta0, u) for ``"untouched"``;
        (X, Y) for ``"cost"`` and ``"dropout"``.

    Raises
    ------
    ValueError
        If there is no such kind.
    """
    if kind not in _KINDS:
        raise ValueError(f"there is no function {kind!r}; there are {', '.join(_KINDS)}")
    return _KINDS[kind](data)


def _cubic(c: Array) -> Callable[[Array], Any]:
    return lambda theta: (c * theta**3).sum()


def _joined(c: Array) -> Callable[[Array], Any]:
    return lambda theta: (c * theta).sum() ** 3


def _waves(c: Array) -> Callable[[Array], Any]:
    return lambda theta: (c * np.exp(np.sin(theta))).sum()


def _waves_float32(c: Array) -> Callable[[Array], Any]:
    def f(theta: Array) -> Any:
        narrow = np.complex64 if np.iscomplexobj(theta) else np.float32
        return (c.astype(np.float32) * np.exp(np.sin(np.asarray(theta).astype(narrow)))).sum()

    return f


def _absolute(data: tuple[Array, Array]) -> Callable[[Array], Any]:
    c, knots = data

    def f(theta: Array) -> Any:
        off = theta - knots
        return (c * np.where(off.real > 0, off, -off)).sum()

    return f


def _untouched(data: tuple[Array, complex]) -> Callable[[Array], Any]:
    theta0, unit = data
    calls = 0

    def f(theta: Array) -> Any:
        nonlocal calls
        calls += 1
        return calls * unit if np.array_equal(theta, theta0) else 0 * unit

    return f


def _cost(data: tuple[Array, Array]) -> Callable[[Mapping[str, Array]], Any]:
    return lambda parameters: network_cost(*data, parameters)


def _dropout(data: tuple[Array, Array]) -> Callable[[Mapping[str, Array]], Any]:
    X, Y = data
    rng = np.random.default_rng(0)  # of this function: each call goes on drawing

    def f(parameters: Mapping[str, Array]) -> Any:
        units = parameters["W1"].shape[0]
        return network_cost(X, Y, parameters, rng.random((units, X.shape[1])) < 0.8)

    return f


def network_cost(X: Array, Y: Array, parameters: Mapping[str, Array], mask: Any = 1.0) -> Any:
    """J of (LINEAR -> RELU) * (L - 1) -> LINEAR -> SIGMOID; X (n_0, m), Y (1, m).

    `mask` multiplies the activations of the first hidden layer.
    """
    A, depth = X, len(parameters) // 2
    for n in range(1, depth + 1):
        Z = parameters[f"W{n}"] @ A + parameters[f"b{n}"]
        A = sigmoid(Z) if n == depth else relu(Z) * (mask if n == 1 else 1.0)
    return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum() / Y.shape[1]


_KINDS: dict[str, Callable[[Any], Callable[[Any], Any]]] = {
    "cubic": _cubic,
    "joined": _joined,
    "waves": _waves,
    "float32": _waves_float32,
    "absolute": _absolute,
    "untouched": _untouched,
    "cost": _cost,
    "dropout": _dropout,
}
