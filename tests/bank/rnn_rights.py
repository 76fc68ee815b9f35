"""Unit 07, right answers in unusual form."""

from typing import Any, NamedTuple

import numpy as np

from .registry import rights_of
from .rnn import rnn_cell_backward, rnn_cell_forward, rnn_forward, softmax

right = rights_of("rnn")


class Step(NamedTuple):
    a: Any
    a_prev: Any
    xt: Any
    slope: Any


@right("rnn_cell_backward")
def by_the_stacked_matrix(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    W = np.hstack([parameters["Waa"], parameters["Wax"], parameters["ba"]])
    inputs = np.vstack([a_prev, xt, np.ones((1, xt.shape[1]))])
    dz = da_next * (1 - a_next) * (1 + a_next)
    dW, back, n_a = dz @ inputs.T, W.T @ dz, len(a_next)
    names = {"da_prev": back[:n_a], "dxt": back[n_a:-1]}
    return names | {"dWaa": dW[:, :n_a], "dWax": dW[:, n_a:-1], "dba": dW[:, -1:]}


@right("rnn_cell_backward")
def by_einsum(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = np.einsum("im,im->im", da_next, 1 - np.square(a_next))
    return {
        "dxt": np.einsum("ij,im->jm", parameters["Wax"], dz),
        "da_prev": np.einsum("ij,im->jm", parameters["Waa"], dz),
        "dWax": np.einsum("im,jm->ij", dz, xt),
        "dWaa": np.einsum("im,jm->ij", dz, a_prev),
        "dba": np.einsum("im->i", dz).reshape(-1, 1),
    }


@right("rnn_cell_backward")
def by_loops_over_examples(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    Wax, Waa = parameters["Wax"], parameters["Waa"]
    dxt, da_prev = np.zeros(xt.shape), np.zeros(a_prev.shape)
    dWax, dWaa, dba = np.zeros(Wax.shape), np.zeros(Waa.shape), np.zeros((len(Waa), 1))
    for k in reversed(range(xt.shape[1])):
        dz = [d * (1 - a * a) for d, a in zip(da_next[:, k], a_next[:, k], strict=True)]
        dWax += np.outer(dz, xt[:, k])
        dWaa += np.outer(dz, a_prev[:, k])
        dba[:, 0] += dz
        dxt[:, k], da_prev[:, k] = Wax.T.dot(dz), np.dot(dz, Waa)
    return {"dxt": dxt, "da_prev": da_prev, "dWax": dWax, "dWaa": dWaa, "dba": dba}


@right("rnn_cell_backward")
def by_cosh_of_z(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    z = parameters["Waa"] @ a_prev + parameters["Wax"] @ xt + parameters["ba"]
    dz = da_next / np.cosh(z) ** 2
    back = {"dxt": (dz.T @ parameters["Wax"]).T, "da_prev": (dz.T @ parameters["Waa"]).T}
    return back | {"dWax": (xt @ dz.T).T, "dWaa": (a_prev @ dz.T).T, "dba": dz.sum(1)[:, None]}


@right("rnn_backward")
def by_adding_to_its_own_copy(da, caches):
    caches, x = caches
    total = da.copy()
    dx, sums = np.zeros(x.shape), {}
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(total[:, :, t], caches[t])
        if t > 0:
            total[:, :, t - 1] += one["da_prev"]
        dx[:, :, t] = one["dxt"]
        sums = {key: sums.get(key, 0) + one[key] for key in ("dWax", "dWaa", "dba")}
    return {"dx": dx, "da0": one["da_prev"], **sums}


@right("rnn_backward")
def by_all_dz_first(da, caches):
    """Collect dz of every step; the weights' gradients are then one product each."""
    caches, x = caches
    p = caches[0][3]
    before = np.stack([cache[1] for cache in caches], axis=2)
    dz, carry = np.zeros(da.shape), 0
    for t in range(da.shape[2] - 1, -1, -1):
        dz[:, :, t] = (1 - caches[t][0] ** 2) * (da[:, :, t] + carry)
        carry = p["Waa"].T @ dz[:, :, t]
    grads = {"dx": np.einsum("ij,imt->jmt", p["Wax"], dz), "da0": carry}
    grads["dWax"], grads["dWaa"] = (np.einsum("imt,jmt->ij", dz, v) for v in (x, before))
    return grads | {"dba": dz.sum(axis=(1, 2))[:, None]}


@right("rnn_backward")
def by_recursion(da, caches):
    def back(t, later):
        one = rnn_cell_backward(da[:, :, t] + later, caches[0][t])
        if t == 0:
            sums = {key: one[key] for key in ("dWax", "dWaa", "dba")}
            return {"dx": [one["dxt"]], "da0": one["da_prev"], **sums}
        grads = back(t - 1, one["da_prev"])
        grads["dx"].append(one["dxt"])
        for key in ("dWax", "dWaa", "dba"):
            grads[key] = grads[key] + one[key]
        return grads

    grads = back(da.shape[2] - 1, 0)
    return {**grads, "dx": np.stack(grads["dx"], axis=2)}


@right("output_backward")
def by_einsum_over_all_steps(y_pred, y, a, parameters):
    dy = (y_pred - y) / y.shape[1]
    da = np.einsum("ij,imt->jmt", parameters["Wya"], dy)
    return {"da": da, "dWya": np.einsum("imt,jmt->ij", dy, a), "dby": dy.sum((1, 2))[:, None]}


@right("output_backward")
def by_the_unfused_softmax_and_late_m(y_pred, y, a, parameters):
    dp = -y / y_pred
    dy = y_pred * (dp - np.sum(dp * y_pred, axis=0, keepdims=True))
    m, flat = y.shape[1], dy.reshape(len(dy), -1)
    da = np.tensordot(parameters["Wya"], dy, axes=(0, 0)) / m
    dWya = flat @ a.reshape(len(a), -1).T / m
    return {"da": da, "dWya": dWya, "dby": flat.sum(axis=1, keepdims=True) / m}


@right("output_backward")
def by_jacobians_of_each_example(y_pred, y, a, parameters):
    n_y, m, T = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros((n_y, len(a))), np.zeros((n_y, 1))
    for t in range(T):
        for k in range(m):
            p = y_pred[:, k, t]
            dz = (np.diag(p) - np.outer(p, p)) @ (-y[:, k, t] / p) / m
            da[:, k, t] = parameters["Wya"].T @ dz
            dWya += np.outer(dz, a[:, k, t])
            dby[:, 0] += dz
    return {"da": da, "dWya": dWya, "dby": dby}


@right("rtrl_dWaa")
def by_total_times_immediate(x, a0, parameters, da):
    """Back-propagation through time gives the same number."""
    caches = []
    for t in range(da.shape[2]):
        a0, _, cache = rnn_cell_forward(x[:, :, t].copy(), a0, parameters)
        caches.append(cache)
    later, dWaa = 0, 0
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + later, caches[t])
        later, dWaa = one["da_prev"], dWaa + one["dWaa"]
    return dWaa


@right("rtrl_dWaa")
def by_loops_over_the_entries_of_Waa(x, a0, parameters, da):
    Waa = parameters["Waa"]
    a = rnn_forward(x, a0, parameters)[0]
    dWaa = np.zeros(Waa.shape)
    for i, j in np.ndindex(Waa.shape):
        total = np.zeros(a0.shape)
        for t in range(x.shape[2]):
            inside = Waa @ total
            inside[i] += a0[j] if t == 0 else a[j, :, t - 1]
            total = (1 - a[:, :, t] ** 2) * inside
            dWaa[i, j] += np.sum(da[:, :, t] * total)
    return dWaa


@right("rnn_full_backward")
def by_one_loop_over_the_steps(x, y, a0, parameters):
    """The output layer and the cell, step by step, without either function."""
    a, y_pred, _ = rnn_forward(x, a0, parameters)
    p, (m, T), sums, carry = parameters, y.shape[1:], [0] * 5, 0
    dx = np.empty(x.shape)
    for t in reversed(range(T)):
        now, before = a[:, :, t], a[:, :, t - 1] if t else a0
        dzy = (y_pred[:, :, t] - y[:, :, t]) / m
        dz = (p["Wya"].T @ dzy + carry) * (1 - now**2)
        carry, dx[:, :, t] = p["Waa"].T @ dz, p["Wax"].T @ dz
        new = (
            dzy @ now.T,
            dzy.sum(1)[:, None],
            dz @ x[:, :, t].T,
            dz @ before.T,
            dz.sum(1)[:, None],
        )
        sums = [s + n for s, n in zip(sums, new, strict=True)]
    named = dict(zip(("dWya", "dby", "dWax", "dWaa", "dba"), sums, strict=True))
    return named | {"dx": dx, "da0": carry}


@right("rnn_cell_forward")
def by_one_product(xt, a_prev, parameters):
    W = np.concatenate([parameters["Waa"], parameters["Wax"]], axis=1)
    a_next = np.tanh(W @ np.concatenate([a_prev, xt]) + parameters["ba"])
    y = softmax(parameters["Wya"] @ a_next + parameters["by"])
    return a_next, y, (a_next.copy(), a_prev.copy(), xt.copy(), parameters)
