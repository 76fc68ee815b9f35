"""Scaled dot-product attention, and self-attention with several heads; rows are positions.

Names are those of A. Vaswani et al., "Attention Is All You Need" (2017). `S` holds the scores,
divided by the root of their width, as the softmax reads them; `P` the weights, each row of which
adds up to 1. A mask is True where a position may be seen. In self-attention `X` goes into `Q`, `K`
and `V`, and past all of it into `out`; `H` holds the heads side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.networks.facts import Facts
from autograder.networks.once import one_graph
from autograder.networks.rows import softmax, weigh
from autograder.networks.tap import Array, Graph, Tap

FAMILY = "attention"
WEIGHTS = ("Wq", "Wk", "Wv", "Wo")
#: The score of what is not seen: exp of it is exactly 0.
_UNSEEN = -1e30
#: Names that are no letter with an index.
_WRITTEN = {"X": "X_", "out": "out_", **{w: f"W_{w[1]}" for w in WEIGHTS}}


@dataclass(frozen=True, kw_only=True)
class AttentionFacts(Facts):
    """One layer of attention; `m` counts positions.

    Attributes
    ----------
    d : int
        The width of one head: scores are divided by its root.
    heads : int
    mask : array or None
        True where a position may be seen.
    """

    d: int
    heads: int = 1
    mask: Array | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """The number of positions, and that of heads."""
        return {"T": self.m} | ({"n_heads": self.heads} if self.heads > 1 else {})

    @property
    def seen(self) -> Array:
        """The mask as numbers 0 and 1; one number 1 where there is none."""
        return np.ones((1, 1)) if self.mask is None else np.asarray(self.mask, dtype=float)


def weights(S: Array, mask: Array | None) -> Array:
    """The softmax of each row of the scores, over what may be seen."""
    return softmax(S if mask is None else np.where(mask, S, _UNSEEN))


def split(A: Array, heads: int) -> Array:
    """(..., T, heads * d) as (..., heads, T, d): each head has its own columns."""
    cut = A.reshape(*A.shape[:-1], heads, -1)
    return np.asarray(np.swapaxes(cut, -2, -3))


def merge(A: Array) -> Array:
    """(..., heads, T, d) as (..., T, heads * d), the heads side by side."""
    turned = np.swapaxes(A, -2, -3)
    return turned.reshape(*turned.shape[:-2], -1)


def _attend(Q: Array, K: Array, V: Array, mask: Array | None, tap: Tap, heads: int = 0) -> Array:
    """The weighted rows of V. With `heads` the three hold them side by side, and S has an axis."""
    apart: Callable[[Array], Array] = (lambda A: split(A, heads)) if heads else np.asarray
    into = "H" if heads else "out"
    q, k = apart(tap.wire("Q", "S", Q)), apart(tap.wire("K", "S", K))
    S = tap("S", q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]))
    P = tap("P", weights(tap.wire("S", "P", S), mask))
    mixed = tap.wire("P", into, P) @ apart(tap.wire("V", into, V))
    return tap(into, merge(mixed) if heads else mixed)


@one_graph
def softmax_rows_graph(S: Array, dP: Array, mask: Array | None = None) -> Graph:
    """The graph of J = sum(dP * P), P the softmax of each row of S.

    Parameters
    ----------
    S, dP : array, shape (T_q, T_k)
    mask : array of bool, shape (T_q, T_k), optional
        True where a score counts.
    """

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        scores = tap("S", inputs["S"])
        return weigh(tap, "P", tap("P", weights(tap.wire("S", "P", scores), mask)), dP)

    return Graph(forward, {"S": S}, _facts(len(S), 1, 1, mask))


@one_graph
def attention_graph(Q: Array, K: Array, V: Array, dout: Array, mask: Array | None = None) -> Graph:
    """The graph of J = sum(dout * out), out = softmax(Q Kᵀ / √d_k) V.

    Parameters
    ----------
    Q : array, shape (T_q, d_k)
    K : array, shape (T_k, d_k)
    V : array, shape (T_k, d_v)
    dout : array, shape (T_q, d_v)
    mask : array of bool, shape (T_q, T_k), optional
        True where a query may see a key.
    """

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        Q, K, V = (tap(name, inputs[name]) for name in "QKV")
        return weigh(tap, "out", _attend(Q, K, V, mask, tap), dout)

    return Graph(forward, {"Q": Q, "K": K, "V": V}, _facts(len(Q), Q.shape[1], 1, mask))


@one_graph
def self_attention_graph(
    X: Array,
    parameters: Mapping[str, Array],
    n_heads: int,
    dout: Array,
    mask: Array | None = None,
) -> Graph:
    """The graph of J = sum(dout * out), out = X + H Wo; H are the heads, side by side.

    Parameters
    ----------
    X, dout : array, shape (T, D)
    parameters : mapping
        ``Wq``, ``Wk``, ``Wv`` (D, E) and ``Wo`` (E, D), where E is a multiple of n_heads: head 0
        has the first E / n_heads columns of Q, K and V.
    n_heads : int
    mask : array of bool, shape (T, T), optional
        True where a position may see another.
    """

    def forward(inputs: Mapping[str, Array], tap: Tap) -> Array:
        X, Wq, Wk, Wv, Wo = (tap(name, inputs[name]) for name in ("X", *WEIGHTS))

        def projected(name: str, W: Array) -> Array:
            used = tap.wire(f"W{name.lower()}", name, W)
            return tap(name, tap.wire("X", name, X) @ used)

        Q, K, V = projected("Q", Wq), projected("K", Wk), projected("V", Wv)
        H = _attend(Q, K, V, mask, tap, n_heads)
        made = tap.wire("H", "out", H) @ tap.wire("Wo", "out", Wo)
        return weigh(tap, "out", tap("out", tap.wire("X", "out", X) + made), dout)

    leaves = {"X": X, **{name: parameters[name] for name in WEIGHTS}}
    E = parameters["Wq"].shape[1]
    return Graph(forward, leaves, _facts(len(X), E // n_heads, n_heads, mask))


def _facts(T: int, d: int, heads: int, mask: Array | None) -> AttentionFacts:
    return AttentionFacts(
        family=FAMILY,
        scopes={"": (1,)},
        m=T,
        written=_WRITTEN,
        whole="layer",
        d=d,
        heads=heads,
        mask=mask,
    )
