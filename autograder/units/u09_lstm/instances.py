"""Random LSTMs and GRUs on which no known mistake can hide.

States, biases and both upstreams are not zero, weights are of order 1, and |z| <= 1.6: no gate is
saturated, and no forget gate is near 1, where a missing factor f could not be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from autograder.networks import Array, Graph
from autograder.networks.gru import gru_cell_graph
from autograder.networks.lstm import GATES, lstm_cell_graph, lstm_graph
from autograder.networks.once import drawn_once
from autograder.networks.rnn import softmax

_TRIES = 2000
_UNSATURATED = 1.6


@dataclass(frozen=True)
class LSTMInstance:
    """Data, states before the first step, parameters, and random upstreams.

    `da` has shape (n_a, m, T); `c_prev` and `dc_next`, (n_a, m), are those of a cell alone: over a
    sequence the first cell state is zero.
    """

    x: Array
    a0: Array
    c_prev: Array
    parameters: dict[str, Array]
    da: Array
    dc_next: Array

    @cached_property
    def graph(self) -> Graph:
        """The graph of J = sum(da * a)."""
        return lstm_graph(self.x, self.a0, np.zeros(self.a0.shape), self.parameters, self.da)

    @cached_property
    def cell(self) -> Graph:
        """The graph of the first cell, from c_prev, with da[:, :, 0] and dc_next."""
        x, da = self.x[:, :, 0], self.da[:, :, 0]
        return lstm_cell_graph(x, self.a0, self.c_prev, self.parameters, da, self.dc_next)

    @property
    def cell_args(self) -> tuple[Array, Array, Array]:
        """xt, a_prev, c_prev."""
        return self.x[:, :, 0], self.a0, self.c_prev

    def stacked(self, node: str) -> Array:
        """The values of ``node<t>`` for all t, shape (n_a, m, T)."""
        seen = self.graph.seen
        return np.stack([seen[f"{node}{t}"] for t in range(1, self.x.shape[2] + 1)], axis=2)

    def predicted(self, a: Array) -> Array:
        """Softmax of Wy a + by, for a of one step."""
        return softmax(self.parameters["Wy"] @ a + self.parameters["by"])

    @property
    def y_pred(self) -> Array:
        """The predictions of all steps, shape (n_y, m, T)."""
        return np.stack([self.predicted(a) for a in np.moveaxis(self.stacked("a"), 2, 0)], axis=2)


@drawn_once
def lstm_instance(rng: np.random.Generator, sizes: tuple[int, int, int, int, int]) -> LSTMInstance:
    """Draw a screened instance of sizes (n_x, n_a, n_y, m, T).

    Raises
    ------
    RuntimeError
        If no instance of these sizes passes the screening.
    """
    n_x, n_a, n_y, m, T = sizes
    for _ in range(_TRIES):
        parameters = _weights(rng, tuple(GATES), n_x, n_a)
        parameters |= {"Wy": rng.normal(size=(n_y, n_a)), "by": _far(rng, (n_y, 1), 0.5)}
        drawn = LSTMInstance(
            rng.uniform(-1.2, 1.2, (n_x, m, T)),
            _far(rng, (n_a, m), 0.8),
            _far(rng, (n_a, m), 1.2),
            parameters,
            _far(rng, (n_a, m, T), 1.5),
            _far(rng, (n_a, m), 1.5),
        )
        if _unsaturated(drawn.graph) and _unsaturated(drawn.cell):
            return drawn
    raise RuntimeError(f"no LSTM of sizes {sizes} passed the screening in {_TRIES} tries")


#: (n_x, n_a, n_y, m, T) of instances that can be followed by hand, the smallest first.
SMALL = (
    *((1, 1, 2, 1, 1), (1, 1, 2, 1, 2), (1, 1, 2, 2, 1), (1, 2, 2, 1, 1)),
    *((2, 1, 2, 1, 2), (1, 2, 2, 2, 2), (2, 2, 2, 2, 3)),
)


def small_lstms(rng: np.random.Generator, steps: int = 0) -> Iterator[LSTMInstance]:
    """Yield small instances of halves and wholes, the smallest first; of so many steps, if told."""
    for n_x, n_a, n_y, m, T in dict.fromkeys((*s[:4], steps or s[4]) for s in SMALL):
        parameters: dict[str, Array] = {}
        for letter in GATES:
            parameters |= {f"W{letter}": _halves(rng, (n_a, n_a + n_x))}
            parameters |= {f"b{letter}": _halves(rng, (n_a, 1))}
        parameters |= {"Wy": _halves(rng, (n_y, n_a)), "by": _halves(rng, (n_y, 1))}
        a0, c_prev, dc_next = (_halves(rng, (n_a, m)) for _ in range(3))
        x, da = _halves(rng, (n_x, m, T)), _halves(rng, (n_a, m, T))
        yield LSTMInstance(x, a0, c_prev, parameters, da, dc_next)


@dataclass(frozen=True)
class GRUInstance:
    """One cell: xt (n_x, m), c_prev and dc_next (n_a, m), and its parameters."""

    xt: Array
    c_prev: Array
    parameters: dict[str, Array]
    dc_next: Array

    @cached_property
    def graph(self) -> Graph:
        """The graph of J = sum(dc_next * c_next)."""
        return gru_cell_graph(self.xt, self.c_prev, self.parameters, self.dc_next)


@drawn_once
def gru_instance(rng: np.random.Generator, sizes: tuple[int, int, int]) -> GRUInstance:
    """Draw a screened cell of sizes (n_x, n_a, m).

    Raises
    ------
    RuntimeError
        If no instance of these sizes passes the screening.
    """
    n_x, n_a, m = sizes
    for _ in range(_TRIES):
        xt, c_prev = rng.uniform(-1.2, 1.2, (n_x, m)), _far(rng, (n_a, m), 0.9)
        parameters, dc_next = _weights(rng, ("u", "r", "c"), n_x, n_a), _far(rng, (n_a, m), 1.5)
        drawn = GRUInstance(xt, c_prev, parameters, dc_next)
        if _unsaturated(drawn.graph):
            return drawn
    raise RuntimeError(f"no GRU of sizes {sizes} passed the screening in {_TRIES} tries")


def small_grus(rng: np.random.Generator) -> Iterator[GRUInstance]:
    """Yield small cells of halves and wholes, the smallest first."""
    for n_x, n_a, m in ((1, 1, 1), (1, 1, 2), (1, 2, 1), (2, 1, 2), (2, 2, 2)):
        parameters: dict[str, Array] = {}
        for letter in "urc":
            parameters |= {f"W{letter}": _halves(rng, (n_a, n_a + n_x))}
            parameters |= {f"b{letter}": _halves(rng, (n_a, 1))}
        c_prev, dc_next = _halves(rng, (n_a, m)), _halves(rng, (n_a, m))
        yield GRUInstance(_halves(rng, (n_x, m)), c_prev, parameters, dc_next)


def _weights(
    rng: np.random.Generator, letters: tuple[str, ...], n_x: int, n_a: int
) -> dict[str, Array]:
    found = {}
    for letter in letters:
        found[f"W{letter}"] = rng.normal(size=(n_a, n_a + n_x)) * 0.8 / np.sqrt(n_a + n_x)
        found[f"b{letter}"] = _far(rng, (n_a, 1), 0.4)
    return found


def _halves(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return np.asarray(rng.choice([-1.0, -0.5, 0.5, 1.0], shape))


def _far(rng: np.random.Generator, shape: tuple[int, ...], largest: float) -> Array:
    """Numbers between a fifth of the largest and the largest, of either sign."""
    return np.asarray(rng.uniform(0.2 * largest, largest, shape) * rng.choice([-1, 1], shape))


def _unsaturated(graph: Graph) -> bool:
    return all(np.abs(v).max() <= _UNSATURATED for n, v in graph.seen.items() if _is_z(n))


def _is_z(name: str) -> bool:
    return name.startswith("z") and "->" not in name


def sizes_of(drawn: LSTMInstance | GRUInstance) -> dict[str, int]:
    """The sizes by the letters of the contract."""
    if isinstance(drawn, GRUInstance):
        n_x, m = drawn.xt.shape
        return {"m": m, "n_x": n_x, "n_a": len(drawn.c_prev)}
    n_x, m, T_x = drawn.x.shape
    n_y, n_a = drawn.parameters["Wy"].shape
    return {"m": m, "T_x": T_x, "n_x": n_x, "n_a": n_a, "n_y": n_y}


def label(drawn: LSTMInstance | GRUInstance, cell: bool = False) -> str:
    """The sizes in words; those of a cell have no T_x."""
    sizes = sizes_of(drawn)
    order = [
        n for n in ("n_x", "n_a", "n_y", "m", "T_x") if n in sizes and not (cell and n == "T_x")
    ]
    return ", ".join(f"{name} = {sizes[name]}" for name in order)
