"""Unit 12 seen from outside: instances, their truth by central differences, an observation."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour
from .registry import Namespace

Arrays = dict[str, np.ndarray]
#: T_q, T_k, d_k, d_v, whether there is a mask; T, D, E, heads.
SHAPES = (
    ((3, 5, 2, 4, True), (3, 4, 6, 2)),
    ((4, 4, 3, 2, True), (4, 6, 6, 3)),
    ((4, 4, 4, 4, False), (3, 4, 4, 2)),
    ((4, 4, 4, 4, True), (4, 4, 4, 4)),
)
WEIGHTS = ("Wq", "Wk", "Wv", "Wo")


@dataclass(frozen=True, eq=False)
class Instance:
    one: Arrays  # Q, K, V, in the order of a call
    dout: np.ndarray
    mask: np.ndarray | None
    layer: Arrays  # X, Wq, Wk, Wv, Wo, in the order of a call
    dlayer: np.ndarray
    n_heads: int
    hidden: np.ndarray | None


@cache
def instances() -> tuple[Instance, ...]:
    rng, found = np.random.default_rng(120), []
    for (T_q, T_k, d_k, d_v, masked), (T, D, E, n_heads) in SHAPES:
        one = {"Q": (T_q, d_k), "K": (T_k, d_k), "V": (T_k, d_v)}
        layer = {"X": (T, D), "Wq": (D, E), "Wk": (D, E), "Wv": (D, E), "Wo": (E, D)}
        found.append(
            Instance(
                {name: rng.normal(size=shape) + 0.2 for name, shape in one.items()},
                rng.normal(size=(T_q, d_v)) + 0.3,
                np.tril(np.ones((T_q, T_k), dtype=bool), T_k - T_q) if masked else None,
                {name: 0.7 * rng.normal(size=shape) for name, shape in layer.items()},
                rng.normal(size=(T, D)) + 0.3,
                n_heads,
                np.tril(np.ones((T, T), dtype=bool)) if masked else None,
            )
        )
    return tuple(found)


def row(scores: list[float], seen: list[bool]) -> list[float]:
    """Return the weights of one query, number by number."""
    exps = [math.exp(s) if v else 0.0 for s, v in zip(scores, seen, strict=True)]
    return [e / sum(exps) for e in exps]


def attend(Q: np.ndarray, K: np.ndarray, V: np.ndarray, mask: np.ndarray | None) -> np.ndarray:
    out = []
    for i, q in enumerate(Q):
        seen = [True] * len(K) if mask is None else list(mask[i])
        p = row([float(q @ k) / math.sqrt(len(q)) for k in K], seen)
        out.append(sum(w * v for w, v in zip(p, V, strict=True)))
    return np.array(out)


def layer_out(v: Arrays, n_heads: int, mask: np.ndarray | None) -> np.ndarray:
    d = v["Wq"].shape[1] // n_heads
    out = v["X"].copy()
    for h in range(n_heads):
        own = slice(h * d, (h + 1) * d)
        Q, K, V = (v["X"] @ v[name][:, own] for name in WEIGHTS[:3])
        out = out + attend(Q, K, V, mask) @ v["Wo"][own]
    return out


def scores_of(one: Instance) -> np.ndarray:
    """Return scores whose weights `softmax_rows_backward` is given."""
    return one.one["Q"] @ one.one["K"].T


def rows(S: np.ndarray, mask: np.ndarray | None) -> np.ndarray:
    seen = np.ones(S.shape, dtype=bool) if mask is None else mask
    return np.array([row(list(s), list(v)) for s, v in zip(S, seen, strict=True)])


def upstream(one: Instance) -> np.ndarray:
    return one.dout @ one.one["V"].T + 0.5


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    found: Observation = {
        "attention_forward.out": attend(*one.one.values(), one.mask),
        "attention_forward(large).out": attend(*one.one.values(), one.mask),
        "self_attention_forward.out": layer_out(one.layer, one.n_heads, one.hidden),
        "softmax_rows_backward.dS": central(
            lambda S: np.sum(upstream(one) * rows(S, one.mask)), scores_of(one)
        ),
    }
    for name, array in one.one.items():
        found[f"attention_backward.d{name}"] = central(
            lambda w, k=name: np.sum(one.dout * attend(*{**one.one, k: w}.values(), one.mask)),
            array,
        )
    for name, array in one.layer.items():
        found[f"self_attention_backward.d{name}"] = central(
            lambda w, k=name: np.sum(
                one.dlayer * layer_out({**one.layer, k: w}, one.n_heads, one.hidden)
            ),
            array,
        )
    return expected_behaviour(found)


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance, each fed by its own forward."""
    one = instances()[index]
    look = Observer(ns)
    P = rows(scores_of(one), one.mask)
    look("softmax_rows_backward", upstream(one), P, parts=lambda r: {"dS": r})
    made = look("attention_forward", *one.one.values(), one.mask, parts=lambda r: {"out": r[0]})
    if made:
        look(
            "attention_backward",
            one.dout,
            made[1],
            parts=lambda r: dict(zip(("dQ", "dK", "dV"), r, strict=True)),
        )
    # a column more, in which one query is huge and all keys are alike: no weight changes
    d = one.one["Q"].shape[1]
    root = math.sqrt((d + 1) / d)
    huge = np.zeros((len(one.one["Q"]), 1))
    huge[0] = 3000.0
    Q = np.hstack([root * one.one["Q"], huge])
    K = np.hstack([one.one["K"], np.ones((len(one.one["K"]), 1))])
    look(
        "attention_forward",
        Q,
        K,
        one.one["V"],
        one.mask,
        tag="(large)",
        parts=lambda r: {"out": r[0]},
    )
    args = (*one.layer.values(), one.n_heads, one.hidden)
    made = look("self_attention_forward", *args, parts=lambda r: {"out": r[0]})
    if made:
        names = tuple(f"d{name}" for name in one.layer)
        look(
            "self_attention_backward",
            one.dlayer,
            made[1],
            parts=lambda r: dict(zip(names, r, strict=True)),
        )
    return look.seen
