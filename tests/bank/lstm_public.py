"""Unit 09, public solutions re-expressed: ways of writing this exercise, and their slips.

Read were two dozen solutions of the specialisation's notebook. More than half of the loops carry
nothing back; the others differ in what they name, stack and sum.
"""

import numpy as np

from .change import changes_of
from .lstm import lstm_cell_forward, sigmoid, softmax
from .registry import rights_of

right = rights_of("lstm")


@right("lstm_cell_backward")
def with_each_line_written_out(da_next, dc_next, cache):
    (a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, parameters) = cache
    n_a, m = a_next.shape
    slope = 1 - np.square(np.tanh(c_next))
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dcct = (dc_next * it + ot * slope * it * da_next) * (1 - np.square(cct))
    dit = (dc_next * cct + ot * slope * cct * da_next) * it * (1 - it)
    dft = (dc_next * c_prev + ot * slope * c_prev * da_next) * ft * (1 - ft)
    stack = np.concatenate((a_prev, xt), axis=0).T
    Wf, Wi, Wc, Wo = (parameters[name] for name in ("Wf", "Wi", "Wc", "Wo"))
    da_prev = np.dot(Wf[:, :n_a].T, dft) + np.dot(Wi[:, :n_a].T, dit)
    da_prev = da_prev + np.dot(Wc[:, :n_a].T, dcct) + np.dot(Wo[:, :n_a].T, dot)
    dxt = np.dot(Wf[:, n_a:].T, dft) + np.dot(Wi[:, n_a:].T, dit)
    dxt = dxt + np.dot(Wc[:, n_a:].T, dcct) + np.dot(Wo[:, n_a:].T, dot)
    dc_prev = dc_next * ft + ot * slope * ft * da_next
    gradients = {"dxt": dxt, "da_prev": da_prev, "dc_prev": dc_prev}
    gradients |= {"dWf": np.dot(dft, stack), "dWi": np.dot(dit, stack)}
    gradients |= {"dWc": np.dot(dcct, stack), "dWo": np.dot(dot, stack)}
    for name, dz in (("dbf", dft), ("dbi", dit), ("dbc", dcct), ("dbo", dot)):
        gradients[name] = np.sum(dz, axis=1, keepdims=True)
    return gradients


@right("lstm_cell_backward")
def with_names_of_gates(da_next, dc_next, cache):
    """dgamma for the gates, dp for the candidate, u for the input gate, as in later editions."""
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, parameters = cache
    dgammao = da_next * np.tanh(c_next) * ot * (1 - ot)
    dc = da_next * ot * (1 - np.power(np.tanh(c_next), 2)) + dc_next
    dpc, dgammau = dc * it * (1 - cct**2), dc * cct * it * (1 - it)
    dgammaf = dc * c_prev * ft * (1 - ft)
    stack = np.hstack([a_prev.T, xt.T])
    d = {"f": dgammaf, "i": dgammau, "c": dpc, "o": dgammao}
    gradients = {"dW" + k: np.matmul(d[k], stack) for k in d}
    gradients |= {"db" + k: np.sum(d[k], axis=1, keepdims=True) for k in d}
    back = np.zeros((stack.shape[1], stack.shape[0]))
    for k in d:
        back += np.matmul(parameters["W" + k].T, d[k])
    da_prev, dxt = back[: a_prev.shape[0], :], back[a_prev.shape[0] :, :]
    return {"dxt": dxt, "da_prev": da_prev, "dc_prev": dc * ft, **gradients}


@right("lstm_backward")
def with_twelve_zeros(da, caches):
    (caches, x) = caches
    (a1, c1, a0, c0, f1, i1, cc1, o1, x1, parameters) = caches[0]
    n_a, m, T_x = da.shape
    n_x, m = x1.shape
    dx = np.zeros((n_x, m, T_x))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    dWf, dWi, dWc, dWo = (np.zeros((n_a, n_a + n_x)) for _ in range(4))
    dbf, dbi, dbc, dbo = (np.zeros((n_a, 1)) for _ in range(4))
    for t in reversed(range(T_x)):
        gradients = lstm_cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t])  # noqa: F821
        da_prevt = gradients["da_prev"]
        dc_prevt = gradients["dc_prev"]
        dx[:, :, t] = gradients["dxt"]
        dWf, dWi = dWf + gradients["dWf"], dWi + gradients["dWi"]
        dWc, dWo = dWc + gradients["dWc"], dWo + gradients["dWo"]
        dbf, dbi = dbf + gradients["dbf"], dbi + gradients["dbi"]
        dbc, dbo = dbc + gradients["dbc"], dbo + gradients["dbo"]
    gradients = {"dx": dx, "da0": da_prevt, "dWf": dWf, "dbf": dbf, "dWi": dWi, "dbi": dbi}
    return gradients | {"dWc": dWc, "dbc": dbc, "dWo": dWo, "dbo": dbo}


@right("lstm_backward")
def without_the_cell(da, caches):
    """The loop alone, which unpacks the caches itself."""
    steps, x = caches
    total, da_next, dc_next = {}, np.zeros(da.shape[:2]), np.zeros(da.shape[:2])
    dx = np.empty_like(x)
    for t in range(da.shape[2] - 1, -1, -1):
        a, c, a_prev, c_prev, f, i, g, o, xt, p = steps[t]
        da_t = da[:, :, t] + da_next
        dc = dc_next + da_t * o * (1 - np.tanh(c) ** 2)
        dz = {"f": dc * c_prev * f * (1 - f), "i": dc * g * i * (1 - i)}
        dz |= {"c": dc * i * (1 - g**2), "o": da_t * np.tanh(c) * o * (1 - o)}
        u = np.concatenate([a_prev, xt])
        for k in "fico":
            total["dW" + k] = total.get("dW" + k, 0) + dz[k] @ u.T
            total["db" + k] = total.get("db" + k, 0) + dz[k].sum(axis=1, keepdims=True)
        du = sum(p["W" + k].T @ dz[k] for k in "fico")
        da_next, dx[:, :, t], dc_next = du[: len(a)], du[len(a) :], dc * f
    return {**total, "dx": dx, "da0": da_next}


@right("lstm_forward")
def into_arrays_of_zeros(x, a0, parameters):
    caches = []
    n_x, m, T_x = x.shape
    n_y, n_a = parameters["Wy"].shape
    a, c, y = np.zeros((n_a, m, T_x)), np.zeros((n_a, m, T_x)), np.zeros((n_y, m, T_x))
    a_next = a0
    c_next = np.zeros(a_next.shape)
    for t in range(T_x):
        xt = x[:, :, t].copy()
        a_next, c_next, yt, cache = lstm_cell_forward(xt, a_next, c_next, parameters)
        a[:, :, t], c[:, :, t], y[:, :, t] = a_next, c_next, yt
        caches.append(cache)
    return a, y, c, (caches, np.copy(x))


@right("lstm_cell_forward")
def with_a_filled_stack(xt, a_prev, c_prev, parameters):
    Wf, bf, Wi, bi, Wc, bc, Wo, bo, Wy, by = (
        parameters[n] for n in ("Wf", "bf", "Wi", "bi", "Wc", "bc", "Wo", "bo", "Wy", "by")
    )
    (n_x, m), n_a = xt.shape, Wy.shape[1]
    concat = np.zeros((n_a + n_x, m))
    concat[:n_a, :], concat[n_a:, :] = a_prev, xt
    ft, it = sigmoid(Wf @ concat + bf), sigmoid(np.matmul(Wi, concat) + bi)
    cct, ot = np.tanh(np.dot(Wc, concat) + bc), sigmoid(np.dot(Wo, concat) + bo)
    c_next = np.multiply(ft, c_prev) + np.multiply(it, cct)
    a_next = np.multiply(ot, np.tanh(c_next))
    cache = (a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt.copy(), parameters)
    return a_next, c_next, softmax(np.dot(Wy, a_next) + by), cache


@right()
class one_matrix_for_all_gates:
    """The four matrices one above the other; the cache holds the stack and no parameters."""

    def lstm_cell_forward(xt, a_prev, c_prev, parameters):
        n_a = len(a_prev)
        W = np.vstack([parameters["W" + k] for k in "fioc"])
        z = W @ np.vstack([a_prev, xt]) + np.vstack([parameters["b" + k] for k in "fioc"])
        f, i, o = sigmoid(z[: 3 * n_a]).reshape(3, n_a, -1)
        g = np.tanh(z[3 * n_a :])
        c = f * c_prev + i * g
        y = softmax(parameters["Wy"] @ (o * np.tanh(c)) + parameters["by"])
        return o * np.tanh(c), c, y, [np.vstack([a_prev, xt]), c_prev, f, i, o, g, W]

    def lstm_cell_backward(da_next, dc_next, cache):
        u, c_prev, f, i, o, g, W = cache
        th, n_a = np.tanh(f * c_prev + i * g), len(f)
        dc = dc_next + da_next * o * (1 - th * th)
        dz = [dc * c_prev * f * (1 - f), dc * g * i * (1 - i), da_next * th * o * (1 - o)]
        dz = np.concatenate([*dz, dc * i * (1 - g * g)])
        dW, db, du = dz @ u.T, dz.sum(axis=1, keepdims=True), W.T @ dz
        found = {"dxt": du[n_a:], "da_prev": du[:n_a], "dc_prev": f * dc}
        for k, gate in enumerate("fioc"):
            part = slice(k * n_a, (k + 1) * n_a)
            found |= {"dW" + gate: dW[part], "db" + gate: db[part]}
        return found


change = changes_of("lstm", with_each_line_written_out, "lstm_cell_backward")

change(
    "written_out_dc_next_outside_the_brackets",
    "lstm-parenthesis",
    ("(dc_next * it + ot * slope * it * da_next) *", "dc_next * it + ot * slope * it * da_next *"),
    (
        "(dc_next * cct + ot * slope * cct * da_next) *",
        "dc_next * cct + ot * slope * cct * da_next *",
    ),
    (
        "(dc_next * c_prev + ot * slope * c_prev * da_next) *",
        "dc_next * c_prev + ot * slope * c_prev * da_next *",
    ),
)
change(
    "written_out_dc_prev_with_dot",
    "lstm-dot-for-ot",
    ("dc_next * ft + ot * slope", "dc_next * ft + dot * slope"),
)
change = changes_of("lstm", with_twelve_zeros, "lstm_backward")

change(
    "twelve_zeros_and_no_carry",
    "lstm-both-carries-missing",
    ('        da_prevt = gradients["da_prev"]\n        dc_prevt = gradients["dc_prev"]\n', ""),
    ('"da0": da_prevt', '"da0": gradients["da_prev"]'),
)
change(
    "twelve_zeros_and_da_alone",
    "bptt-missing-da-prevt",
    ("da[:, :, t] + da_prevt", "da[:, :, t]"),
)
change(
    "twelve_zeros_and_a_plus_for_an_equals_sign",
    "bptt-double-count",
    ('da_prevt = gradients["da_prev"]', 'da_prevt = da_prevt + gradients["da_prev"]'),
    ('dc_prevt = gradients["dc_prev"]', 'dc_prevt + dc_prevt + gradients["dc_prev"]'),
    ('"da0": da_prevt', '"da0": gradients["da_prev"]'),
)
