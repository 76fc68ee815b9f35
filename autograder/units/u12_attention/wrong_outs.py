"""Unit 12: what the usual slips make of out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from autograder.engine.exercise import Relative
from autograder.engine.parts import Later, relatives
from autograder.networks import Array
from autograder.networks.attention import merge, split, weights
from autograder.networks.rows import softmax
from autograder.units.u12_attention.instances import Heads, OneHead

Outs = list[tuple[str, str, Array]]


def _over_columns(S: Array, mask: Array | None) -> Array:
    hidden = S if mask is None else np.where(mask, S, -1e30)
    return np.swapaxes(softmax(np.swapaxes(hidden, -1, -2)), -1, -2)


def _weights_of(S: Array, mask: Array | None) -> list[tuple[str, str, Array]]:
    """What may stand in the place of P, whatever S is."""
    found = [("softmax-wrong-axis", "", _over_columns(S, mask))]
    if mask is None:
        return found
    return [
        *found,
        ("attention-mask-ignored", "", weights(S, None)),
        ("attention-mask-zero", "", softmax(S * mask)),
        ("attention-mask-after-softmax", "", softmax(S) * mask),
        ("attention-mask-inverted", "", softmax(np.where(mask, -1e9, S))),
    ]


def _scores(product: Array, d: int, others: dict[str, int]) -> list[tuple[str, str, Array]]:
    """What may stand in the place of S."""
    found = [
        ("attention-scale-forgotten", "", product),
        ("attention-scale-twice", "", product / d),
    ]
    return found + [
        ("attention-scale-of-another-size", f"√{name}", product / np.sqrt(size))
        for name, size in others.items()
    ]


def known_outs(drawn: OneHead) -> Sequence[Relative]:
    """The relatives of out of one head."""

    def made() -> Sequence[Relative]:
        Q, K, V, mask = drawn.Q, drawn.K, drawn.V, drawn.mask
        product, d, sizes = Q @ K.T, Q.shape[1], drawn.sizes
        others = {name: sizes[name] for name in ("T_k", "T_q", "d_v")}
        found = [(id, told, weights(S, mask) @ V) for id, told, S in _scores(product, d, others)]
        found += [(id, told, P @ V) for id, told, P in _weights_of(product / np.sqrt(d), mask)]
        return relatives(*((id, told, {"out": out}) for id, told, out in found))

    return Later(made)


def out_instead(drawn: OneHead) -> dict[str, Array]:
    """What a wrong out may be, by what it is called."""
    S = drawn.Q @ drawn.K.T / np.sqrt(drawn.Q.shape[1])
    found = {"S V: there is no softmax between the scores and V": S @ drawn.V}
    if drawn.K.shape == drawn.V.shape:
        found["P K, the keys in the place of the values"] = weights(S, drawn.mask) @ drawn.K
    return found


def known_layers(drawn: Heads) -> Sequence[Relative]:
    """The relatives of out of a layer with heads."""

    def made() -> Sequence[Relative]:
        p, n, mask, X = drawn.parameters, drawn.n_heads, drawn.mask, drawn.X
        Q, K, V = (X @ p[name] for name in ("Wq", "Wk", "Wv"))
        q, k, v = (split(A, n) for A in (Q, K, V))
        product, d, sizes = q @ np.swapaxes(k, -1, -2), q.shape[-1], drawn.sizes

        def out(P: Array, v: Array = v) -> Array:
            return np.asarray(X + merge(P @ v) @ p["Wo"])

        others = {name: sizes[name] for name in ("E", "D", "T", "n_heads")}
        found = [(id, told, out(weights(S, mask))) for id, told, S in _scores(product, d, others)]
        S = product / np.sqrt(d)
        found += [(id, told, out(P)) for id, told, P in _weights_of(S, mask)]
        right = weights(S, mask)
        found.append(("attention-residual-missing", "", out(right) - X))
        if n > 1:
            mixed = (right @ v).reshape(Q.shape)
            found.append(("attention-heads-mixed", "put side by side", X + mixed @ p["Wo"]))
            a, b, c = (A.reshape(n, len(X), d) for A in (Q, K, V))
            P = weights(a @ np.swapaxes(b, -1, -2) / np.sqrt(d), mask)
            found.append(("attention-heads-mixed", "taken apart", out(P, c)))
            both = (P @ c).reshape(Q.shape)
            found.append(
                ("attention-heads-mixed", "taken apart and put side by side", X + both @ p["Wo"])
            )
        return relatives(*((id, told, {"out": a}) for id, told, a in found))

    return Later(made)


def layer_instead(drawn: Heads) -> dict[str, Array]:
    """What a wrong out may be, by what it is called."""
    H, X = drawn.graph.value("H"), drawn.X
    found = _interleaved(drawn)
    if H.shape == X.shape:
        found |= {"X + H, without Wo": X + H, "H, without Wo and without X": H}
    return found


def _interleaved(drawn: Heads) -> dict[str, Array]:
    """out where a head has columns that lie n_heads apart, and not neighbours."""
    p, n, X = drawn.parameters, drawn.n_heads, drawn.X

    def apart(A: Array) -> Array:
        return np.stack([A[:, h::n] for h in range(n)])

    def side_by_side(heads: Array) -> Array:
        both = np.empty((len(X), n * heads.shape[-1]))
        for h in range(n):
            both[:, h::n] = heads[h]
        return both

    def out(cut: Callable[[Array], Array], put: Callable[[Array], Array]) -> Array:
        q, k, v = (cut(X @ p[name]) for name in ("Wq", "Wk", "Wv"))
        S = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
        return np.asarray(X + put(weights(S, drawn.mask) @ v) @ p["Wo"])

    def blocks(A: Array) -> Array:
        return split(A, n)

    every = "every n_heads-th column, and not the columns h·d_k to (h + 1)·d_k"
    return {
        f"that of heads which take {every}": out(apart, side_by_side),
        f"that of heads which take {every}, put side by side": out(apart, merge),
        f"that of heads which are put into {every}": out(blocks, side_by_side),
    }
