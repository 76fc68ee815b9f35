"""Random instances of problems on which no known mistake can hide.

Widths and m are pairwise different, biases are not zero, weights are of order 1, labels of both
classes occur, |z| <= 4, and each ReLU unit is on for some examples and off for others, and
nowhere nearer than 1e-3 to its kink. What fails the screening is drawn again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from autograder.networks import Array, Graph, mlp_graph
from autograder.networks.blocks import ACTIVATIONS
from autograder.networks.once import drawn_once
from autograder.oracle import gradient

#: (n_prev, n, m): all different; square, where shapes decide nothing; a single example.
LAYERS = [(5, 3, 7), (4, 4, 6), (3, 2, 1)]
#: (sizes, m): widths and m all different, deep; equal widths; two layers; logistic regression;
#: a single example.
NETWORKS = [((3, 5, 4, 2, 1), 7), ((3, 3, 3, 1), 5), ((3, 4, 1), 6), ((5, 1), 7), ((4, 3, 1), 1)]
#: Sizes on which every product fits, in networks as far as AL of shape (1, m) allows: they cost
#: nothing and serve the diagnosis only.
ALL_EQUAL_LAYER, ALL_EQUAL_NETWORKS = (4, 4, 4), (((4, 4, 4, 1), 4), ((1, 1, 1, 1), 9))
#: Sizes where one Z of a ReLU is exactly 0: the contract says which slope is meant.
KINKED_LAYER, KINKED_NETWORK = (4, 3, 5), ((4, 3, 1), 5)
AT_ZERO = ", one Z exactly 0"

_TRIES, _TRIES_OF_A_LAYER = 200, 50


@dataclass(frozen=True)
class MLPInstance:
    """Data, labels and parameters of an L-layer network, and its graph."""

    X: Array
    Y: Array
    parameters: dict[str, Array]
    activations: tuple[str, ...]

    @cached_property
    def graph(self) -> Graph:
        """The graph of the cost J."""
        return mlp_graph(self.X, self.Y, self.parameters, self.activations)


@drawn_once
def mlp_instance(
    rng: np.random.Generator,
    sizes: Sequence[int],
    m: int,
    activations: Sequence[str] | None = None,
) -> MLPInstance:
    """Draw a screened instance.

    Parameters
    ----------
    rng : numpy.random.Generator
    sizes : sequence of int
        n_0, ..., n_L.
    m : int
        Number of examples.

    Raises
    ------
    RuntimeError
        If no instance of these sizes passes the screening: the sizes are too demanding.
    """
    chosen = tuple(activations or ("relu",) * (len(sizes) - 2) + ("sigmoid",))
    for _ in range(_TRIES):
        X = rng.normal(size=(sizes[0], m))
        parameters = _parameters(rng, X, sizes, chosen)
        if parameters is not None:
            return MLPInstance(X, _labels(rng, (sizes[-1], m)), parameters, chosen)
    raise RuntimeError(f"no good instance of sizes {list(sizes)} with m = {m} in {_TRIES} tries")


def _parameters(
    rng: np.random.Generator, X: Array, sizes: Sequence[int], activations: Sequence[str]
) -> dict[str, Array] | None:
    """W and b, each layer's drawn until it passes; None where one does not.

    Of whole networks hardly one in forty would pass.
    """
    found: dict[str, Array] = {}
    A = X
    for layer, activation in enumerate(activations, start=1):
        n_prev, n = sizes[layer - 1 : layer + 1]
        for _ in range(_TRIES_OF_A_LAYER):
            W = rng.normal(size=(n, n_prev)) * np.sqrt(2.0 / n_prev)
            b = rng.uniform(0.1, 0.6, (n, 1)) * rng.choice([-1, 1], (n, 1))
            Z = W @ A + b
            if _good_layer(Z, activation):
                break
        else:
            return None
        found |= {f"W{layer}": W, f"b{layer}": b}
        A = ACTIVATIONS[activation](Z)
    return found


def _labels(rng: np.random.Generator, shape: tuple[int, int]) -> Array:
    """Labels 0 and 1; of more than one example both."""
    while True:
        Y = (rng.random(shape) < 0.5).astype(float)
        if shape[1] == 1 or 0.0 < float(Y.mean()) < 1.0:
            return Y


def _good_layer(Z: Array, activation: str) -> bool:
    """The screening of one layer's Z (n, m)."""
    size = np.abs(Z)
    if size.max() > 4:
        return False
    if activation != "relu":
        return True
    on, m = (Z > 0).sum(axis=1), Z.shape[1]
    return bool(size.min() >= 1e-3 and (m == 1 or ((on > 0) & (on < m)).all()))


def _good(drawn: MLPInstance) -> bool:
    """The screening of all layers."""
    A = drawn.X
    for layer, activation in enumerate(drawn.activations, start=1):
        Z = drawn.parameters[f"W{layer}"] @ A + drawn.parameters[f"b{layer}"]
        if not _good_layer(Z, activation):
            return False
        A = ACTIVATIONS[activation](Z)
    return True


@drawn_once
def mixed_instance(rng: np.random.Generator, sizes: Sequence[int], m: int) -> MLPInstance:
    """Draw an instance whose Z have both signs in every layer, and not the same ones in two.

    A mask that is read from another layer would else be right by chance, or 0 for all examples:
    then every mistake below it would have the same gradient.
    """
    while True:
        drawn = mlp_instance(rng, sizes, m)
        on = [drawn.graph.value(f"Z{n}") > 0 for n in range(1, len(sizes))]
        mixed = all(mask.any() and not mask.all() for mask in on)
        if mixed and not any(np.array_equal(a, b) for a, b in combinations(on, 2)):
            return drawn


@drawn_once
def kinked_instance(rng: np.random.Generator, sizes: Sequence[int], m: int) -> MLPInstance:
    """Draw an instance whose Z1[0, 0] is exactly 0, in whatever order a product is summed.

    The first layer's numbers are multiples of 1/8, so that no sum of their products is rounded.
    """
    while True:
        drawn = mlp_instance(rng, sizes, m)
        X, W1, b1 = (_eighths(a) for a in (drawn.X, *(drawn.parameters[n] for n in ("W1", "b1"))))
        b1[0, 0] = -(W1 @ X)[0, 0]
        kinked = replace(drawn, X=X, parameters={**drawn.parameters, "W1": W1, "b1": b1})
        beside = [
            replace(kinked, parameters={**kinked.parameters, "b1": b1 + shift})
            for shift in (1 / 64, -1 / 64)
        ]
        arrives = gradient(kinked.graph, "A1")
        if (
            (kinked.graph.value("Z1") == 0).sum() == 1
            and all(_good(one) for one in beside)
            and abs(arrives[0, 0]) > 0.05 * np.abs(arrives).max()
        ):
            return kinked


def _eighths(array: Array) -> Array:
    return np.asarray(np.round(array * 8) / 8)


@drawn_once
def activation_inputs(rng: np.random.Generator, n: int, m: int) -> tuple[Array, Array]:
    """Z and an upstream dA of shape (n, m); every row of both has both signs where m > 1."""
    while True:
        Z, dA = rng.normal(size=(2, n, m))
        on = (Z > 0).sum(axis=1)
        up = (dA > 0).sum(axis=1)
        mixed = m == 1 or (((on > 0) & (on < m)).all() and ((up > 0) & (up < m)).all())
        if mixed and np.abs(Z).min() > 1e-3:
            return Z, dA


@drawn_once
def layer_inputs(
    rng: np.random.Generator, n_prev: int, n: int, m: int
) -> tuple[Array, Array, Array, Array]:
    """A_prev (n_prev, m), W (n, n_prev), b (n, 1) and an upstream (n, m), all of order 1."""
    while True:
        A_prev = rng.normal(size=(n_prev, m))
        W = rng.normal(size=(n, n_prev)) * np.sqrt(2.0 / n_prev)
        b = rng.uniform(0.1, 0.6, (n, 1)) * rng.choice([-1, 1], (n, 1))
        Z = W @ A_prev + b
        on = (Z > 0).sum(axis=1)
        if np.abs(Z).min() > 1e-3 and (m == 1 or ((on > 0) & (on < m)).all()):
            return A_prev, W, b, rng.normal(size=(n, m))


@drawn_once
def kinked_layer(
    rng: np.random.Generator, n_prev: int, n: int, m: int
) -> tuple[Array, Array, Array, Array]:
    """Like `layer_inputs`, with Z[0, 0] exactly 0."""
    while True:
        A_prev, W, b, upstream = layer_inputs(rng, n_prev, n, m)
        A_prev, W, b = _eighths(A_prev), _eighths(W), _eighths(b)
        b[0, 0] = -(W @ A_prev)[0, 0]
        if (W @ A_prev + b == 0).sum() == 1 and abs(upstream[0, 0]) > 0.3:
            return A_prev, W, b, upstream
