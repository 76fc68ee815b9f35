"""Layers in the other layout, rows are examples: x is (N, D), w is (D, M), b is (M,).

Names and signatures of the functions are those of CS231n and Data C182; the nodes are called as
in `autograder.networks.columns` (A0 is x, Z1 the affine part, A1 what an activation makes of it),
so that an edit which acts entry by entry fits both layouts. A single layer ends in
J = sum(upstream * out), whose gradients are the vector-Jacobian products with that upstream.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np

from autograder.networks.blocks import ACTIVATIONS
from autograder.networks.facts import RowFacts
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap

#: Functions alone, in the names of what the student writes.
_AFFINE = {"A0": "x_", "W1": "w_", "b1": "b_", "Z1": "out_"}
_POINTWISE = {"Z1": "x_", "A1": "out_"}
_SOFTMAX = {"Z1": "x_", "A1": "p_"}

Forward: TypeAlias = Callable[[Mapping[str, Array], Tap], Array]


def softmax(z: Array) -> Array:
    """exp(z) / sum(exp(z)) along the last axis; complex-safe, and safe for large z."""
    e = np.exp(z - z.real.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


def affine(tap: Tap, inputs: Mapping[str, Array], n: int, x: Array, axes: int = 1) -> Array:
    """Node Zn = x w + b, each example's `axes` last axes laid out in one row first."""
    W, b, Z = f"W{n}", f"b{n}", f"Z{n}"
    flat = x.reshape(*x.shape[: x.ndim - axes], -1)
    rows = tap.wire(f"A{n - 1}", Z, flat)
    W_in = tap.wire(W, Z, tap(W, inputs[W]))
    # with leading batch axes b is (..., M) and needs an axis for the examples
    b_in = tap.wire(b, Z, tap(b, inputs[b])[..., np.newaxis, :])
    return tap(Z, rows @ W_in + b_in)


def activate(tap: Tap, n: int, z: Array, activation: str) -> Array:
    """Node An, entry by entry, or the softmax of each row."""
    z = tap.wire(f"Z{n}", f"A{n}", z)
    return tap(f"A{n}", softmax(z) if activation == "softmax" else ACTIVATIONS[activation](z))


def weigh(tap: Tap, last: str, out: Array, upstream: Array) -> Array:
    """J = sum(upstream * out): the scalar whose derivative at `out` is `upstream`."""
    out = tap.wire(last, "J", out)
    return tap("J", (upstream * out).sum(axis=tuple(range(-upstream.ndim, 0))))


def mean_loss(tap: Tap, last: str, probs: Array, y: Array) -> Array:
    """J = mean of L_i = -log p[i, y_i]: cross-entropy with integer labels y, shape (N,)."""
    chosen = tap.wire(last, "L", probs)[..., np.arange(len(y)), y]
    losses = tap("L", -np.log(chosen))
    return tap("J", tap.wire("L", "J", losses).sum(axis=-1) / len(y))


@one_graph
def affine_graph(x: Array, w: Array, b: Array, upstream: Array) -> Graph:
    """One affine layer: x (N, d1, ..., dk), w (D, M), b (M,), upstream (N, M)."""

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        Z = affine(tap, inputs, 1, tap("A0", inputs["A0"]), x.ndim - 1)
        return weigh(tap, "Z1", Z, upstream)

    return _graph(
        forward, {"A0": x, "W1": w, "b1": b}, len(x), ("linear",), _AFFINE, upstream=upstream
    )


@one_graph
def pointwise_graph(x: Array, upstream: Array, activation: str) -> Graph:
    """One activation, or ``"softmax"``, alone: leaf Z1 and node A1, of the shape of upstream."""

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        A = activate(tap, 1, tap("Z1", inputs["Z1"]), activation)
        return weigh(tap, "A1", A, upstream)

    return _graph(forward, {"Z1": x}, len(x), (activation,), _POINTWISE, upstream=upstream)


@one_graph
def loss_graph(x: Array, y: Array) -> Graph:
    """Softmax and cross-entropy: leaf Z1, the scores (N, C); y (N,) integer labels."""

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        P = activate(tap, 1, tap("Z1", inputs["Z1"]), "softmax")
        return mean_loss(tap, "A1", P, y)

    return _graph(forward, {"Z1": x}, len(x), ("softmax",), _SOFTMAX, y=y)


@one_graph
def rows_graph(
    x: Array, y: Array, parameters: Mapping[str, Array], activations: Sequence[str]
) -> Graph:
    """A chain of affine layers and activations that ends in softmax and cross-entropy.

    Parameters
    ----------
    x : array, shape (N, D)
    y : array of int, shape (N,)
    parameters : mapping
        ``W1`` (D, n_1), ``b1`` (n_1,), ``W2``, ...
    activations : sequence of str
        One of ``relu``, ``sigmoid``, ``tanh``, ``linear`` for each layer but the last.

    Raises
    ------
    ValueError
        If the number of activations is not the number of affine layers less one.
    """
    depth = sum(name.startswith("W") for name in parameters)
    if len(activations) != depth - 1:
        raise ValueError(f"{depth} affine layers have {depth - 1} activations between them")
    chosen = (*activations, "softmax")
    forward = partial(_chain, activations=chosen, y=y)
    return _graph(forward, {"A0": x, **parameters}, len(x), chosen, {"A0": "x_"}, y=y)


def _chain(inputs: Mapping[str, Array], tap: Tap, activations: Sequence[str], y: Array) -> Array:
    A = tap("A0", inputs["A0"])
    for n, activation in enumerate(activations, start=1):
        A = activate(tap, n, affine(tap, inputs, n, A), activation)
    return mean_loss(tap, f"A{len(activations)}", A, y)


def _graph(
    forward: Forward,
    inputs: Mapping[str, Array],
    m: int,
    activations: Sequence[str],
    written: Mapping[str, str],
    y: Array | None = None,
    upstream: Array | None = None,
) -> Graph:
    depth = len(activations)
    numbered = list(enumerate(activations, start=1))
    scopes = {
        "ReLU layers": [n for n, name in numbered if name == "relu"],
        "sigmoid layers": [n for n, name in numbered if name == "sigmoid"],
        "tanh layers": [n for n, name in numbered if name == "tanh"],
        "the last layer": range(depth, depth + 1),
        "every layer": range(1, depth + 1),
        "the hidden layers": range(1, depth),
    }
    alone = upstream is not None or "Z1" in inputs  # one function: there is nowhere else to be
    places = {"": (1,)} if alone else {name: tuple(where) for name, where in scopes.items()}
    facts = RowFacts(
        family="rows",
        scopes=places,
        m=m,
        L=depth,
        activations=tuple(activations),
        y=y,
        upstream=upstream,
        written=written,
        whole="layer" if alone else "network",
    )
    return Graph(forward, inputs, facts)
