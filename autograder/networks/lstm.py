"""The LSTM, unrolled; x is (n_x, m, T), a and c are (n_a, m), each W is (n_a, n_a + n_x).

Layout and names are those of the deep-learning specialisation, course 5 week 1. With
u<t> = [a<t-1>; x<t>], one above the other, the cell is

    f, i, o = sigmoid(Wf u + bf), ...;  cc = tanh(Wc u + bc);
    c<t> = f c<t-1> + i cc;  th = tanh(c<t>);  a<t> = o th

(Hochreiter and Schmidhuber, 1997; the forget gate is of Gers and others, 2000). Nodes are called
``u1``, ``zf1``, ``f1``, ..., ``cc1``, ``c1``, ``th1``, ``a1``, ``u2``, ...; the two lanes between
the steps are the wires ``"a1->u2"`` and ``"c1->c2"``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.networks.blocks import sigmoid, tanh
from autograder.networks.facts import TimeFacts
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap

#: The gates and the candidate: the letter of their weights, their node, what acts on z.
GATES = {"f": ("f", sigmoid), "i": ("i", sigmoid), "c": ("cc", tanh), "o": ("o", sigmoid)}
WEIGHTS = tuple(f"{kind}{letter}" for letter in GATES for kind in "Wb")
#: A cell alone, in the names of the function that the student writes.
_CELL = {"a0": "a_prev", "c0": "c_prev", "a1": "a_next", "c1": "c_next", "x": "x_t"}
_CELL |= {f"{n}1": f"{n}_t" for n in ("u", "th", *(n for n, _ in GATES.values()))}
_CELL |= {f"z{letter}1": f"z{letter}_t" for letter in GATES}
Leaves = Mapping[str, Array]


def stack(above: Array, below: Array) -> Array:
    """Two arrays one above the other along axis -2; leading batch axes are broadcast."""
    lead = np.broadcast_shapes(above.shape[:-2], below.shape[:-2])
    parts = (np.broadcast_to(part, (*lead, *part.shape[-2:])) for part in (above, below))
    return np.concatenate(list(parts), axis=-2)


def linear(leaves: Leaves, tap: Tap, letter: str, t: int, source: str, u: Array) -> Array:
    """z<t> = W u + b for the weights of one letter; `source` is the node that u is."""
    z = f"z{letter}{t}"
    W, b = (tap.wire(f"{kind}{letter}", z, leaves[f"{kind}{letter}"]) for kind in "Wb")
    return tap(z, np.asarray(W @ tap.wire(source, z, u) + b))


def _cell(leaves: Leaves, tap: Tap, t: int, xt: Array, a: Array, c: Array) -> tuple[Array, Array]:
    """a<t> and c<t> from x<t>, a<t-1> and c<t-1>."""
    u, before = f"u{t}", t - 1
    stacked = tap(u, stack(tap.wire(f"a{before}", u, a), tap.wire("x", u, xt)))
    found = {}
    for letter, (name, activation) in GATES.items():
        node, z = f"{name}{t}", linear(leaves, tap, letter, t, u, stacked)
        found[name] = tap(node, activation(tap.wire(f"z{letter}{t}", node, z)))
    kept = tap.wire(f"f{t}", f"c{t}", found["f"]) * tap.wire(f"c{before}", f"c{t}", c)
    new = tap.wire(f"i{t}", f"c{t}", found["i"]) * tap.wire(f"cc{t}", f"c{t}", found["cc"])
    c = tap(f"c{t}", kept + new)
    th = tap(f"th{t}", tanh(tap.wire(f"c{t}", f"th{t}", c)))
    shown = tap.wire(f"o{t}", f"a{t}", found["o"]) * tap.wire(f"th{t}", f"a{t}", th)
    return tap(f"a{t}", shown), c


def _facts(m: int, T: int, written: Mapping[str, str]) -> TimeFacts:
    scopes = {"every step": tuple(range(1, T + 1))}
    return TimeFacts(family="lstm", scopes=scopes, m=m, T=T, written=written)


@one_graph
def lstm_graph(x: Array, a0: Array, c0: Array, parameters: Mapping[str, Array], da: Array) -> Graph:
    """The graph of J = sum(da * a), the cost whose direct derivative at a<t> is da[:, :, t-1].

    Parameters
    ----------
    x : array, shape (n_x, m, T)
    a0, c0 : array, shape (n_a, m)
    parameters : mapping
        ``Wf``, ``Wi``, ``Wc``, ``Wo`` (n_a, n_a + n_x), ``bf``, ``bi``, ``bc``, ``bo`` (n_a, 1).
    da : array, shape (n_a, m, T)

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> p = {name: rng.normal(size=(3, 5 if name[0] == "W" else 1)) for name in WEIGHTS}
    >>> x, (a0, c0) = rng.normal(size=(2, 4, 6)), rng.normal(size=(2, 3, 4))
    >>> lstm_graph(x, a0, c0, p, np.ones((3, 4, 6))).value("c6").shape
    (3, 4)
    """
    m, T = x.shape[1:]

    def forward(inputs: Leaves, tap: Tap) -> Array:
        leaves = {name: tap(name, value) for name, value in inputs.items()}
        a, c, terms = leaves["a0"], leaves["c0"], []
        for t in range(1, T + 1):
            a, c = _cell(leaves, tap, t, leaves["x"][..., t - 1], a, c)
            terms.append((da[..., t - 1] * tap.wire(f"a{t}", "J", a)).sum(axis=(-2, -1)))
        return tap("J", np.asarray(sum(terms)))

    return Graph(forward, {"x": x, "a0": a0, "c0": c0, **_only(parameters)}, _facts(m, T, {}))


@one_graph
def lstm_cell_graph(
    xt: Array,
    a_prev: Array,
    c_prev: Array,
    parameters: Mapping[str, Array],
    da_next: Array,
    dc_next: Array,
) -> Graph:
    """One cell alone, J = sum(da_next * a1) + sum(dc_next * c1); the leaf ``x`` is xt, (n_x, m).

    ``"c1->J"`` is the wire along which what later steps know of c_next comes back.
    """

    def forward(inputs: Leaves, tap: Tap) -> Array:
        leaves = {name: tap(name, value) for name, value in inputs.items()}
        a, c = _cell(leaves, tap, 1, leaves["x"], leaves["a0"], leaves["c0"])
        costs = da_next * tap.wire("a1", "J", a) + dc_next * tap.wire("c1", "J", c)
        return tap("J", np.asarray(costs.sum(axis=(-2, -1))))

    inputs = {"x": xt, "a0": a_prev, "c0": c_prev, **_only(parameters)}
    return Graph(forward, inputs, _facts(xt.shape[1], 1, _CELL))


def _only(parameters: Mapping[str, Array]) -> dict[str, Array]:
    return {name: parameters[name] for name in WEIGHTS}
