"""Random recurrent networks in rows: those of unit 07, transposed.

What hides no mistake there hides none here: sizes that differ, one case where N, D and H are equal,
one step, one example, states away from saturation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.networks import Array, Graph
from autograder.networks.rnn_rows import rnn_rows_graph, rnn_step_graph
from autograder.units.u07_rnn.instances import RNNInstance, rnn_instance, small_rnns

#: (D, H, N, T): all different; square weights; one step; one example. Then, to find out what a
#: wrong product was, one in which every size is equal.
SEQUENCES = ((3, 5, 7, 4), (4, 4, 3, 5), (5, 3, 7, 1), (2, 4, 1, 3))
DIAGNOSTIC = (4, 4, 4, 4)
STEPS = ((3, 5, 7, 1), (4, 4, 3, 1), (2, 4, 1, 1))
DIAGNOSTIC_STEP = (5, 5, 5, 1)


@dataclass(frozen=True)
class RowsInstance:
    """Data (N, T, D), initial state (N, H), parameters, and a random upstream dh (N, T, H)."""

    x: Array
    h0: Array
    parameters: dict[str, Array]
    dh: Array

    @property
    def args(self) -> tuple[Array, ...]:
        """The arguments of rnn_forward."""
        return (self.x, self.h0, *self.weights)

    @property
    def step_args(self) -> tuple[Array, ...]:
        """The arguments of rnn_step_forward, for the first step."""
        return (self.x[:, 0], self.h0, *self.weights)

    @property
    def weights(self) -> tuple[Array, Array, Array]:
        """Wx, Wh, b."""
        p = self.parameters
        return p["Wx"], p["Wh"], p["b"]

    @cached_property
    def graph(self) -> Graph:
        """The graph of J = sum(dh * h)."""
        return rnn_rows_graph(self.x, self.h0, self.parameters, self.dh)

    @cached_property
    def step(self) -> Graph:
        """The graph of the first step alone, J = sum(dh[:, 0] * h1)."""
        return rnn_step_graph(self.x[:, 0], self.h0, self.parameters, self.dh[:, 0])

    @cached_property
    def h(self) -> Array:
        """All states, shape (N, T, H)."""
        seen = self.graph.seen
        return np.stack([seen[f"h{t}"] for t in range(1, self.x.shape[1] + 1)], axis=1)


def rows_instance(rng: np.random.Generator, sizes: tuple[int, int, int, int]) -> RowsInstance:
    """Draw a screened instance of sizes (D, H, N, T)."""
    D, H, N, T = sizes
    return _transposed(rnn_instance(rng, (D, H, 2, N, T)))


def small_rows(rng: np.random.Generator, steps: int = 0) -> Iterator[RowsInstance]:
    """Yield small instances of halves and wholes, the smallest first; of so many steps, if told."""
    yield from map(_transposed, small_rnns(rng, steps))


def _transposed(drawn: RNNInstance) -> RowsInstance:
    p = drawn.parameters
    parameters = {"Wx": p["Wax"].T.copy(), "Wh": p["Waa"].T.copy(), "b": p["ba"][:, 0].copy()}
    x, dh = (np.moveaxis(a, 0, 2).copy() for a in (drawn.x, drawn.da))
    return RowsInstance(x, drawn.a0.T.copy(), parameters, dh)


def label(drawn: RowsInstance, step: bool = False) -> str:
    """The sizes in words; those of a step have no T."""
    (N, T, D), H = drawn.x.shape, drawn.h0.shape[1]
    return f"N = {N}, D = {D}, H = {H}" + ("" if step else f", T = {T}")


def sizes_of(drawn: RowsInstance) -> dict[str, int]:
    """The sizes by the letters of the contract."""
    (N, T, D), H = drawn.x.shape, drawn.h0.shape[1]
    return {"N": N, "T": T, "D": D, "H": H}
