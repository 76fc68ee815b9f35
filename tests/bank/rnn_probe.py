"""Unit 07 seen from outside: instances, their truth by central differences, an observation."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour
from .registry import Namespace

Arrays = dict[str, np.ndarray]
SHAPES = [  # n_x, n_a, n_y, m, T: all different, T = 1, everything square
    (3, 5, 2, 7, 4),
    (3, 5, 2, 7, 1),
    (2, 3, 4, 7, 5),
    (3, 3, 3, 3, 3),
]
SUMS = ("dWax", "dWaa", "dba")


@dataclass(frozen=True, eq=False)
class Instance:
    leaves: Arrays  # x: (n_x, m, T), a0: (n_a, m) and the five parameters
    y: np.ndarray  # (n_y, m, T), one-hot
    da: np.ndarray  # (n_a, m, T), a random upstream

    @property
    def parameters(self) -> Arrays:
        return {key: self.leaves[key] for key in ("Wax", "Waa", "Wya", "ba", "by")}


@cache
def instances() -> tuple[Instance, ...]:
    rng = np.random.default_rng(7)
    found = []
    for n_x, n_a, n_y, m, T in SHAPES:
        shapes = {"x": (n_x, m, T), "a0": (n_a, m), "Wax": (n_a, n_x), "Waa": (n_a, n_a)}
        shapes |= {"Wya": (n_y, n_a), "ba": (n_a, 1), "by": (n_y, 1)}
        leaves = {key: rng.normal(size=shape) / 2 for key, shape in shapes.items()}
        y = np.moveaxis(np.eye(n_y)[rng.integers(0, n_y, (m, T))], 2, 0)
        found.append(Instance(leaves, y, rng.normal(size=(n_a, m, T))))
    return tuple(found)


def hidden(v: Arrays) -> np.ndarray:
    """Return a: (n_a, m, T) of the leaves `v`."""
    a, steps = v["a0"], []
    for t in range(v["x"].shape[2]):
        a = np.tanh(v["Waa"] @ a + v["Wax"] @ v["x"][:, :, t] + v["ba"])
        steps.append(a)
    return np.stack(steps, axis=2)


def prediction(v: Arrays, a: np.ndarray) -> np.ndarray:
    """Return y_pred: (n_y, m, T)."""
    e = np.exp(np.einsum("ij,jmt->imt", v["Wya"], a) + v["by"][:, :, None])
    return e / e.sum(axis=0)


def cost(v: Arrays, a: np.ndarray, y: np.ndarray) -> float:
    """Return the cross-entropy, summed over the steps and averaged over the examples."""
    return float(-np.sum(y * np.log(prediction(v, a))) / y.shape[1])


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    v, y, da = one.leaves, one.y, one.da
    a = hidden(v)
    first = {**v, "x": v["x"][:, :, :1]}  # the first step alone
    names = {"x": "dx", "a0": "da0", "Wax": "dWax", "Waa": "dWaa", "ba": "dba"}
    cell, through, full = ({} for _ in range(3))
    for key, name in names.items():
        step = "dxt" if key == "x" else "da_prev" if key == "a0" else name
        sum_1 = lambda w, key=key: np.sum(da[:, :, :1] * hidden({**first, key: w}))  # noqa: E731
        sum_T = lambda w, key=key: np.sum(da * hidden({**v, key: w}))  # noqa: E731
        whole = lambda w, key=key: cost({**v, key: w}, hidden({**v, key: w}), y)  # noqa: E731
        cell[step] = central(sum_1, first[key])
        through[name], full[name] = central(sum_T, v[key]), central(whole, v[key])
    cell["dxt"] = cell["dxt"][:, :, 0]
    out = {"da": central(lambda w: cost(v, w, y), a)}
    for key in ("Wya", "by"):
        out["d" + key] = central(lambda w, key=key: cost({**v, key: w}, a, y), v[key])
    full |= {key: out[key] for key in ("dWya", "dby")}
    T = da.shape[2]
    found: Observation = {
        "rnn_cell_forward.a_next": a[:, :, 0],
        "rnn_cell_forward.yt_pred": prediction(v, a)[:, :, 0],
        "rnn_forward.a": a,
        "rnn_forward.y_pred": prediction(v, a),
        "rtrl_dWaa.dWaa": through["dWaa"],
        "rnn_backward_tree.calls": T * (T + 1) / 2,
        "rnn_backward calls the cell more than once a step": 0.0,
    }
    parts = {"rnn_cell_backward": cell, "rnn_backward": through, "rnn_backward_tree": through}
    parts |= {"output_backward": out, "rnn_full_backward": full}
    for name, grads in parts.items():
        found |= {f"{name}.{key}": value for key, value in grads.items()}
    behaviour = {key: 0 for key in found if "." in key}
    return {**expected_behaviour(behaviour), **found}


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance, each fed by its own forward."""
    one = instances()[index]
    look = Observer(ns)
    x, a0, p = one.leaves["x"], one.leaves["a0"], one.parameters
    named = {"a_next": 0, "yt_pred": 1}
    made = look("rnn_cell_forward", x[:, :, 0], a0, p, parts=picker(named))
    if made:
        look("rnn_cell_backward", one.da[:, :, 0], made[2], parts=dict)
    made = look("rnn_forward", x, a0, p, parts=picker({"a": 0, "y_pred": 1}))
    if made:
        a, y_pred, _ = made
        mine = x.copy()
        later, _, caches = ns["rnn_forward"](mine, a0.copy(), p)
        later[:] = mine[:] = 9.0  # what becomes of a and x is not the business of the caches
        look("output_backward", y_pred, one.y, a, p, parts=dict)
        look("rnn_full_backward", x, one.y, a0, p, parts=dict)
        with counted(ns, "rnn_cell_backward") as calls:
            look("rnn_backward", one.da, caches, parts=dict)
        over = calls[0] > 2 * one.da.shape[2]  # the observer calls twice
        look.seen["rnn_backward calls the cell more than once a step"] = float(over)
        look("rnn_backward_tree", one.da, caches, parts=lambda r: {**r[0], "calls": r[1]})
        look("rtrl_dWaa", x, a0, p, one.da, parts=lambda r: {"dWaa": r})
    return look.seen


def picker(named: dict[str, int]) -> Any:
    return lambda result: {name: result[i] for name, i in named.items()}


class counted:
    """Count the calls of one function of a namespace."""

    def __init__(self, ns: Namespace, name: str) -> None:
        self.ns, self.name, self.original, self.calls = ns, name, ns[name], [0]

    def __enter__(self) -> list[int]:
        def tally(*args: Any) -> Any:
            self.calls[0] += 1
            return self.original(*args)

        self.ns[self.name] = tally
        return self.calls

    def __exit__(self, *exc: object) -> None:
        self.ns[self.name] = self.original
