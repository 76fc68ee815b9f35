"""The right functions of unit 07, in the layout and with the names of the specialisation.

x: (n_x, m, T), a: (n_a, m, T), y and y_pred: (n_y, m, T). The cost is the cross-entropy of every
step, summed over the steps and averaged over the m examples; ``da`` already carries 1/m. Caches own
their data; ``forward_then_overwrite`` is given, for those who want to see that they do.
"""

import numpy as np

from .registry import family


def softmax(z):
    e = np.exp(z - np.max(z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def rnn_cell_forward(xt, a_prev, parameters):
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
    ba, by = parameters["ba"], parameters["by"]
    a_next = np.tanh(np.dot(Waa, a_prev) + np.dot(Wax, xt) + ba)
    yt_pred = softmax(np.dot(Wya, a_next) + by)
    cache = (a_next, a_prev, xt, parameters)
    return a_next, yt_pred, cache


def rnn_forward(x, a0, parameters):
    caches = []
    n_x, m, T_x = x.shape
    n_y, n_a = parameters["Wya"].shape
    a = np.zeros((n_a, m, T_x))
    y_pred = np.zeros((n_y, m, T_x))
    a_next = a0
    for t in range(T_x):
        xt = np.array(x[:, :, t])
        a_next, yt_pred, cache = rnn_cell_forward(xt, a_next, parameters)
        a[:, :, t] = a_next
        y_pred[:, :, t] = yt_pred
        caches.append(cache)
    return a, y_pred, (caches, x.copy())


def output_backward(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da = np.zeros(a.shape)
    dWya = np.zeros(Wya.shape)
    dby = np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


def rnn_cell_backward(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    Wax, Waa = parameters["Wax"], parameters["Waa"]
    dz = (1 - a_next**2) * da_next
    dxt = np.dot(Wax.T, dz)
    dWax = np.dot(dz, xt.T)
    da_prev = np.dot(Waa.T, dz)
    dWaa = np.dot(dz, a_prev.T)
    dba = np.sum(dz, axis=1, keepdims=True)
    return {"dxt": dxt, "da_prev": da_prev, "dWax": dWax, "dWaa": dWaa, "dba": dba}


def empty_gradients(da, x):
    (n_a, m, T_x), n_x = da.shape, x.shape[0]
    grads = {"dx": np.zeros((n_x, m, T_x)), "da0": np.zeros((n_a, m))}
    grads["dWax"], grads["dWaa"] = np.zeros((n_a, n_x)), np.zeros((n_a, n_a))
    grads["dba"] = np.zeros((n_a, 1))
    return grads


def rnn_backward(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


def rnn_full_backward(x, y, a0, parameters):
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    out = output_backward(y_pred, y, a, parameters)
    grads = rnn_backward(out["da"], caches)
    grads["dWya"], grads["dby"] = out["dWya"], out["dby"]
    return grads


def rnn_backward_tree(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    calls = 0
    for loss in range(da.shape[2]):
        da_t = da[:, :, loss]
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da_t, caches[t])
            calls += 1
            grads["dx"][:, :, t] += one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
            da_t = one["da_prev"]
        grads["da0"] += da_t
    return grads, calls


def rtrl_dWaa(x, a0, parameters, da):
    n_a, m, T_x = da.shape
    dWaa, total = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m))
    a_prev = a0
    for t in range(T_x):
        a_next, _, _ = rnn_cell_forward(x[:, :, t], a_prev, parameters)
        through = np.einsum("ij,jklm->iklm", parameters["Waa"], total)
        for i in range(n_a):
            through[i, i] += a_prev
        total = (1 - a_next**2)[:, None, None, :] * through
        dWaa += np.einsum("im,iklm->kl", da[:, :, t], total)
        a_prev = a_next
    return dWaa


def forward_then_overwrite(x, a0, parameters):
    a, _, caches = rnn_forward(x, a0, parameters)
    x[...] = 0.0
    a[...] = 0.0
    return caches


family("rnn", globals())
