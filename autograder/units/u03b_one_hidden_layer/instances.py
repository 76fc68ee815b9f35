"""Random networks of one hidden layer on which no known mistake can hide.

Sizes and m are pairwise different, biases are not zero, weights are of order 1, labels of both
classes occur, and no tanh is saturated or so near 0 that its slope could be left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from autograder.networks import Array, Graph, mlp_graph
from autograder.networks.facts import layer_facts
from autograder.networks.once import drawn_once, one_graph

#: Unit 04 has functions of the same names. This one stands in this unit's notebook alone, and above
#: them: when they are graded, what stands below does not exist yet.
BESIDE = "forward_propagation"
#: (n_x, n_h, m): all different, twice; equal widths; a single example.
SIZES = ((3, 5, 7), (2, 4, 11), (4, 4, 6), (2, 3, 1))
#: Sizes on which nearly every product fits, also that with the weights of the other layer.
ALL_EQUAL = ((4, 4, 4), (1, 1, 9))
#: The smallest first.
SMALL = ((1, 1, 1), (1, 1, 2), (2, 1, 2), (1, 2, 2), (2, 2, 3))
ACTIVATIONS = ("tanh", "sigmoid")
#: The narrow ones first: a slip that the output cannot have is one of the hidden layer.
_SCOPES = {"the hidden layer": (1,), "the output layer": (2,), "both layers": (1, 2)}


@dataclass(frozen=True)
class Instance:
    """Examples, labels and parameters, and the graph of the cost.

    Attributes
    ----------
    X : array, shape (n_x, m)
    Y : array, shape (1, m)
    parameters : dict
        ``W1`` (n_h, n_x), ``b1`` (n_h, 1), ``W2`` (1, n_h), ``b2`` (1, 1).
    """

    X: Array
    Y: Array
    parameters: dict[str, Array]

    @cached_property
    def graph(self) -> Graph:
        """The graph of the cost J."""
        return network_graph(self.X, self.Y, self.parameters)

    @property
    def sizes(self) -> dict[str, int]:
        """The sizes by their letters in the contract."""
        n_h, n_x = self.parameters["W1"].shape
        return {"n_x": n_x, "n_h": n_h, "m": self.X.shape[1]}

    @property
    def label(self) -> str:
        """The sizes, for messages."""
        return ", ".join(f"{name} = {size}" for name, size in self.sizes.items())


@one_graph
def network_graph(X: Array, Y: Array, parameters: dict[str, Array]) -> Graph:
    """The graph of J, in the words of this unit: A0 is written X, and there is one hidden layer."""
    graph = mlp_graph(X, Y, parameters, ACTIVATIONS)
    facts = replace(layer_facts(graph), written={"A0": "X"}, scopes=_SCOPES)
    return replace(graph, facts=facts)


def _parameters(rng: np.random.Generator, n_x: int, n_h: int) -> dict[str, Array]:
    found = {}
    for n, shape in ((1, (n_h, n_x)), (2, (1, n_h))):
        found[f"W{n}"] = rng.normal(size=shape) / np.sqrt(shape[1])
        signs = rng.choice([-1, 1], (shape[0], 1))
        found[f"b{n}"] = rng.uniform(0.1, 0.5, (shape[0], 1)) * signs
    return found


@drawn_once
def instance(rng: np.random.Generator, n_x: int, n_h: int, m: int) -> Instance:
    """Draw a screened instance."""
    while True:
        Y = (rng.random((1, m)) < 0.5).astype(float)
        drawn = Instance(rng.normal(size=(n_x, m)), Y, _parameters(rng, n_x, n_h))
        size = np.abs(drawn.graph.value("Z1"))
        mixed = m == 1 or 0 < Y.mean() < 1
        if mixed and size.max() < 2.5 and size.max() > 0.5 and size.min() > 0.01:
            return drawn


@drawn_once
def whole_instance(rng: np.random.Generator, n_x: int, n_h: int, m: int) -> Instance:
    """An instance of whole numbers, on which a mistake can be followed by hand."""
    shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}
    while True:
        parameters = {name: rng.choice([-1.0, 1.0], shape) for name, shape in shapes.items()}
        X = rng.integers(1, 3, (n_x, m)) * rng.choice([-1.0, 1.0], (n_x, m))
        drawn = Instance(X, np.arange(m)[None] % 2 + 0.0, parameters)
        size = np.abs(drawn.graph.value("Z1"))
        if 0 < size.max() < 4 and size.min() > 0:
            return drawn


@drawn_once
def half_instance(rng: np.random.Generator, m: int) -> Instance:
    """A network that says exactly 1/2 of its first example: x = 0, and no biases."""
    while True:
        drawn = instance(rng, 2, 4, m)
        X = drawn.X.copy()
        X[:, 0] = 0.0
        biases = {"b1": np.zeros((4, 1)), "b2": np.zeros((1, 1))}
        half = Instance(X, drawn.Y, {**drawn.parameters, **biases})
        said = half.graph.value("A2")[:, 1:]
        if (said > 0.5).any() and (said < 0.5).any() and np.abs(said - 0.5).min() > 1e-3:
            return half
