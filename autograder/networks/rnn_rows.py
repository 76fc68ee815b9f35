"""The recurrent network whose rows are examples: x is (N, T, D), h0 and each h<t> are (N, H).

Layout, names and step are those of CS231n: h<t> = tanh(h<t-1> Wh + x<t> Wx + b). It is the
network of `autograder.networks.rnn` with every matrix transposed; `columns_twin` makes that one of
it. Nodes are called ``z1``, ``h1``, ``z2``, ...; ``"Wh->z2"`` is one of the T uses of a weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from autograder.networks.blocks import tanh
from autograder.networks.facts import TimeFacts, time_facts
from autograder.networks.once import one_graph
from autograder.networks.rnn import cell_graph, upstream_graph
from autograder.networks.tap import Array, Graph, Tap

WEIGHTS = ("Wx", "Wh", "b")
#: A step alone, in the names of the function that the student writes.
_STEP = {"h0": "prev_h_", "z1": "z_", "h1": "next_h_", "x": "x_"}
Leaves = Mapping[str, Array]


@dataclass(frozen=True, kw_only=True)
class RowTimeFacts(TimeFacts):
    """A recurrent network whose rows are examples: there are N of them.

    Attributes
    ----------
    upstream : array
        The gradient that arrives at the states: dh (N, T, H), or dnext_h (N, H).
    """

    upstream: Array

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of examples and that of steps."""
        return {"N": self.m, "T": self.T}

    @property
    def stacked(self) -> int:
        """States of several steps are (N, T, H)."""
        return -2


def _step(leaves: Leaves, tap: Tap, t: int, xt: Array, prev_h: Array) -> Array:
    """z<t> and h<t> from x<t> and h<t-1>."""
    z = f"z{t}"
    Wx, Wh = (tap.wire(name, z, leaves[name]) for name in ("Wx", "Wh"))
    # with leading batch axes b is (..., H) and needs an axis for the examples
    b = tap.wire("b", z, leaves["b"][..., np.newaxis, :])
    linear = tap.wire(f"h{t - 1}", z, prev_h) @ Wh + tap.wire("x", z, xt) @ Wx + b
    return tap(f"h{t}", tanh(tap.wire(z, f"h{t}", tap(z, linear))))


@one_graph
def rnn_rows_graph(x: Array, h0: Array, parameters: Leaves, dh: Array) -> Graph:
    """The graph of J = sum(dh * h): the cost whose direct derivative at h<t> is dh[:, t-1].

    Parameters
    ----------
    x : array, shape (N, T, D)
    h0 : array, shape (N, H)
    parameters : mapping
        ``Wx`` (D, H), ``Wh`` (H, H), ``b`` (H,).
    dh : array, shape (N, T, H)
        Holds whatever factors the true cost has; nothing is divided here.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> p = {"Wx": rng.normal(size=(2, 3)), "Wh": rng.normal(size=(3, 3)), "b": np.ones(3)}
    >>> graph = rnn_rows_graph(rng.normal(size=(5, 4, 2)), np.zeros((5, 3)), p, np.ones((5, 4, 3)))
    >>> graph.value("h4").shape
    (5, 3)
    """
    N, T = x.shape[:2]

    def forward(inputs: Leaves, tap: Tap) -> Array:
        leaves = {name: tap(name, value) for name, value in inputs.items()}
        h, terms = leaves["h0"], []
        for t in range(1, T + 1):
            h = _step(leaves, tap, t, leaves["x"][..., t - 1, :], h)
            terms.append((dh[:, t - 1] * tap.wire(f"h{t}", "J", h)).sum(axis=(-2, -1)))
        return tap("J", np.asarray(sum(terms)))

    return Graph(forward, _leaves(x, h0, parameters), _facts(N, T, dh))


@one_graph
def rnn_step_graph(x: Array, prev_h: Array, parameters: Leaves, dnext_h: Array) -> Graph:
    """One step alone, J = sum(dnext_h * h1); the leaf ``x`` is (N, D), ``h0`` is prev_h."""

    def forward(inputs: Leaves, tap: Tap) -> Array:
        leaves = {name: tap(name, value) for name, value in inputs.items()}
        h = _step(leaves, tap, 1, leaves["x"], leaves["h0"])
        return tap("J", (dnext_h * tap.wire("h1", "J", h)).sum(axis=(-2, -1)))

    facts = replace(_facts(len(x), 1, dnext_h), written=_STEP)
    return Graph(forward, _leaves(x, prev_h, parameters), facts)


def columns_twin(graph: Graph) -> Graph:
    """The same network in the other layout: leaves ``x``, ``a0``, ``Wax``, ``Waa``, ``ba``.

    It is made once for each graph. All its gradients are those of `graph`, transposed.
    """
    if "columns" not in graph.kept:
        facts, leaf = time_facts(graph), graph.inputs
        assert isinstance(facts, RowTimeFacts)
        parameters = {"Wax": leaf["Wx"].T, "Waa": leaf["Wh"].T, "ba": leaf["b"][:, np.newaxis]}
        make = cell_graph if leaf["x"].ndim == 2 else upstream_graph
        # (N, T, D) is (D, N, T) with its last axis first
        x, da = (v.T if v.ndim == 2 else np.moveaxis(v, 2, 0) for v in (leaf["x"], facts.upstream))
        graph.kept["columns"] = make(x, leaf["h0"].T, parameters, da)
    made: Graph = graph.kept["columns"]
    return made


def _leaves(x: Array, h0: Array, parameters: Leaves) -> dict[str, Array]:
    return {"x": x, "h0": h0, **{name: parameters[name] for name in WEIGHTS}}


def _facts(N: int, T: int, upstream: Array) -> RowTimeFacts:
    scopes = {"every step": tuple(range(1, T + 1))}
    return RowTimeFacts(family="rnn-rows", scopes=scopes, m=N, T=T, upstream=upstream)
