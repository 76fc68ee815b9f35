"""One cell of a GRU; x is (n_x, m), the state c is (n_a, m), each W is (n_a, n_a + n_x).

Names are those of the deep-learning specialisation, course 5 week 1, where the state is called c.
With u the update gate and r the reset gate the cell is

    v = [c_prev; x];  u, r = sigmoid(Wu v + bu), ...;  w = [r c_prev; x];  cc = tanh(Wc w + bc);
    c_next = u cc + (1 - u) c_prev

(Cho and others, 2014). Nodes are called ``v1``, ``zu1``, ``u1``, ``r1``, ``rc1``, ``w1``, ``cc1``,
``c1``; the state goes three ways: ``"c0->v1"``, ``"c0->rc1"``, ``"c0->c1"``. The gate u enters c1
twice: as ``"u1->c1"`` before cc, and as ``"u1->keep1"`` in 1 - u.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.networks.blocks import sigmoid, tanh
from autograder.networks.facts import TimeFacts
from autograder.networks.lstm import linear, stack
from autograder.networks.once import one_graph
from autograder.networks.tap import Array, Graph, Tap

GATES = {"u": "u", "r": "r", "c": "cc"}
WEIGHTS = tuple(f"{kind}{letter}" for letter in GATES for kind in "Wb")
_WRITTEN = {"c0": "c_prev", "c1": "c_next", "x": "x_t"}
_WRITTEN |= {f"{n}1": f"{n}_t" for n in ("v", "w", "u", "r", "cc", "zu", "zr", "zc", "keep", "rc")}
_WRITTEN["keep"] = "(1 - ut)"


@one_graph
def gru_cell_graph(
    xt: Array, c_prev: Array, parameters: Mapping[str, Array], dc_next: Array
) -> Graph:
    """The graph of J = sum(dc_next * c1); the leaf ``x`` is xt.

    Parameters
    ----------
    xt : array, shape (n_x, m)
    c_prev : array, shape (n_a, m)
    parameters : mapping
        ``Wu``, ``Wr``, ``Wc`` (n_a, n_a + n_x), ``bu``, ``br``, ``bc`` (n_a, 1).
    dc_next : array, shape (n_a, m)

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> p = {name: rng.normal(size=(3, 5 if name[0] == "W" else 1)) for name in WEIGHTS}
    >>> c_prev, dc_next = rng.normal(size=(2, 3, 4))
    >>> gru_cell_graph(rng.normal(size=(2, 4)), c_prev, p, dc_next).value("c1").shape
    (3, 4)
    """

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        leaves = {name: tap(name, value) for name, value in inputs.items()}
        c, x = leaves["c0"], leaves["x"]
        v = tap("v1", stack(tap.wire("c0", "v1", c), tap.wire("x", "v1", x)))
        u, r = (
            tap(f"{g}1", sigmoid(tap.wire(f"z{g}1", f"{g}1", linear(leaves, tap, g, 1, "v1", v))))
            for g in "ur"
        )
        rc = tap("rc1", tap.wire("r1", "rc1", r) * tap.wire("c0", "rc1", c))
        w = tap("w1", stack(tap.wire("rc1", "w1", rc), tap.wire("x", "w1", x)))
        cc = tap("cc1", tanh(tap.wire("zc1", "cc1", linear(leaves, tap, "c", 1, "w1", w))))
        keep = tap("keep1", 1 - tap.wire("u1", "keep1", u))
        new = tap.wire("u1", "c1", u) * tap.wire("cc1", "c1", cc)
        state = tap("c1", new + tap.wire("keep1", "c1", keep) * tap.wire("c0", "c1", c))
        return tap("J", np.asarray((dc_next * tap.wire("c1", "J", state)).sum(axis=(-2, -1))))

    inputs = {"x": xt, "c0": c_prev, **{name: parameters[name] for name in WEIGHTS}}
    facts = TimeFacts(
        family="gru", scopes={"every step": (1,)}, m=xt.shape[1], T=1, written=_WRITTEN
    )
    return Graph(forward, inputs, facts)
