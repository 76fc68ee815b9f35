"""The right functions of unit 09, LSTM and GRU, with layout and names of the specialisation.

x: (n_x, m, T), a and c: (n_a, m, T); the four gates act on the stack [a_prev; xt]. The first cell
state is zero. ``da`` is a derivative that comes from outside and already carries its 1/m.
"""

import numpy as np

from .registry import family


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - np.max(z, axis=0, keepdims=True))
    return e / np.sum(e, axis=0, keepdims=True)


def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    p = parameters
    concat = np.concatenate((a_prev, xt), axis=0)
    ft = sigmoid(np.dot(p["Wf"], concat) + p["bf"])
    it = sigmoid(np.dot(p["Wi"], concat) + p["bi"])
    cct = np.tanh(np.dot(p["Wc"], concat) + p["bc"])
    ot = sigmoid(np.dot(p["Wo"], concat) + p["bo"])
    c_next = ft * c_prev + it * cct
    a_next = ot * np.tanh(c_next)
    yt_pred = softmax(np.dot(p["Wy"], a_next) + p["by"])
    cache = (a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, parameters)
    return a_next, c_next, yt_pred, cache


def lstm_forward(x, a0, parameters):
    caches = []
    a, c, y = [], [], []
    a_next, c_next = a0, np.zeros(a0.shape)
    for t in range(x.shape[2]):
        xt = np.array(x[:, :, t])
        a_next, c_next, yt, cache = lstm_cell_forward(xt, a_next, c_next, parameters)
        a.append(a_next)
        c.append(c_next)
        y.append(yt)
        caches.append(cache)
    return np.stack(a, axis=2), np.stack(y, axis=2), np.stack(c, axis=2), (caches, x.copy())


def lstm_cell_backward(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


def lstm_backward(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    n_x = x.shape[0]
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + n_x))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        one = lstm_cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t])
        da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] += one["dW" + gate]
            grads["db" + gate] += one["db" + gate]
    grads["da0"] = da_prevt
    return grads


def gru_cell_forward(xt, c_prev, parameters):
    p = parameters
    v = np.concatenate((c_prev, xt), axis=0)
    ut = sigmoid(np.dot(p["Wu"], v) + p["bu"])
    rt = sigmoid(np.dot(p["Wr"], v) + p["br"])
    w = np.concatenate((rt * c_prev, xt), axis=0)
    cct = np.tanh(np.dot(p["Wc"], w) + p["bc"])
    return ut * cct + (1 - ut) * c_prev, (c_prev, xt, ut, rt, cct, parameters)


def gru_cell_backward(dc_next, cache):
    c_prev, xt, ut, rt, cct, p = cache
    n_a = c_prev.shape[0]
    v = np.concatenate((c_prev, xt), axis=0)
    w = np.concatenate((rt * c_prev, xt), axis=0)
    dzu = dc_next * (cct - c_prev) * ut * (1 - ut)
    dzc = dc_next * ut * (1 - cct**2)
    dw = p["Wc"].T @ dzc
    dzr = dw[:n_a] * c_prev * rt * (1 - rt)
    dv = p["Wu"].T @ dzu + p["Wr"].T @ dzr
    dc_prev = dc_next * (1 - ut) + dv[:n_a] + dw[:n_a] * rt
    gradients = {"dxt": dv[n_a:] + dw[n_a:], "dc_prev": dc_prev}
    for gate, dgate, stack in (("u", dzu, v), ("r", dzr, v), ("c", dzc, w)):
        gradients["dW" + gate] = np.dot(dgate, stack.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


def forward_then_overwrite(x, a0, parameters):
    a, y, c, caches = lstm_forward(x, a0, parameters)
    x[...] = 0.0
    a[...] = 0.0
    c[...] = 0.0
    return caches


family("lstm", globals())
