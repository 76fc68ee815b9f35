"""The recurrent network, unrolled; x is (n_x, m, T), a0 and each a<t> are (n_a, m).

Layout, names and cell are those of the deep-learning specialisation, course 5 week 1:
a<t> = tanh(Waa a<t-1> + Wax x<t> + ba), and yhat<t> = softmax(Wya a<t> + by). A loss sits at
every step. Nodes are called ``z1``, ``a1``, ``zy1``, ``yhat1``, ``L1``, ``z2``, ...; a wire such
as ``"Waa->z2"`` is one of the T uses of a weight; a<1> goes two ways, ``"a1->zy1"``, ``"a1->z2"``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from autograder.networks.blocks import tanh
from autograder.networks.facts import TimeFacts
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap

HIDDEN = ("Wax", "Waa", "ba")
OUTPUT = ("Wya", "by")
#: A cell alone, in the names of the function that the student writes.
_CELL = {"a0": "a_prev", "z1": "z_", "a1": "a_next", "x": "x_t"}
Leaves = Mapping[str, Array]


def softmax(z: Array) -> Array:
    """exp(z) / sum over axis -2: the classes of each example."""
    e = np.exp(z - z.real.max(axis=-2, keepdims=True))
    return np.asarray(e / e.sum(axis=-2, keepdims=True))


def _cell(leaves: Leaves, tap: Tap, t: int, xt: Array, a_prev: Array) -> Array:
    """z<t> and a<t> from x<t> and a<t-1>."""
    z = f"z{t}"
    Wax, Waa, ba = (tap.wire(name, z, leaves[name]) for name in HIDDEN)
    linear = Waa @ tap.wire(f"a{t - 1}", z, a_prev) + Wax @ tap.wire("x", z, xt) + ba
    return tap(f"a{t}", tanh(tap.wire(z, f"a{t}", tap(z, linear))))


def _loss(leaves: Leaves, tap: Tap, t: int, source: str, a: Array, y: Array) -> Array:
    """The losses of the m examples at step t, shape (1, m)."""
    zy, yhat, L = f"zy{t}", f"yhat{t}", f"L{t}"
    Wya, by = (tap.wire(name, zy, leaves[name]) for name in OUTPUT)
    linear = tap(zy, Wya @ tap.wire(source, zy, a) + by)
    p = tap.wire(yhat, L, tap(yhat, softmax(tap.wire(zy, yhat, linear))))
    return tap.wire(L, "J", tap(L, -(y * np.log(p)).sum(axis=-2, keepdims=True)))


def _enter(inputs: Leaves, tap: Tap) -> dict[str, Array]:
    return {name: tap(name, value) for name, value in inputs.items()}


def _total(terms: list[Array]) -> Array:
    """The sum over steps, units and examples; leading batch axes stay."""
    return np.asarray(sum(term.sum(axis=(-2, -1)) for term in terms))


@one_graph
def rnn_graph(x: Array, y: Array, a0: Array, parameters: Mapping[str, Array]) -> Graph:
    """The graph of J = (1/m) sum over examples and steps of the cross-entropy of yhat<t>.

    Parameters
    ----------
    x : array, shape (n_x, m, T)
    y : array, shape (n_y, m, T), one-hot along the first axis
    a0 : array, shape (n_a, m)
    parameters : mapping
        ``Wax`` (n_a, n_x), ``Waa`` (n_a, n_a), ``ba`` (n_a, 1), ``Wya`` (n_y, n_a),
        ``by`` (n_y, 1).

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> shapes = {"Wax": (3, 2), "Waa": (3, 3), "ba": (3, 1), "Wya": (2, 3), "by": (2, 1)}
    >>> p = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    >>> y = np.zeros((2, 5, 4))
    >>> y[0] = 1.0
    >>> rnn_graph(rng.normal(size=(2, 5, 4)), y, rng.normal(size=(3, 5)), p).value("a4").shape
    (3, 5)
    """
    m, T = x.shape[1:]

    def forward(inputs: Leaves, tap: Tap) -> Array:
        leaves = _enter(inputs, tap)
        a, losses = leaves["a0"], []
        for t in range(1, T + 1):
            a = _cell(leaves, tap, t, leaves["x"][..., t - 1], a)
            losses.append(_loss(leaves, tap, t, f"a{t}", a, y[..., t - 1]))
        return tap("J", _total(losses) / m)

    return Graph(forward, {"x": x, "a0": a0, **_only(parameters, HIDDEN + OUTPUT)}, _facts(m, T))


@one_graph
def upstream_graph(x: Array, a0: Array, parameters: Mapping[str, Array], da: Array) -> Graph:
    """The graph of J = sum(da * a): the cost whose direct derivative at a<t> is da[:, :, t-1].

    `da`, shape (n_a, m, T), holds whatever factors the true cost has; nothing is divided here.
    """
    m, T = x.shape[1:]

    def forward(inputs: Leaves, tap: Tap) -> Array:
        leaves = _enter(inputs, tap)
        a, terms = leaves["a0"], []
        for t in range(1, T + 1):
            a = _cell(leaves, tap, t, leaves["x"][..., t - 1], a)
            terms.append(da[..., t - 1] * tap.wire(f"a{t}", "J", a))
        return tap("J", _total(terms))

    return Graph(forward, {"x": x, "a0": a0, **_only(parameters, HIDDEN)}, _facts(m, T))


@one_graph
def cell_graph(xt: Array, a_prev: Array, parameters: Mapping[str, Array], da_next: Array) -> Graph:
    """One cell alone, J = sum(da_next * a1); the leaf ``x`` is xt, shape (n_x, m)."""

    def forward(inputs: Leaves, tap: Tap) -> Array:
        leaves = _enter(inputs, tap)
        a = _cell(leaves, tap, 1, leaves["x"], leaves["a0"])
        return tap("J", _total([da_next * tap.wire("a1", "J", a)]))

    facts = replace(_facts(xt.shape[1], 1), written=_CELL)
    return Graph(forward, {"x": xt, "a0": a_prev, **_only(parameters, HIDDEN)}, facts)


@one_graph
def output_graph(a: Array, y: Array, parameters: Mapping[str, Array]) -> Graph:
    """From given hidden states to J: the leaf ``a``, shape (n_a, m, T), has no recurrence."""
    m, T = a.shape[1:]

    def forward(inputs: Leaves, tap: Tap) -> Array:
        leaves = _enter(inputs, tap)
        steps = range(1, T + 1)
        losses = [_loss(leaves, tap, t, "a", leaves["a"][..., t - 1], y[..., t - 1]) for t in steps]
        return tap("J", _total(losses) / m)

    return Graph(forward, {"a": a, **_only(parameters, OUTPUT)}, _facts(m, T))


def as_family(graph: Graph, family: str) -> Graph:
    """The same graph under another family: which forms of the catalogue can occur on it."""
    if ("as", family) not in graph.kept:
        graph.kept["as", family] = replace(graph, facts=replace(graph.facts, family=family))
    kept: Graph = graph.kept["as", family]
    return kept


def _only(parameters: Mapping[str, Array], names: tuple[str, ...]) -> dict[str, Array]:
    return {name: parameters[name] for name in names}


def _facts(m: int, T: int) -> TimeFacts:
    return TimeFacts(family="rnn", scopes={"every step": tuple(range(1, T + 1))}, m=m, T=T)
