"""Unit 09, right answers in unusual form."""

import numpy as np

from .lstm import lstm_cell_backward, sigmoid, softmax
from .registry import rights_of

right = rights_of("lstm")


@right("lstm_cell_backward")
def by_one_stacked_matrix(da_next, dc_next, cache):
    a, c, a_prev, c_prev, f, i, g, o, xt, p = cache
    n_a, t = len(a), np.tanh(c)
    dc = dc_next + da_next * o * (1 - t) * (1 + t)
    dz = np.vstack([dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g * g)])
    dz = np.vstack([dz, da_next * t * o * (1 - o)])
    W = np.vstack([p["W" + gate] for gate in "fico"])
    stack, dW = W.T @ dz, dz @ np.vstack([a_prev, xt]).T
    found = {"da_prev": stack[:n_a], "dxt": stack[n_a:], "dc_prev": f * dc}
    for k, gate in enumerate("fico"):
        rows = slice(k * n_a, (k + 1) * n_a)
        found |= {"dW" + gate: dW[rows], "db" + gate: dz[rows].sum(axis=1, keepdims=True)}
    return found


@right("lstm_cell_backward")
def by_split_weights_and_a_over_o(da_next, dc_next, cache):
    """Use a/o in place of tanh(c), and the two halves of each matrix one after the other."""
    a, _, a_prev, c_prev, f, i, g, o, xt, p = cache
    n_a, t = a.shape[0], a / o
    dc = da_next * o * (1 - t**2)
    dc = dc + dc_next
    dz = {"f": dc * c_prev * f * (1 - f), "i": dc * g * i * (1 - i)}
    dz |= {"c": dc * i * (1 - g**2), "o": da_next * t * o * (1 - o)}
    found = {"da_prev": 0, "dxt": 0, "dc_prev": dc * f}
    for gate, d in dz.items():
        found["da_prev"] = found["da_prev"] + p["W" + gate][:, :n_a].T @ d
        found["dxt"] = found["dxt"] + p["W" + gate][:, n_a:].T @ d
        found["dW" + gate] = np.hstack([np.einsum("im,jm->ij", d, v) for v in (a_prev, xt)])
        found["db" + gate] = d.sum(axis=1).reshape(n_a, 1)
    return found


@right("lstm_backward")
def by_adding_to_its_own_copy(da, caches):
    total, dc, steps = da.copy(), 0, []
    for t in range(da.shape[2] - 1, -1, -1):
        steps.append(lstm_cell_backward(total[:, :, t], dc, caches[0][t]))
        dc = steps[-1]["dc_prev"]
        if t:
            total[:, :, t - 1] += steps[-1]["da_prev"]
    grads = {k: sum(one[k] for one in steps) for k in steps[0] if k[:2] in ("dW", "db")}
    dx = np.stack([one["dxt"] for one in steps[::-1]], axis=2)
    return {**grads, "dx": dx, "da0": steps[-1]["da_prev"]}


@right()
class caches_are_dicts:
    def lstm_cell_forward(xt, a_prev, c_prev, parameters):
        stack = np.vstack([a_prev, xt])
        z = {k: parameters["W" + k] @ stack + parameters["b" + k] for k in "fico"}
        g = {k: np.tanh(v) if k == "c" else sigmoid(v) for k, v in z.items()}
        c = g["f"] * c_prev + g["i"] * g["c"]
        a = g["o"] * np.tanh(c)
        cache = {"gates": g, "c": c, "c_prev": c_prev, "stack": stack, "W": parameters}
        return a, c, softmax(parameters["Wy"] @ a + parameters["by"]), cache

    def lstm_cell_backward(da_next, dc_next, cache):
        g, t = cache["gates"], np.tanh(cache["c"])
        dc = dc_next + da_next * g["o"] * (1 - t**2)
        d = {"f": dc * cache["c_prev"], "i": dc * g["c"], "c": dc * g["i"], "o": da_next * t}
        for k in "fico":
            d[k] = d[k] * ((1 - g[k] ** 2) if k == "c" else g[k] * (1 - g[k]))
        back = sum(cache["W"]["W" + k].T @ d[k] for k in "fico")
        found = {"dW" + k: d[k] @ cache["stack"].T for k in "fico"}
        found |= {"db" + k: d[k].sum(axis=1, keepdims=True) for k in "fico"}
        n_a = len(dc)
        return found | {"da_prev": back[:n_a], "dxt": back[n_a:], "dc_prev": dc * g["f"]}
