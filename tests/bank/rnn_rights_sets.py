"""Unit 07, right answers in unusual form: whole notebooks with a cache layout of their own."""

import numpy as np

from .registry import rights_of
from .rnn import empty_gradients, rnn_cell_backward, rnn_cell_forward, softmax
from .rnn_rights import Step

right = rights_of("rnn")


@right()
class caches_are_dicts_without_the_pair:
    """The caches are a plain list of dicts; x is not kept beside it."""

    def rnn_cell_forward(xt, a_prev, parameters):
        a = np.tanh(parameters["Waa"] @ a_prev + parameters["Wax"] @ xt + parameters["ba"])
        cache = {"a": a, "a_prev": a_prev, "x": xt, **parameters}
        return a, softmax(parameters["Wya"] @ a + parameters["by"]), cache

    def rnn_forward(x, a0, parameters):
        a, y, caches, state = [], [], [], a0
        for xt in np.moveaxis(x, 2, 0):
            state, yt, cache = rnn_cell_forward(xt.copy(), state, parameters)
            a.append(state)
            y.append(yt)
            caches.append(cache)
        return np.stack(a, axis=-1), np.stack(y, axis=-1), caches

    def rnn_cell_backward(da_next, cache):
        dz = da_next - da_next * cache["a"] ** 2
        back = {"dxt": cache["Wax"].T @ dz, "da_prev": cache["Waa"].T @ dz}
        sums = {"dWax": dz @ cache["x"].T, "dWaa": dz @ cache["a_prev"].T}
        return back | sums | {"dba": dz.sum(axis=1, keepdims=True)}

    def rnn_backward(da, caches):
        steps, carry = [], 0
        for t in reversed(range(len(caches))):
            steps.append(rnn_cell_backward(da[:, :, t] + carry, caches[t]))
            carry = steps[-1]["da_prev"]
        sums = {key: sum(one[key] for one in steps) for key in ("dWax", "dWaa", "dba")}
        return {"dx": np.stack([one["dxt"] for one in steps[::-1]], axis=2), "da0": carry, **sums}

    def rnn_backward_tree(da, caches):
        calls = 0
        grads = empty_gradients(da, np.stack([cache["x"] for cache in caches], axis=2))
        for loss in range(len(caches)):
            up = da[:, :, loss]
            for t in range(loss, -1, -1):
                one = rnn_cell_backward(up, caches[t])
                up, calls = one["da_prev"], calls + 1
                grads["dx"][:, :, t] += one["dxt"]
                for key in ("dWax", "dWaa", "dba"):
                    grads[key] += one[key]
            grads["da0"] += up
        return grads, calls


@right()
class caches_are_namedtuples_with_the_slope:
    Step = Step

    def rnn_cell_forward(xt, a_prev, parameters):
        a = np.tanh(parameters["Waa"] @ a_prev + parameters["Wax"] @ xt + parameters["ba"])
        cache = (Step(a, a_prev, xt, 1 - a * a), parameters["Waa"].T, parameters["Wax"].T)
        return a, softmax(parameters["Wya"] @ a + parameters["by"]), cache

    def rnn_cell_backward(da_next, cache):
        step, WaaT, WaxT = cache
        dz = da_next * step.slope
        grads = {"dxt": WaxT @ dz, "da_prev": WaaT @ dz, "dba": dz.sum(1, keepdims=True)}
        return grads | {"dWax": dz @ step.xt.T, "dWaa": dz @ step.a_prev.T}


@right()
class one_cache_for_the_whole_sequence:
    """The caches of rnn_forward are whole arrays with a0 in front, and nobody calls the cell."""

    def rnn_forward(x, a0, parameters):
        T, a, y = x.shape[2], [a0], []
        for t in range(T):
            nxt, yt, _ = rnn_cell_forward(x[:, :, t], a[-1], parameters)
            a.append(nxt)
            y.append(yt)
        caches = {"x": x.copy(), "a": np.stack(a, axis=2), "W": parameters}
        return caches["a"][:, :, 1:].copy(), np.stack(y, axis=2), caches

    def rnn_backward(da, caches):
        a, x, p = caches["a"], caches["x"], caches["W"]
        grads = empty_gradients(da, x)
        for t in range(da.shape[2], 0, -1):
            dz = (da[:, :, t - 1] + grads["da0"]) * (1 - a[:, :, t] ** 2)
            grads["da0"] = p["Waa"].T @ dz
            grads["dx"][:, :, t - 1] = p["Wax"].T @ dz
            grads["dWax"] += dz @ x[:, :, t - 1].T
            grads["dWaa"] += dz @ a[:, :, t - 1].T
            grads["dba"] += dz.sum(axis=1, keepdims=True)
        return grads

    def rnn_backward_tree(da, caches):
        a, x, p = caches["a"], caches["x"], caches["W"]
        grads, calls = empty_gradients(da, x), 0
        for loss in range(da.shape[2]):
            up = da[:, :, loss]
            for t in range(loss, -1, -1):
                cache = (a[:, :, t + 1], a[:, :, t], x[:, :, t], p)
                one = rnn_cell_backward(up, cache)
                up, calls = one["da_prev"], calls + 1
                grads["dx"][:, :, t] += one["dxt"]
                for key in ("dWax", "dWaa", "dba"):
                    grads[key] += one[key]
            grads["da0"] += up
        return grads, calls
