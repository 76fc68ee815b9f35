"""Unit 09 seen from outside: instances, their truth by central differences, an observation."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from .probe import Observation, Observer, central, expected_behaviour
from .registry import Namespace

Arrays = dict[str, np.ndarray]
SHAPES = [(3, 5, 2, 7, 4), (2, 3, 5, 4, 1), (3, 3, 3, 3, 3)]  # n_x, n_a, n_y, m, T
WEIGHTS = [kind + gate for gate in "fico" for kind in "Wb"]
GRU = [kind + gate for gate in "urc" for kind in "Wb"]


@dataclass(frozen=True, eq=False)
class Instance:
    leaves: Arrays  # x: (n_x, m, T), a0 and c0: (n_a, m), weights and biases
    da: np.ndarray  # (n_a, m, T)
    dc: np.ndarray  # (n_a, m)

    @property
    def parameters(self) -> Arrays:
        return {key: self.leaves[key] for key in (*WEIGHTS, *GRU, "Wy", "by")}


@cache
def instances() -> tuple[Instance, ...]:
    rng, found = np.random.default_rng(9), []
    for n_x, n_a, n_y, m, T in SHAPES:
        shapes = {"x": (n_x, m, T), "a0": (n_a, m), "c0": (n_a, m), "Wy": (n_y, n_a)}
        shapes |= {f"W{gate}": (n_a, n_a + n_x) for gate in "ficour"}
        shapes |= {f"b{gate}": (n_a, 1) for gate in "ficour"} | {"by": (n_y, 1)}
        leaves = {key: rng.normal(size=shape) / 2 for key, shape in shapes.items()}
        found.append(Instance(leaves, rng.normal(size=(n_a, m, T)), rng.normal(size=(n_a, m))))
    return tuple(found)


def states(v: Arrays, c0: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a and c: (n_a, m, T), from the cell state `c0`."""
    a, c, all_a, all_c = v["a0"], c0, [], []
    for t in range(v["x"].shape[2]):
        stack = np.vstack([a, v["x"][:, :, t]])
        z = {gate: v[f"W{gate}"] @ stack + v[f"b{gate}"] for gate in "fico"}
        f, i, o = (1 / (1 + np.exp(-z[gate])) for gate in "fio")
        c = f * c + i * np.tanh(z["c"])
        a = o * np.tanh(c)
        all_a.append(a)
        all_c.append(c)
    return np.stack(all_a, axis=2), np.stack(all_c, axis=2)


def gru_state(v: Arrays) -> np.ndarray:
    """Return c_next: (n_a, m), from c0 and the first x."""
    x, c = v["x"][:, :, 0], v["c0"]
    u, r = (1 / (1 + np.exp(-v[f"W{gate}"] @ np.vstack([c, x]) - v[f"b{gate}"])) for gate in "ur")
    new = np.tanh(v["Wc"] @ np.vstack([r * c, x]) + v["bc"])
    return np.asarray(u * new + (1 - u) * c)


def gru_truth(one: Instance, first: Arrays) -> Observation:
    """Return what right functions of the GRU give."""
    found: Observation = {"gru_cell_forward.c_next": gru_state(first)}
    for key in ("x", "c0", *GRU):
        name = {"x": "dxt", "c0": "dc_prev"}.get(key, "d" + key)
        found[f"gru_cell_backward.{name}"] = central(
            lambda w, key=key: float(np.sum(one.dc * gru_state({**first, key: w}))), first[key]
        )
    found["gru_cell_backward.dxt"] = found["gru_cell_backward.dxt"][:, :, 0]
    return found


@cache
def truth(index: int) -> Observation:
    """Return what right functions give on one instance."""
    one = instances()[index]
    v, zero = one.leaves, np.zeros(one.dc.shape)
    first = {**v, "x": v["x"][:, :, :1]}
    a, c = states(v, zero)
    a1, c1 = states(first, v["c0"])

    def cell(leaves: Arrays) -> float:
        a, c = states(leaves, leaves["c0"])
        return float(np.sum(one.da[:, :, 0] * a[:, :, 0] + one.dc * c[:, :, 0]))

    def through(leaves: Arrays) -> float:
        return float(np.sum(one.da * states(leaves, zero)[0]))

    found: Observation = {"lstm_forward.a": a, "lstm_forward.c": c}
    found |= {"lstm_cell_forward.a_next": a1[:, :, 0], "lstm_cell_forward.c_next": c1[:, :, 0]}
    in_cell = {"x": "dxt", "a0": "da_prev", "c0": "dc_prev"}
    for key in ("x", "a0", "c0", *WEIGHTS):
        name = "lstm_cell_backward." + in_cell.get(key, "d" + key)
        found[name] = central(lambda w, key=key: cell({**first, key: w}), first[key])
        if key != "c0":
            slope = central(lambda w, key=key: through({**v, key: w}), v[key])
            found[f"lstm_backward.d{key}"] = slope
    found["lstm_cell_backward.dxt"] = found["lstm_cell_backward.dxt"][:, :, 0]
    return expected_behaviour(found | gru_truth(one, first))


def observe(ns: Namespace, index: int) -> Observation:
    """Return what the functions of `ns` give on one instance, each fed by its own forward."""
    one = instances()[index]
    look = Observer(ns)
    v, p = one.leaves, one.parameters
    args: tuple[Any, ...] = (v["x"][:, :, 0], v["a0"], v["c0"], p)
    made = look("lstm_cell_forward", *args, parts=lambda r: {"a_next": r[0], "c_next": r[1]})
    if made:
        look("lstm_cell_backward", one.da[:, :, 0], one.dc, made[3], parts=dict)
    made = look("lstm_forward", v["x"], v["a0"], p, parts=lambda r: {"a": r[0], "c": r[2]})
    if made:
        look("lstm_backward", one.da, made[3], parts=dict)
    made = look("gru_cell_forward", args[0], args[2], p, parts=lambda r: {"c_next": r[0]})
    if made:
        look("gru_cell_backward", one.dc, made[1], parts=dict)
    return look.seen
