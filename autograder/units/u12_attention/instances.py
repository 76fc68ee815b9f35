"""Random layers of attention on which no known mistake can hide.

Scores are of order 1, so that no weight is near 0 or 1; the sizes whose roots may be exchanged
differ, but for one instance; a row of a mask hides something and shows something.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.engine.locate.instances import mixed_up
from autograder.networks import Array, Graph
from autograder.networks.attention import (
    WEIGHTS,
    attention_graph,
    self_attention_graph,
)
from autograder.networks.once import drawn_once

mixed_up("T_q T_k d_k", "T_q T_k", "d_k d_v", "T_q d_k", "T_k d_k", "T_k d_v", "T_q d_v")
mixed_up("T D E n_heads", "T D", "D E", "T d_k", "n_heads d_k")
#: T_q, T_k, d_k, d_v and the mask: all different; causal; all equal; one query alone.
ONE_HEAD = (
    (4, 6, 3, 5, "some"),
    (5, 5, 3, 2, "causal"),
    (4, 4, 4, 4, ""),
    (1, 5, 2, 3, ""),
)
#: T, D, E, the number of heads, and the mask. Then one head, whose width is that of X.
HEADS = ((5, 4, 6, 2, "causal"), (4, 6, 6, 3, ""), (3, 4, 4, 1, "causal"), (6, 3, 4, 2, "some"))
#: The smallest first.
SMALL_ONE = ((2, 2, 1, 1, ""), (2, 2, 1, 1, "causal"), (2, 3, 2, 1, ""), (3, 3, 2, 2, "causal"))
SMALL_HEADS = ((2, 1, 1, 1, ""), (2, 2, 2, 1, "causal"), (2, 2, 2, 2, ""), (3, 2, 4, 2, "causal"))
_TOLD = {
    "": "no mask",
    "causal": "a causal mask",
    "some": "a mask",
    "far": "a mask, scores from -1000 to 1000",
}


@dataclass(frozen=True)
class OneHead:
    """Queries, keys, values, what may be seen, and what arrives from above."""

    Q: Array
    K: Array
    V: Array
    dout: Array
    mask: Array | None

    @property
    def graph(self) -> Graph:
        """The graph of J = sum(dout * out)."""
        return attention_graph(self.Q, self.K, self.V, self.dout, self.mask)

    @property
    def args(self) -> tuple[Array, ...]:
        """The arguments of a forward function."""
        return self.Q, self.K, self.V, *(() if self.mask is None else (self.mask,))

    @property
    def sizes(self) -> dict[str, int]:
        """T_q, T_k, d_k and d_v."""
        (T_q, d_k), (T_k, d_v) = self.Q.shape, self.V.shape
        return {"T_q": T_q, "T_k": T_k, "d_k": d_k, "d_v": d_v}


@dataclass(frozen=True)
class Heads:
    """A layer of self-attention, its positions, and what arrives from above."""

    X: Array
    parameters: dict[str, Array]
    n_heads: int
    dout: Array
    mask: Array | None

    @property
    def graph(self) -> Graph:
        """The graph of J = sum(dout * out)."""
        return self_attention_graph(self.X, self.parameters, self.n_heads, self.dout, self.mask)

    @property
    def args(self) -> tuple[Any, ...]:
        """The arguments of a forward function."""
        matrices = [self.parameters[name] for name in WEIGHTS]
        rest = [] if self.mask is None else [self.mask]
        return (self.X, *matrices, self.n_heads, *rest)

    @property
    def sizes(self) -> dict[str, int]:
        """T, D, E, n_heads, and the width of a head."""
        (T, D), E = self.X.shape, self.parameters["Wq"].shape[1]
        return {"T": T, "D": D, "E": E, "n_heads": self.n_heads, "d_k": E // self.n_heads}


def label(drawn: OneHead | Heads, mask: str) -> str:
    """The sizes, for messages."""
    told = ", ".join(f"{name} = {size}" for name, size in drawn.sizes.items())
    return f"{told}, {_TOLD[mask]}"


def draw_mask(rng: np.random.Generator, kind: str, T_q: int, T_k: int) -> Array | None:
    """Nothing; what came before; or some of all keys: two or more of them, not all, each once."""
    if not kind:
        return None
    if kind == "causal":
        return np.tril(np.ones((T_q, T_k), dtype=bool))
    while True:
        mask = rng.random((T_q, T_k)) < 0.6
        for row in mask:
            places = rng.permutation(T_k)
            row[places[:2]], row[places[2]] = True, False
        if mask.any(axis=0).all():
            return mask


@drawn_once
def one_head(
    rng: np.random.Generator, T_q: int, T_k: int, d_k: int, d_v: int, mask: str
) -> OneHead:
    """Draw queries, keys and values of order 1."""
    Q, K = rng.normal(size=(T_q, d_k)), rng.normal(size=(T_k, d_k)) + 0.3
    V, dout = rng.normal(size=(T_k, d_v)) + 0.5, rng.normal(size=(T_q, d_v)) + 0.4
    return OneHead(Q, K, V, dout, draw_mask(rng, mask, T_q, T_k))


@drawn_once
def heads(rng: np.random.Generator, T: int, D: int, E: int, n_heads: int, mask: str) -> Heads:
    """Draw weights that make queries, keys and values of order 1."""
    made = {name: rng.normal(size=(D, E)) / np.sqrt(D) for name in WEIGHTS[:3]}
    made |= {"Wo": rng.normal(size=(E, D)) / np.sqrt(E)}
    X, dout = rng.normal(size=(T, D)) + 0.3, rng.normal(size=(T, D)) + 0.4
    return Heads(X, made, n_heads, dout, draw_mask(rng, mask, T, T))


def _whole(rng: np.random.Generator, *shape: int) -> Array:
    return np.asarray(rng.choice([-2.0, -1.0, 1.0, 2.0, 3.0], shape))


def whole_one_head(
    rng: np.random.Generator, T_q: int, T_k: int, d_k: int, d_v: int, mask: str
) -> OneHead:
    """Few whole numbers, on which a mistake can be followed by hand."""
    while True:
        Q, K, V = rng.choice([-1.0, 1.0], (T_q, d_k)), _whole(rng, T_k, d_k), _whole(rng, T_k, d_v)
        dout = _whole(rng, T_q, d_v)
        dP = dout @ V.T
        # no sum is 0 by chance, and no two values or weights are alike for all that arrives
        if dP.sum(axis=1).all() and np.ptp(dP, axis=1).all() and np.ptp(Q @ K.T, axis=1).all():
            break
    return OneHead(Q, K, V, dout, draw_mask(rng, mask, T_q, T_k))


def whole_heads(rng: np.random.Generator, T: int, D: int, E: int, n_heads: int, mask: str) -> Heads:
    """Few whole numbers, on which a mistake can be followed by hand."""
    shapes = dict.fromkeys(WEIGHTS[:3], (D, E)) | {"Wo": (E, D)}
    made = {name: rng.choice([-1.0, 1.0], shape) for name, shape in shapes.items()}
    return Heads(
        rng.choice([-1.0, 1.0, 2.0], (T, D)),
        made,
        n_heads,
        _whole(rng, T, D),
        draw_mask(rng, mask, T, T),
    )
