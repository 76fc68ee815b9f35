"""Cases 3 and 4: a ratio tells it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.concept_keys.clinic.case import (
    Array,
    Case,
    Chart,
    as_fraction,
    factor,
    numerics,
    told,
)

LAYERS = (3, 2, 1)


def _sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def _entropy(A: Array, Y: Array) -> Array:
    """The sum of the losses."""
    return np.asarray(-(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum())


def _network(id: str, rng: np.random.Generator) -> Chart:
    sizes, m = (4, 3, 2, 1), int(rng.permutation([5, 7, 11, 13])[-1])
    v = {"A0": rng.normal(size=(4, m))}
    for layer in (1, 2, 3):
        v[f"W{layer}"] = rng.normal(size=(sizes[layer], sizes[layer - 1]))
        v[f"b{layer}"] = rng.normal(size=(sizes[layer], 1))
    Y = rng.integers(0, 2, (1, m)).astype(float)

    def forward(p: Mapping[str, Array], moved: Mapping[str, Array]) -> dict[str, Array]:
        """All A; an entry of `moved` is added to the Z of its name."""
        A = {0: p["A0"]}
        for layer in (1, 2, 3):
            Z = p[f"W{layer}"] @ A[layer - 1] + p[f"b{layer}"] + moved.get(f"Z{layer}", 0)
            A[layer] = np.tanh(Z) if layer < 3 else _sigmoid(Z)
        return {f"A{layer}": value for layer, value in A.items()}

    A = forward(v, {})
    weights = {name: value for name, value in v.items() if name != "A0"}
    right = numerics(lambda p: _entropy(forward({**v, **p}, {})["A3"], Y) / m, weights)
    nudges = {f"Z{layer}": np.zeros_like(A[f"A{layer}"]) for layer in LAYERS}
    right |= numerics(lambda moved: _entropy(forward(v, moved)["A3"], Y), nudges)

    found = {}
    dZ = A["A3"] - Y
    if id in ("one-over-m-twice", "j-vs-l-one-over-m-placement"):
        dZ = dZ / m
    if id == "sign-flip":
        dZ = -dZ
    for layer in LAYERS:
        A_prev, W = A[f"A{layer - 1}"], v[f"W{layer}"]
        over = float(A_prev.shape[0] if id == "wrong-m" else m)
        if id in ("missing-one-over-m", "j-vs-l-one-over-m-placement"):
            over = 1.0
        found[f"Z{layer}"] = dZ
        found[f"W{layer}"] = dZ @ A_prev.T / over
        db = dZ.sum(axis=1, keepdims=True) / over
        if id == "db-not-averaged":
            db = db * m
        if id == "db-mean-and-one-over-m":
            db = db / m
        found[f"b{layer}"] = db
        dA = W.T @ dZ
        if id == "one-over-m-per-layer":
            dA = dA / m
        dZ = dA * (1 - A_prev**2)
    rows = [(str(n), *(told(found[f"{k}{n}"], right[f"{k}{n}"]) for k in "ZWb")) for n in LAYERS]
    return Chart(rows, f"m = {m}; n_0 to n_3 are 4, 3, 2, 1")


NETWORK = Case(
    "04",
    ("layer", "dZ", "dW", "db"),
    _network,
    {
        "missing-one-over-m": "`dW = dZ @ A_prev.T`, and `db` likewise, without 1/m",
        "one-over-m-twice": "`dZ = (A - Y) / m` at the end, and 1/m in `dW` and `db`",
        "one-over-m-per-layer": "1/m in `dW` and `db`, and in `dA_prev = W.T @ dZ / m`",
        "db-not-averaged": "`dW` with 1/m, `db` without it",
        "db-mean-and-one-over-m": "`db = (1 / m) * np.mean(dZ, axis=1, keepdims=True)`",
        "wrong-m": "`m = A_prev.shape[0]`",
        "sign-flip": "`dZ = Y - A` at the end",
        "j-vs-l-one-over-m-placement": "`dZ = (A - Y) / m` at the end, and 1/m nowhere else",
    },
    only=("one-over-m-twice", "one-over-m-per-layer", "j-vs-l-one-over-m-placement"),
)


def _regularised(id: str, rng: np.random.Generator) -> Chart:
    m = 6
    v = {"W1": rng.normal(size=(5, 4)), "b1": rng.normal(size=(5, 1))}
    v |= {"W2": rng.normal(size=(1, 5)), "b2": rng.normal(size=(1, 1))}
    X, Y = rng.normal(size=(4, m)), rng.integers(0, 2, (1, m)).astype(float)
    drawn = rng.permuted(np.tile([0.0, 1, 1, 1, 1, 0], (5, 1)), axis=1).astype(np.float64)
    times = float(rng.choice([0.5, 2.0]))

    def both(lam: float, keep: float, D: Array) -> tuple[dict[str, Array], dict[str, Array]]:
        """What is returned, and what is right."""
        mask = D / keep if keep < 1 else np.ones_like(D)

        def hidden(p: Mapping[str, Array]) -> Array:
            Z = p["W1"] @ X + p["b1"]
            return np.asarray(Z * (Z.real > 0) * mask)

        def cost(p: Mapping[str, Array]) -> Array:
            A2 = _sigmoid(p["W2"] @ hidden(p) + p["b2"])
            squares = (p["W1"] ** 2).sum() + (p["W2"] ** 2).sum()
            return np.asarray(_entropy(A2, Y) / m + lam / (2 * m) * squares)

        A1 = hidden(v)
        dZ2 = _sigmoid(v["W2"] @ A1 + v["b2"]) - Y
        back = mask
        if keep < 1:
            if id == "dropout-mask-forgotten":
                back = np.ones_like(D)
            if id == "dropout-not-scaled":
                back = D
            if id == "dropout-mask-inverted":
                back = (1 - D) / keep
        dZ1 = (v["W2"].T @ dZ2) * back * (v["W1"] @ X + v["b1"] > 0)
        found = {"W2": dZ2 @ A1.T / m, "b2": dZ2.sum(axis=1, keepdims=True) / m}
        found |= {"W1": dZ1 @ X.T / m, "b1": dZ1.sum(axis=1, keepdims=True) / m}
        share = {"l2-forgotten": 0.0, "l2-factor": times}.get(id, 1.0)
        for name in found:
            if name[0] == "W" or id == "l2-on-bias":
                found[name] = found[name] + share * lam / m * v[name]
        return found, numerics(cost, v)

    def excess(name: str) -> str:
        """The difference as a multiple of (λ/m) times the parameter."""
        found, right = both(0.7, 1.0, drawn)
        gap = found[name] - right[name]
        k = factor(gap, 0.7 / m * v[name])
        return "no one number" if k is None else as_fraction(0.0 if abs(k) < 1e-9 else k)

    # A mask of ones, if forgotten, leaves a factor; inverted, it leaves nothing.
    ones = np.ones_like(drawn)
    pairs = (both(0.0, 1.0, drawn), both(0.0, 2 / 3, drawn), both(0.0, 2 / 3, ones))
    rows = []
    for n in ("W2", "b2", "W1", "b1"):
        plain, dropped, kept = (told(found[n], right[n]) for found, right in pairs)
        rows.append((f"d{n}", plain, excess(n), dropped, kept))
    return Chart(rows)


REGULARISED = Case(
    "06a",
    (
        *("gradient", "λ = 0, nothing dropped", "λ = 0.7: difference / (λ/m) θ"),
        *("keep_prob = 2/3", "keep_prob = 2/3, mask all 1"),
    ),
    _regularised,
    {
        "l2-forgotten": "the penalty is in the cost, and in no gradient",
        "l2-factor": "the penalty's gradient has another factor than λ/m",
        "l2-on-bias": "the penalty's gradient is added to `db` too",
        "dropout-mask-forgotten": "the way back knows no mask",
        "dropout-not-scaled": "`dA1 = dA1 * D1`",
        "dropout-mask-inverted": "`dA1 = dA1 * (1 - D1) / keep_prob`",
    },
)
