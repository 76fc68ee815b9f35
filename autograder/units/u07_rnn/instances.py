"""Random recurrent networks on which no known mistake can hide.

a0 and the biases are not zero, weights are of order 1, |z| <= 1.6 so that no tanh is saturated,
labels of more than one class occur, and one token comes twice where x is made of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.networks import Array, Graph, rnn_graph
from autograder.networks.once import drawn_once

_TRIES = 2000
_UNSATURATED = 1.6


@dataclass(frozen=True)
class RNNInstance:
    """Data, labels, initial state, parameters, and a random upstream `da`, shape (n_a, m, T)."""

    x: Array
    y: Array
    a0: Array
    parameters: dict[str, Array]
    da: Array

    @cached_property
    def graph(self) -> Graph:
        """The graph of the cost J, with a loss at every step."""
        return rnn_graph(self.x, self.y, self.a0, self.parameters)


@drawn_once
def rnn_instance(
    rng: np.random.Generator, sizes: tuple[int, int, int, int, int], tokens: bool = False
) -> RNNInstance:
    """Draw a screened instance.

    Parameters
    ----------
    rng : numpy.random.Generator
    sizes : tuple of int
        (n_x, n_a, n_y, m, T).
    tokens : bool
        Whether the columns of x are one-hot, the token of step 1 coming again at step 3.

    Raises
    ------
    RuntimeError
        If no instance of these sizes passes the screening.
    """
    for _ in range(_TRIES):
        drawn = _draw(rng, sizes, tokens)
        if _good(drawn):
            return drawn
    raise RuntimeError(f"no good instance of sizes {sizes} in {_TRIES} tries")


def _draw(
    rng: np.random.Generator, sizes: tuple[int, int, int, int, int], tokens: bool
) -> RNNInstance:
    n_x, n_a, n_y, m, T = sizes
    parameters = {
        "Wax": rng.normal(size=(n_a, n_x)) * 0.7 / np.sqrt(1 if tokens else n_x),
        "Waa": rng.normal(size=(n_a, n_a)) * 0.9 / np.sqrt(n_a),
        "ba": _away_from_zero(rng, (n_a, 1), 0.3),
        "Wya": rng.normal(size=(n_y, n_a)),
        "by": _away_from_zero(rng, (n_y, 1), 0.5),
    }
    x = rng.uniform(-1.2, 1.2, (n_x, m, T))
    if tokens:
        words = rng.integers(0, n_x, (m, T))
        words[:, 2:3] = words[:, :1]
        x = np.moveaxis(np.eye(n_x)[words], -1, 0)
    y = np.moveaxis(np.eye(n_y)[rng.integers(0, n_y, (m, T))], -1, 0)
    da = rng.choice([-1, 1], (n_a, m, T)) * rng.uniform(0.2, 1.5, (n_a, m, T))
    return RNNInstance(x, y, _away_from_zero(rng, (n_a, m), 0.8), parameters, da)


#: (n_x, n_a, n_y, m, T) of instances that can be followed by hand, the smallest first.
SMALL = (
    *((1, 1, 2, 1, 1), (1, 1, 2, 1, 2), (1, 1, 2, 2, 1), (1, 2, 2, 1, 1)),
    *((2, 1, 2, 1, 2), (1, 2, 2, 1, 2), (1, 2, 2, 2, 2), (2, 2, 2, 2, 3)),
)


def small_rnns(rng: np.random.Generator, steps: int = 0) -> Iterator[RNNInstance]:
    """Yield small instances of halves and wholes, the smallest first; of so many steps, if told."""
    for n_x, n_a, n_y, m, T in dict.fromkeys((*s[:4], steps or s[4]) for s in SMALL):
        shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "ba": (n_a, 1)}
        shapes |= {"Wya": (n_y, n_a), "by": (n_y, 1)}
        parameters = {name: _halves(rng, shape) for name, shape in shapes.items()}
        y = np.moveaxis(np.eye(n_y)[rng.integers(0, n_y, (m, T))], -1, 0)
        x, da = _halves(rng, (n_x, m, T)), _halves(rng, (n_a, m, T))
        yield RNNInstance(x, y, _halves(rng, (n_a, m)), parameters, da)


def _halves(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return np.asarray(rng.choice([-1.0, -0.5, 0.5, 1.0], shape))


def _away_from_zero(rng: np.random.Generator, shape: tuple[int, ...], largest: float) -> Array:
    return np.asarray(rng.uniform(0.2 * largest, largest, shape) * rng.choice([-1, 1], shape))


def _good(drawn: RNNInstance) -> bool:
    T = drawn.x.shape[2]
    seen = drawn.graph.seen
    if max(np.abs(seen[f"z{t}"]).max() for t in range(1, T + 1)) > _UNSATURATED:
        return False
    classes = drawn.y.sum(axis=(1, 2)) > 0
    return drawn.y.shape[1] * T == 1 or bool(classes.sum() > 1)


def sizes_of(drawn: RNNInstance) -> dict[str, int]:
    """The sizes by the letters of the contract."""
    n_x, m, T_x = drawn.x.shape
    n_y, n_a = drawn.parameters["Wya"].shape
    return {"m": m, "T_x": T_x, "n_x": n_x, "n_a": n_a, "n_y": n_y}
