"""A network of three layers with inverted dropout in its two hidden layers; columns are examples.

Source: deep-learning specialisation, course 2 week 1. The masks are given: a graph has no chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from autograder.networks.blocks import ACTIVATIONS
from autograder.networks.columns import cross_entropy
from autograder.networks.facts import LayerFacts
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap

_WIDEST = {"both hidden layers": (1, 2), "hidden layer 1": (1,), "hidden layer 2": (2,)}
_SCOPES = {"every layer": (1, 2, 3), **_WIDEST, "the output layer": (3,)}
_WRITTEN = {"A0": "X", "H1": "relu(Z1)", "H2": "relu(Z2)"}


@dataclass(frozen=True, kw_only=True)
class DropoutFacts(LayerFacts):
    """A chain of layers of which some units are switched off.

    Attributes
    ----------
    masks : mapping of int to array
        By the hidden layer, shape (n_l, m): 1 where a unit is kept, 0 where it is switched off.
    keep_prob : float
    """

    masks: Mapping[int, Array]
    keep_prob: float


@one_graph
def dropout_graph(
    X: Array,
    Y: Array,
    parameters: Mapping[str, Array],
    masks: Mapping[int, Array],
    keep_prob: float,
) -> Graph:
    """The graph of the cost of a network in which some units of the hidden layers are off.

    ``H1`` is relu(Z1), ``A1`` is H1 * D1 / keep_prob; the third layer is a sigmoid.

    Parameters
    ----------
    X : array, shape (n_x, m)
    Y : array, shape (1, m)
    parameters : mapping
        ``W1`` (n_1, n_x), ``b1`` (n_1, 1), ..., ``W3`` (1, n_2), ``b3`` (1, 1).
    masks : mapping of int to array
        ``{1: D1, 2: D2}``, shapes (n_1, m) and (n_2, m), of zeros and ones.
    keep_prob : float
    """
    kept = {n: mask.astype(float) for n, mask in masks.items()}
    cost = partial(cross_entropy, Y=Y, last="A3")

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        A = tap("A0", inputs["A0"])
        for n in (1, 2, 3):
            W, b, Z = f"W{n}", f"b{n}", f"Z{n}"
            W_in, b_in = (tap.wire(name, Z, tap(name, inputs[name])) for name in (W, b))
            Z_out = tap(Z, W_in @ tap.wire(f"A{n - 1}", Z, A) + b_in)
            if n == 3:
                return cost(tap("A3", ACTIVATIONS["sigmoid"](tap.wire(Z, "A3", Z_out))), tap)
            H = tap(f"H{n}", ACTIVATIONS["relu"](tap.wire(Z, f"H{n}", Z_out)))
            A = tap(f"A{n}", tap.wire(f"H{n}", f"A{n}", H) * kept[n] / keep_prob)
        raise AssertionError

    facts = DropoutFacts(
        family="dropout",
        scopes=_SCOPES,
        m=X.shape[-1],
        written=_WRITTEN,
        L=3,
        activations=("relu", "relu", "sigmoid"),
        Y=Y,
        masks=kept,
        keep_prob=keep_prob,
    )
    return Graph(forward, {"A0": X, **parameters}, facts)
