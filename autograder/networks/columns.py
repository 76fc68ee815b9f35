"""The L-layer network, columns are examples: X is (n_0, m), W^[l] is (n_l, n_{l-1}).

Source: deep-learning specialisation, course 1 week 4, with every value named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np

from autograder.networks.blocks import ACTIVATIONS
from autograder.networks.facts import LayerFacts
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap

#: A layer alone, in the names of the function that the student writes.
_ALONE = {"A0": "A_prev", "W1": "W_", "b1": "b_", "Z1": "Z_", "A1": "A_"}

Cost: TypeAlias = Callable[[Array, Tap], Array]


def mlp(inputs: Mapping[str, Array], tap: Tap, activations: Sequence[str], cost: Cost) -> Array:
    """Forward pass of L layers; nodes A0, W1, b1, Z1, A1, ... and those of `cost`."""
    A = tap("A0", inputs["A0"])
    for layer, activation in enumerate(activations, start=1):
        W, b, Z = f"W{layer}", f"b{layer}", f"Z{layer}"
        W_in = tap.wire(W, Z, tap(W, inputs[W]))
        A_in = tap.wire(f"A{layer - 1}", Z, A)
        b_in = tap.wire(b, Z, tap(b, inputs[b]))
        Z_out = tap(Z, W_in @ A_in + b_in)
        A = tap(f"A{layer}", ACTIVATIONS[activation](tap.wire(Z, f"A{layer}", Z_out)))
    return cost(A, tap)


def cross_entropy(A: Array, tap: Tap, Y: Array, last: str) -> Array:
    """J, the mean over the m examples of L_i = -(y_i log a_i + (1 - y_i) log(1 - a_i))."""
    A = tap.wire(last, "L", A)
    losses = tap("L", -(Y * np.log(A) + (1 - Y) * np.log(1 - A)))
    return tap("J", tap.wire("L", "J", losses).sum(axis=(-2, -1)) / Y.shape[-1])


def inner_product(A: Array, tap: Tap, upstream: Array, last: str) -> Array:
    """J = (1/m) sum(upstream * A): the cost whose derivative in the L convention is `upstream`.

    With it a single layer can be checked on any incoming gradient, no network behind it.
    """
    A = tap.wire(last, "J", A)
    return tap("J", (upstream * A).sum(axis=(-2, -1)) / upstream.shape[-1])


@one_graph
def mlp_graph(
    X: Array,
    Y: Array,
    parameters: Mapping[str, Array],
    activations: Sequence[str] | None = None,
) -> Graph:
    """The graph of the cost J of an L-layer network on the examples X with labels Y.

    Parameters
    ----------
    X : array, shape (n_0, m)
    Y : array, shape (1, m) or (n_L, m), labels 0 or 1
    parameters : mapping
        ``W1`` (n_1, n_0), ``b1`` (n_1, 1), ``W2``, ...
    activations : sequence of str, optional
        One of ``relu``, ``sigmoid``, ``tanh``, ``linear`` for each layer.
        By default hidden layers are ReLU and the last is the sigmoid.

    Raises
    ------
    ValueError
        If the number of activations is not the number of layers, or X and Y differ in m.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> p = {"W1": rng.normal(size=(1, 2)), "b1": np.zeros((1, 1))}
    >>> mlp_graph(rng.normal(size=(2, 3)), np.array([[0, 1, 1]]), p).value("A1").shape
    (1, 3)
    """
    depth = sum(name.startswith("W") for name in parameters)
    chosen = tuple(activations or ("relu",) * (depth - 1) + ("sigmoid",))
    if len(chosen) != depth:
        raise ValueError(f"{depth} layers of weights but {len(chosen)} activations: {chosen}")
    if X.shape[-1] != Y.shape[-1]:
        raise ValueError(f"X has {X.shape[-1]} examples (columns), Y has {Y.shape[-1]}")
    cost = partial(cross_entropy, Y=Y, last=f"A{depth}")
    return _graph(X, parameters, cost, _facts(X.shape[-1], chosen, Y=Y))


@one_graph
def layer_graph(
    A_prev: Array, W: Array, b: Array, upstream: Array, activation: str = "linear"
) -> Graph:
    """One layer, as if alone: ``upstream`` is dS/dA1 (n_1, m), S the sum of the losses."""
    cost = partial(inner_product, upstream=upstream, last="A1")
    facts = _facts(A_prev.shape[-1], (activation,), upstream=upstream)
    return _graph(A_prev, {"W1": W, "b1": b}, cost, facts)


@one_graph
def activation_graph(Z: Array, upstream: Array, activation: str) -> Graph:
    """One activation alone: node Z1 (a leaf), node A1, J = (1/m) sum(upstream * A1)."""

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        Z1 = tap.wire("Z1", "A1", tap("Z1", inputs["Z1"]))
        A1 = tap("A1", ACTIVATIONS[activation](Z1))
        return inner_product(A1, tap, upstream, "A1")

    return Graph(forward, {"Z1": Z}, _facts(Z.shape[-1], (activation,), upstream=upstream))


def _graph(
    X: Array,
    parameters: Mapping[str, Array],
    cost: Cost,
    facts: LayerFacts,
) -> Graph:
    forward = partial(mlp, activations=facts.activations, cost=cost)
    return Graph(forward, {"A0": X, **parameters}, facts)


def _facts(
    m: int, activations: Sequence[str], Y: Array | None = None, upstream: Array | None = None
) -> LayerFacts:
    depth = len(activations)
    numbered = list(enumerate(activations, start=1))
    scopes = {
        "every layer": range(1, depth + 1),
        "the hidden layers": range(1, depth),
        "the output layer": range(depth, depth + 1),
        "ReLU layers": [n for n, name in numbered if name == "relu"],
        "sigmoid layers": [n for n, name in numbered if name == "sigmoid"],
    }
    return LayerFacts(
        family="columns",
        scopes={name: tuple(places) for name, places in scopes.items()},
        m=m,
        L=depth,
        activations=tuple(activations),
        Y=Y,
        upstream=upstream,
        written={} if upstream is None else _ALONE,
    )
