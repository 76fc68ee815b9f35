"""Case 7: which instance it is right on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from autograder.concept_keys.clinic.case import RIGHT, Array, Case, Chart, numerics, told

LAYERS = (3, 2, 1)
NAMES = tuple(f"{kind}{layer}" for layer in LAYERS for kind in "Wb")
Arrays = dict[str, Array]


def _forward(p: Mapping[str, Array], X: Array, linear: bool) -> tuple[Arrays, Arrays]:
    A, Z = {"0": X}, {"0": X}
    for n in (1, 2, 3):
        z = p[f"W{n}"] @ A[f"{n - 1}"] + p[f"b{n}"]
        hidden = z if linear else np.tanh(z)
        Z[f"{n}"], A[f"{n}"] = z, hidden if n < 3 else 1 / (1 + np.exp(-z))
    return A, Z


def _backward(id: str, p: Arrays, X: Array, Y: Array, rate: float, linear: bool) -> Arrays:
    m = X.shape[1]
    A, Z = _forward(p, X, linear)
    last = dZ = A["3"] - Y
    p, found = dict(p), {}
    for n in LAYERS:
        met = A[f"{n}"] if id == "dw-uses-own-activation" else A[f"{n - 1}"]
        found[f"W{n}"] = dZ @ met.T / m
        found[f"b{n}"] = dZ.sum(axis=1, keepdims=True) / m
        if id == "updated-weights-in-backward":
            p[f"W{n}"] = p[f"W{n}"] - rate * found[f"W{n}"]
        if n == 1:
            break
        W = p[f"W{n}"].T
        if id == "missing-w-transpose":
            W = p[f"W{n}"]
        if id == "wrong-layer-index":
            W = p[f"W{n - 1}"].T
        if id == "dw-instead-of-w":
            W = found[f"W{n}"].T
        at = Z[f"{n - 2}"] if id == "caches-off-by-one" else Z[f"{n - 1}"]
        slope = np.ones_like(at) if linear else 1 - np.tanh(at) ** 2
        dZ = (last if id == "reuse-output-dz" else W @ dZ) * slope
    return found


def _wires(id: str, rng: np.random.Generator) -> Chart:
    m = 6

    def row(sizes: tuple[int, ...] = (3, 3, 3, 3), kind: str = "", rate: float = 0.5) -> list[str]:
        X = rng.normal(size=(sizes[0], m))
        Y = rng.integers(0, 2, (sizes[3], m)).astype(float)
        p = {f"b{n}": rng.normal(size=(sizes[n], 1)) / 2 for n in (1, 2, 3)}
        p |= {f"W{n}": rng.normal(size=(sizes[n], sizes[n - 1])) for n in (1, 2, 3)}
        if kind == "symmetric":
            p |= {f"W{n}": (p[f"W{n}"] + p[f"W{n}"].T) / 2 for n in (1, 2, 3)}
        if kind == "one W":
            p |= {"W2": p["W1"], "W3": p["W1"]}
        linear = kind == "linear"

        def cost(moved: Mapping[str, Array]) -> Array:
            AL = _forward(moved, X, linear)[0]["3"]
            return np.asarray(-(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)).sum() / m)

        right = numerics(cost, p)
        try:
            found = _backward(id, p, X, Y, rate, linear)
        except ValueError:
            return ["raises"] * len(NAMES)
        return [told(found[name], right[name]) for name in NAMES]

    first = row()
    wrong = [name for name, cell in zip(NAMES, first, strict=True) if cell != RIGHT]
    rows = {
        "all widths 3": first,
        "every W symmetric": row(kind="symmetric"),
        "one W in all layers": row(kind="one W"),
        "hidden layers linear": row(kind="linear"),
        "learning rate 0": row(rate=0.0),
        "widths 5, 4, 3, 2": row(sizes=(5, 4, 3, 2)),
    }
    return Chart([(name, *cells) for name, cells in rows.items()], wrong=wrong)


WIRES = Case(
    "04",
    ("instance", *(f"d{name}" for name in NAMES)),
    _wires,
    {
        "missing-w-transpose": "`dA_prev = W @ dZ`",
        "wrong-layer-index": "`dZ[l] = W[l].T @ dZ[l+1] * g′(Z[l])`",
        "caches-off-by-one": "`dZ[l] = W[l+1].T @ dZ[l+1] * g′(Z[l-1])`",
        "dw-instead-of-w": "`dA_prev = dW.T @ dZ`",
        "reuse-output-dz": "`dZ[l] = (A[L] - Y) * g′(Z[l])`",
        "dw-uses-own-activation": "`dW[l] = dZ[l] @ A[l].T / m`",
        "updated-weights-in-backward": "each `W` is updated before `dA_prev = W.T @ dZ`",
    },
    only=("wrong-layer-index", "caches-off-by-one", "missing-w-transpose"),
)
