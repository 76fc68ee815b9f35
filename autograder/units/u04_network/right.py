"""Unit 04: right functions to stand in for wrong ones where a caller of theirs is judged.

Everything that goes back is a complex step of the forward pass. Examples do not touch each other
in it, so that one step moves the same entry of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.engine.layout import Path, at, dressed, learnt, numbers, series
from autograder.engine.student import Parameters, Student
from autograder.networks import Array
from autograder.networks.blocks import ACTIVATIONS, derivative
from autograder.networks.tap import STEP

Right = Callable[..., Any]
#: Where the caches of the assignment's own solution hold these.
LINEAR: dict[str, Path] = {"A": (0,), "W": (1,)}
LAYER: dict[str, Path] = {"A": (0, 0), "W": (0, 1), "Z": (1,)}


def linear_forward(student: Student) -> Right:
    A, W, b = numbers(5, 7), numbers(3, 5), numbers(3, 1)
    wanted = {"A": A, "W": W, "b": b, "out": W @ A + b}
    usual = (lambda at: (at["A"], at["W"], at["b"]),)
    dress = dressed(student, "linear_forward", (A, W, b), wanted, usual)

    def forward(A: Array, W: Array, b: Array) -> Any:
        Z = W @ A + b
        return Z, dress({"A": A, "W": W, "b": b, "out": Z})

    return forward


def _usual(at: Mapping[str, Array]) -> Any:
    return (at["A"], at["W"], at["b"]), at["Z"]


def linear_activation_forward(student: Student) -> Right:
    A, W, b = numbers(5, 7), numbers(3, 5), numbers(3, 1)
    Z = W @ A + b
    wanted = {"A": A, "W": W, "b": b, "Z": Z, "out": ACTIVATIONS["relu"](Z)}
    args = (A, W, b, "relu")
    dress = dressed(student, "linear_activation_forward", args, wanted, (_usual,))

    def forward(A_prev: Array, W: Array, b: Array, activation: str) -> Any:
        Z = W @ A_prev + b
        out = ACTIVATIONS[activation](Z)
        return out, dress({"A": A_prev, "W": W, "b": b, "Z": Z, "out": out})

    return forward


def L_model_forward(student: Student) -> Right:
    # here, and not in a call: a process in the middle of one can answer nothing else
    layer = linear_activation_forward(student)

    def forward(X: Array, parameters: Mapping[str, Array]) -> Any:
        A, caches, depth = X, [], len(parameters) // 2
        for n in range(1, depth + 1):
            W, b = parameters[f"W{n}"], parameters[f"b{n}"]
            A, cache = layer(A, W, b, "sigmoid" if n == depth else "relu")
            caches.append(cache)
        return A, caches

    return forward


def _losses(AL: Array, Y: Array) -> Array:
    return np.asarray(-(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))


def compute_cost(student: Student) -> Right:
    return lambda AL, Y: float(_losses(AL, Y).sum() / Y.shape[1])


def initialize_parameters_deep(student: Student) -> Right:
    def start(layer_dims: Sequence[int], seed: int = 1) -> dict[str, Array]:
        rng, found = np.random.default_rng(seed), {}
        for n, (n_prev, width) in enumerate(zip(layer_dims[:-1], layer_dims[1:], strict=True), 1):
            found[f"W{n}"] = rng.normal(size=(width, n_prev)) * np.sqrt(2 / n_prev)
            found[f"b{n}"] = np.zeros((width, 1))
        return found

    return start


def update_parameters(student: Student) -> Right:
    def step(parameters: Any, grads: Any, learning_rate: float) -> dict[str, Array]:
        return {n: p - learning_rate * grads[f"d{n}"] for n, p in parameters.items()}

    return step


def convert(student: Student) -> Right:
    def converted(grads: Any, m: int, src: str, dst: str) -> dict[str, Array]:
        factor = {"LJ": 1 / m, "JL": float(m)}.get(src + dst, 1.0)
        scaled = ("dZ", "dA")
        return {n: g * factor if n.startswith(scaled) else 1.0 * g for n, g in grads.items()}

    return converted


def pointwise_backward(activation: str, student: Student) -> Right:
    return lambda dA, cache: np.asarray(dA * derivative(activation, cache))


def _layer(dZ: Array, A: Array, W: Array) -> tuple[Array, Array, Array]:
    """The derivatives of sum(dZ * Z): by A example by example, by W and b as a mean over them.

    One step for each unit below, all of them at once along a first axis.
    """

    def change(A: Any, W: Any, b: Any) -> Array:
        return np.asarray(dZ * (W @ A + b).imag / STEP)

    steps, m = 1j * STEP * np.eye(W.shape[1]), dZ.shape[1]
    dA = change(A + steps[:, :, None], W, 0.0).sum(axis=1)
    dW = change(A, W + steps[:, None, :], 0.0).sum(axis=2) / m
    db = change(A, W, 1j * STEP).sum(axis=1, keepdims=True) / m
    return dA, dW.T, db


def linear_backward(student: Student) -> Right:
    probe = {"A": numbers(5, 7), "W": numbers(3, 5)}
    ways = LINEAR | learnt(
        student, "linear_forward", (probe["A"], probe["W"], numbers(3, 1)), probe
    )

    def backward(dZ: Array, cache: Any) -> Any:
        return _layer(dZ, at(cache, ways["A"]), at(cache, ways["W"]))

    return backward


def linear_activation_backward(student: Student) -> Right:
    A, W, b = numbers(5, 7), numbers(3, 5), numbers(3, 1)
    wanted = {"A": A, "W": W, "Z": W @ A + b}
    ways = LAYER | learnt(student, "linear_activation_forward", (A, W, b, "relu"), wanted)

    def backward(dA: Array, cache: Any, activation: str) -> Any:
        A, W, Z = (at(cache, ways[name]) for name in ("A", "W", "Z"))
        return _layer(dA * derivative(activation, Z), A, W)

    return backward


def _layers(caches: Any, ways: Mapping[str, Path]) -> list[tuple[Array, Array, Array]]:
    """(A_prev, W, Z) of each layer, as far as there are any."""
    found: list[tuple[Array, Array, Array]] = []
    lines: tuple[Iterator[Path], ...] = tuple(series(ways, letter) for letter in "AWZ")
    for each in zip(*lines, strict=True):
        try:
            A, W, Z = (at(caches, path) for path in each)
        except (LookupError, TypeError):
            break
        found.append((A, W, Z))
    return found


def L_model_backward(student: Student) -> Right:
    sizes, A = (5, 4, 3, 1), numbers(5, 7)
    wanted: dict[str, Array] = {}
    parameters: dict[str, Array] = {}
    for n in (1, 2, 3):
        W, b = numbers(sizes[n], sizes[n - 1]), numbers(sizes[n], 1)
        parameters |= {f"W{n}": W, f"b{n}": b}
        Z = W @ A + b
        wanted |= {f"A{n}": A, f"W{n}": W, f"Z{n}": Z}
        A = ACTIVATIONS["relu"](Z)
    usual = {f"{x}{n}": (n - 1, *LAYER[x]) for x in "AWZ" for n in (1, 2, 3)}
    args = (numbers(5, 7), Parameters(parameters))
    ways = usual | learnt(student, "L_model_forward", args, wanted)

    def backward(AL: Array, Y: Array, caches: Any) -> dict[str, Array]:
        layers = _layers(caches, ways)
        grads: dict[str, Array] = {}
        dA = _losses(AL + 1j * STEP, Y).imag / STEP
        for n in range(len(layers), 0, -1):
            A, W, Z = layers[n - 1]
            dZ = dA * derivative("sigmoid" if n == len(layers) else "relu", Z)
            dA, dW, db = _layer(dZ, A, W)
            grads |= {f"dZ{n}": dZ, f"dW{n}": dW, f"db{n}": db, f"dA{n - 1}": dA}
        return grads

    return backward
