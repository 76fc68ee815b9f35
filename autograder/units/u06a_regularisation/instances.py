"""Random networks of three layers on which no known mistake can hide.

Sizes and m differ, biases are not zero, the penalty is as large as the rest, labels of both classes
occur, each ReLU unit is on for some examples and off for others, and a mask drops units that are
on, and no unit of two layers alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.networks import Array, Graph
from autograder.networks.dropout import dropout_graph
from autograder.networks.once import drawn_once
from autograder.networks.regularised import regularised_graph

#: (n_x, n_1, n_2, m): all different, twice; equal widths; a single example.
SIZES = ((3, 5, 4, 7), (2, 3, 6, 11), (4, 4, 4, 6), (2, 3, 5, 1))
#: Sizes on which nearly every product fits.
ALL_EQUAL = ((4, 4, 4, 4),)
#: The smallest first.
SMALL = ((1, 1, 1, 1), (1, 1, 1, 2), (1, 1, 2, 2), (2, 2, 1, 2), (2, 2, 3, 3))
#: Strengths of the penalty and parts that are kept, one an instance.
LAMBDS = (3.0, 5.0, 2.5, 1.5)
KEPT = (0.8, 0.6, 0.75, 0.7)


@dataclass(frozen=True)
class Instance:
    """Examples, labels, parameters and masks.

    Attributes
    ----------
    X : array, shape (n_x, m)
    Y : array, shape (1, m)
    parameters : dict
        ``W1`` (n_1, n_x), ``b1`` (n_1, 1), ..., ``W3`` (1, n_2), ``b3`` (1, 1).
    masks : dict
        ``{1: D1, 2: D2}``, of zeros and ones.
    """

    X: Array
    Y: Array
    parameters: dict[str, Array]
    masks: dict[int, Array]

    @cached_property
    def plain(self) -> Graph:
        """The graph without a penalty."""
        return self.penalised(0.0)

    def penalised(self, lambd: float) -> Graph:
        """The graph of the cost with a penalty."""
        return regularised_graph(self.X, self.Y, self.parameters, lambd)

    def dropped(self, keep_prob: float) -> Graph:
        """The graph of the network with these masks."""
        return dropout_graph(self.X, self.Y, self.parameters, self.masks, keep_prob)

    @property
    def sizes(self) -> dict[str, int]:
        """The sizes by their letters in the contract."""
        (n_1, n_x), n_2 = self.parameters["W1"].shape, self.parameters["W3"].shape[1]
        return {"n_x": n_x, "n_1": n_1, "n_2": n_2, "m": self.X.shape[1]}

    @property
    def label(self) -> str:
        """The sizes, for messages."""
        return ", ".join(f"{name} = {size}" for name, size in self.sizes.items())


def shapes(n_x: int, n_1: int, n_2: int) -> dict[str, tuple[int, int]]:
    """The shapes of the parameters."""
    widths = ((n_1, n_x), (n_2, n_1), (1, n_2))
    return {
        f"{kind}{n}": (shape if kind == "W" else (shape[0], 1))
        for n, shape in enumerate(widths, start=1)
        for kind in "Wb"
    }


def _parameters(rng: np.random.Generator, X: Array, n_1: int, n_2: int) -> dict[str, Array]:
    """Weights of order 1, and biases with which each hidden unit is on for some examples only."""
    found: dict[str, Array] = {}
    A = X
    for n, width in enumerate((n_1, n_2, 1), start=1):
        W = rng.normal(size=(width, len(A))) * 1.2 / np.sqrt(len(A))
        b = rng.uniform(0.1, 0.6, (width, 1)) * rng.choice([-1, 1], (width, 1))
        if n < 3 and X.shape[1] > 2:
            ordered = np.sort(W @ A, axis=1)
            place = rng.integers(1, X.shape[1] - 1, width)
            rows = np.arange(width)
            b = -(ordered[rows, place - 1] + ordered[rows, place])[:, np.newaxis] / 2
        found |= {f"W{n}": W, f"b{n}": b}
        A = np.maximum(W @ A + b, 0)
    return found


@drawn_once
def instance(rng: np.random.Generator, sizes: tuple[int, int, int, int]) -> Instance:
    """Draw a screened instance."""
    n_x, n_1, n_2, m = sizes
    while True:
        X, Y = rng.normal(size=(n_x, m)), (rng.random((1, m)) < 0.5).astype(float)
        masks = {n: (rng.random((w, m)) < 0.65).astype(int) for n, w in ((1, n_1), (2, n_2))}
        drawn = Instance(X, Y, _parameters(rng, X, n_1, n_2), masks)
        if (m == 1 or 0 < Y.mean() < 1) and _speaks(drawn):
            return drawn


def _speaks(drawn: Instance) -> bool:
    """Whether no mistake could hide: see the head of this module."""
    m = drawn.X.shape[1]
    # the second graph is made only where the first one passes: most are thrown away
    for keep_prob in (None, 0.7):
        graph = drawn.plain if keep_prob is None else drawn.dropped(keep_prob)
        Z = [graph.value(f"Z{n}") for n in (1, 2)]
        if min(np.abs(z).min() for z in Z) < 3e-3 or np.abs(graph.value("Z3")).max() > 4:
            return False
        if m > 2 and any(not 0 < (z > 0).mean() < 1 for z in Z):
            return False
    return all(
        (mask[z > 0] == 0).any()
        and (mask[z > 0] == 1).any()
        and (m == 1 or (mask[z <= 0] == 1).any())
        for mask, z in ((drawn.masks[n], graph.value(f"Z{n}")) for n in (1, 2))
    )


@drawn_once
def whole_instance(rng: np.random.Generator, sizes: tuple[int, int, int, int]) -> Instance:
    """An instance of whole numbers, on which a mistake can be followed by hand."""
    n_x, n_1, n_2, m = sizes
    while True:
        parameters = {
            name: rng.choice([-1.0, 1.0, 2.0], shape)
            for name, shape in shapes(n_x, n_1, n_2).items()
        }
        X = rng.integers(1, 3, (n_x, m)) * rng.choice([-1.0, 1.0], (n_x, m))
        masks = {n: rng.integers(0, 2, (w, m)) for n, w in ((1, n_1), (2, n_2))}
        drawn = Instance(X, np.arange(m)[None] % 2 + 0.0, parameters, masks)
        with np.errstate(all="ignore"):  # a large Z3 has no logarithm: it is not taken
            graphs = (drawn.plain, drawn.dropped(0.5))
            Z = [graph.value(f"Z{n}") for graph in graphs for n in (1, 2)]
            calm = max(np.abs(graph.value("Z3")).max() for graph in graphs) < 9
        if calm and all((z > 0).any() and np.abs(z).min() > 0 for z in Z):
            return drawn
