"""Small instances of whole numbers, on which a mistake can be followed by hand."""

from __future__ import annotations

import numpy as np

from autograder.networks import Array
from autograder.networks.once import drawn_once
from autograder.units.u04_network.instances import MLPInstance

#: (n_prev, n, m), the smallest first.
SMALL = ((1, 1, 1), (1, 1, 2), (2, 1, 1), (1, 2, 1), (2, 1, 2), (1, 2, 2), (2, 2, 2), (2, 2, 3))
#: (sizes, m) of networks.
SMALL_NETWORKS = (
    ((1, 1), 1),
    ((1, 1), 2),
    ((1, 1, 1), 1),
    ((1, 1, 1), 2),
    ((2, 1, 1), 2),
    ((1, 2, 1), 2),
    ((1, 1, 1, 1), 2),
    ((2, 2, 1), 3),
)


def small_label(n_prev: int, n: int, m: int) -> str:
    """The sizes of a small layer, for messages."""
    return f"n_prev = {n_prev}, n = {n}, m = {m}"


def whole(rng: np.random.Generator, *shape: int) -> Array:
    """Whole numbers from -3 to 3, none of them 0."""
    return np.asarray(rng.integers(1, 4, shape) * rng.choice([-1.0, 1.0], shape))


@drawn_once
def whole_layer(
    rng: np.random.Generator, n_prev: int, n: int, m: int
) -> tuple[Array, Array, Array, Array]:
    """A_prev, W, b and an upstream of whole numbers; no Z is 0 and each unit is on somewhere."""
    while True:
        A, W, b = whole(rng, n_prev, m), whole(rng, n, n_prev), whole(rng, n, 1)
        Z = W @ A + b
        if np.abs(Z).min() > 0 and np.abs(Z).max() < 9 and (Z > 0).any(axis=1).all():
            return A, W, b, whole(rng, n, m)


@drawn_once
def whole_network(rng: np.random.Generator, sizes: tuple[int, ...], m: int) -> MLPInstance:
    """A network of whole numbers in which no ReLU is at its kink and each is on somewhere."""
    while True:
        parameters = {}
        for n, (n_prev, width) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
            parameters[f"W{n}"] = rng.choice([-1.0, 1.0], (width, n_prev))
            parameters[f"b{n}"] = rng.choice([-1.0, 1.0], (width, 1))
        activations = ("relu",) * (len(sizes) - 2) + ("sigmoid",)
        Y = np.arange(m)[None] % 2 + 0.0
        drawn = MLPInstance(whole(rng, sizes[0], m), Y, parameters, activations)
        Z = [drawn.graph.value(f"Z{n}") for n in range(1, len(sizes))]
        if all(np.abs(z).min() > 0 and np.abs(z).max() < 5 for z in Z) and all(
            (z > 0).any(axis=1).all() for z in Z[:-1]
        ):
            return drawn
