"""Unit 09, slips in the weights' and biases' gradients of one cell."""

import numpy as np

from .registry import mutants_of

mutant = mutants_of("lstm")


@mutant("db-no-keepdims", of="lstm_cell_backward")
def biases_flat(da_next, dc_next, cache):
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
        gradients["db" + gate] = np.sum(dgate, axis=1)
    return gradients


@mutant("db-wrong-axis", of="lstm_cell_backward")
def biases_over_axis_0(da_next, dc_next, cache):
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
        gradients["db" + gate] = np.sum(dgate, axis=0, keepdims=True)
    return gradients


@mutant("db-mean-and-one-over-m", of="lstm_cell_backward")
def biases_averaged(da_next, dc_next, cache):
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
        gradients["db" + gate] = np.mean(dgate, axis=1, keepdims=True)
    return gradients


@mutant("rnn-divide-by-m-again", of="lstm_cell_backward")
def weights_divided_by_m(da_next, dc_next, cache):
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
        gradients["dW" + gate] = np.dot(dgate, concat.T) / dgate.shape[1]
        gradients["db" + gate] = np.mean(dgate, axis=1, keepdims=True)
    return gradients


@mutant("dw-transposed", of="lstm_cell_backward")
def weights_transposed(da_next, dc_next, cache):
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
        gradients["dW" + gate] = np.dot(concat, dgate.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant("dwaa-uses-a-next", of="lstm_cell_backward")
def stack_of_a_next(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_next, xt), axis=0)
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


@mutant(
    None,
    of="lstm_cell_backward",
    reason="the stack is turned over on the way back: no entry",
)
def stack_upside_down(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((xt, a_prev), axis=0)
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


@mutant("da-mutated-in-place", of="lstm_cell_backward")
def dc_next_added_to_in_place(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    dc_next += da_next * ot * (1 - np.tanh(c_next) ** 2)
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next
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
