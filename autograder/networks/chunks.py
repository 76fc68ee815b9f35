"""The recurrent network in chunks of k steps: the state is carried, the derivative is cut.

After steps k, 2k, ... the value a<t> goes on into the next step and nothing comes back from there.
The loss of this unit needs no output layer: the first n_y units of a<t> are the prediction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from autograder.networks.facts import time_facts
from autograder.networks.once import one_graph
from autograder.networks.rnn import upstream_graph
from autograder.networks.tap import Array, Graph, Tap


def borders(T: int, k: int) -> list[str]:
    """The wires from one chunk into the next: ``"a3->z4"`` for k = 3."""
    return [f"a{t}->z{t + 1}" for t in range(k, T, k)]


def states(x: Array, a0: Array, parameters: Mapping[str, Array]) -> Array:
    """a<0>, ..., a<T> side by side, shape (n_a, m, T + 1)."""
    T = x.shape[2]
    da = np.zeros((*a0.shape, T))
    seen = upstream_graph(x, a0, parameters, da).seen
    return np.stack([seen[f"a{t}"] for t in range(T + 1)], axis=2)


def upstream(a: Array, y: Array) -> Array:
    """The direct derivative of J = (1/2m) sum (a[:n_y] - y)² by a<1>, ..., a<T>; (n_a, m, T)."""
    da = np.zeros_like(a[:, :, 1:])
    da[: y.shape[0]] = (a[: y.shape[0], :, 1:] - y) / y.shape[1]
    return da


@one_graph
def squared_graph(x: Array, y: Array, a0: Array, parameters: Mapping[str, Array]) -> Graph:
    """A graph whose gradients are those of J = (1/2m) sum (a[:n_y] - y)² at these values.

    It is linear in a<t>, with the derivative of J for coefficients: the same gradients, and
    the wires of `upstream_graph`.
    """
    return upstream_graph(x, a0, parameters, upstream(states(x, a0, parameters), y))


class _Severed:
    """A tap that drops the derivative on some wires: before an edit sees it, and after."""

    def __init__(self, tap: Tap, wires: Collection[str]):
        self.tap, self.wires = tap, wires

    def __call__(self, name: str, value: Array) -> Array:
        if name in self.wires:
            return self.tap(name, value.real).real
        return self.tap(name, value)

    def wire(self, source: str, target: str, value: Array) -> Array:
        return self(f"{source}->{target}", value)


def truncated(graph: Graph, k: int) -> Graph:
    """The same graph with the derivative cut at the borders of chunks of k steps."""
    if ("truncated", k) not in graph.kept:
        graph.kept["truncated", k] = _truncated(graph, k)
    kept: Graph = graph.kept["truncated", k]
    return kept


def _truncated(graph: Graph, k: int) -> Graph:
    wires = borders(time_facts(graph).T, k)

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        return graph.forward(inputs, _Severed(tap, wires))  # type: ignore[arg-type]

    facts = replace(time_facts(graph), family="chunks", k=k, borders=tuple(wires))
    made = replace(graph, forward=forward, facts=facts)
    made.kept["whole"] = graph
    return made
