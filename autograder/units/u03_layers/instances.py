"""Random instances with rows as examples, screened so that no known mistake can hide.

Sizes are pairwise different, biases are not zero, numbers are of order 1, every unit's signal has
both signs, nothing comes nearer than 1e-3 to a kink, and every class is somebody's label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from autograder.networks import Array, Graph, rows_graph
from autograder.networks.once import drawn_once

_TRIES = 2000


@dataclass(frozen=True)
class RowsInstance:
    """A chain of layers with its data: ``layers`` is what a model's list of layers holds."""

    x: Array
    y: Array
    parameters: dict[str, Array]
    activations: tuple[str, ...]

    @property
    def graph(self) -> Graph:
        """The graph of the mean cross-entropy J."""
        return rows_graph(self.x, self.y, self.parameters, self.activations)

    @property
    def layers(self) -> list[tuple[object, ...]]:
        """``("affine", w, b)``, ``("relu",)``, ...: new arrays at each call."""
        made: list[tuple[object, ...]] = []
        for n in range(1, len(self.activations) + 2):
            w, b = self.parameters[f"W{n}"], self.parameters[f"b{n}"]
            made.append(("affine", w.copy(), b.copy()))
            made += [(name,) for name in self.activations[n - 1 : n] if name != "linear"]
        return made


@drawn_once
def rows_instance(
    rng: np.random.Generator, sizes: Sequence[int], m: int, activations: Sequence[str]
) -> RowsInstance:
    """Draw a screened instance; sizes are D, n_1, ..., C, and m examples are drawn.

    Raises
    ------
    RuntimeError
        If no instance of these sizes passes the screening.
    """
    for _ in range(_TRIES):
        parameters = {}
        for n, (fan_in, width) in enumerate(zip(sizes[:-1], sizes[1:], strict=True), start=1):
            parameters[f"W{n}"] = rng.normal(size=(fan_in, width)) * np.sqrt(2.0 / fan_in)
            parameters[f"b{n}"] = _bias(rng, width)
        x, y = rng.normal(size=(m, sizes[0])), labels(rng, m, sizes[-1])
        drawn = RowsInstance(x, y, parameters, tuple(activations))
        if _good(drawn):
            return drawn
    raise RuntimeError(f"no good instance of sizes {list(sizes)} with m = {m} in {_TRIES} tries")


def _good(drawn: RowsInstance) -> bool:
    seen, m = drawn.graph.seen, len(drawn.x)
    for n, activation in enumerate((*drawn.activations, "softmax"), start=1):
        Z = seen[f"Z{n}"]
        if np.abs(Z).max() > 4:
            return False
        if activation == "relu" and not (np.abs(Z).min() > 1e-3 and mixed(Z, m)):
            return False
    return True


def mixed(values: Array, m: int) -> bool:
    """Does every unit have both signs among the m rows? (With one row: always.)"""
    on = (values.reshape(m, -1) > 0).sum(axis=0)
    return m == 1 or bool(((on > 0) & (on < m)).all())


def labels(rng: np.random.Generator, m: int, classes: int) -> Array:
    """Integer labels (m,), of every class if there are examples enough."""
    return rng.permutation(np.arange(m) % classes) if m > 1 else rng.integers(classes, size=1)


def _bias(rng: np.random.Generator, width: int) -> Array:
    return np.asarray(rng.uniform(0.1, 0.6, width) * rng.choice([-1.0, 1.0], width))


def affine_inputs(
    rng: np.random.Generator, shape: Sequence[int], width: int
) -> tuple[Array, Array, Array, Array]:
    """x of the shape (N, d1, ..., dk), w (D, M), b (M,) and an upstream (N, M), of order 1."""
    fan_in = int(np.prod(shape[1:]))
    w = rng.normal(size=(fan_in, width)) * np.sqrt(2.0 / fan_in)
    return rng.normal(size=shape), w, _bias(rng, width), rng.normal(size=(shape[0], width))


@drawn_once
def pointwise_inputs(rng: np.random.Generator, shape: Sequence[int]) -> tuple[Array, Array]:
    """x and an upstream of one shape; every column of both has both signs."""
    while True:
        x, upstream = rng.normal(size=(2, *shape))
        if mixed(x, shape[0]) and mixed(upstream, shape[0]) and np.abs(x).min() > 1e-3:
            return x, upstream


def whole(rng: np.random.Generator, *shape: int) -> Array:
    """Whole numbers from -3 to 3, none of them 0: small instances are followed by hand."""
    return np.asarray(rng.integers(1, 4, shape) * rng.choice([-1.0, 1.0], shape))
