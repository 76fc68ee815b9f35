"""Unit 09, slips in the gates' derivatives."""

import numpy as np

from .registry import mutants_of

mutant = mutants_of("lstm")
MISSING = ("missing-activation-derivative",)
TWICE = ("tanh-applied-twice", "derivative-at-wrong-argument")


@mutant("lstm-gate-derivative-missing", of="lstm_cell_backward")
def slope_of_the_forget_gate_missing(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant("lstm-gate-derivative-missing", of="lstm_cell_backward")
def value_for_the_slope_of_the_forget_gate(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant("lstm-gate-derivative-missing", of="lstm_cell_backward")
def slope_of_the_output_gate_missing(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant("lstm-gate-derivative-missing", of="lstm_cell_backward")
def slope_of_the_input_gate_missing(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant(
    "lstm-gate-derivative-missing", of="lstm_cell_backward", also=("missing-activation-derivative",)
)
def slope_of_the_candidate_missing(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant("wrong-activation-derivative", of="lstm_cell_backward")
def candidate_with_the_slope_of_sigmoid(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * cct * (1 - cct)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant(
    "lstm-tanh-of-tanh",
    of="lstm_cell_backward",
    also=("tanh-applied-twice", "derivative-at-wrong-argument"),
)
def candidate_tanh_again(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - np.tanh(cct) ** 2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant(
    "lstm-tanh-of-tanh",
    of="lstm_cell_backward",
    also=("tanh-applied-twice", "derivative-at-wrong-argument"),
)
def cell_state_tanh_twice(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(np.tanh(c_next)) ** 2)
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


@mutant("derivative-unsquared", of="lstm_cell_backward")
def one_minus_tanh(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next))
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


@mutant("one-minus-z-squared", of="lstm_cell_backward")
def one_minus_c_squared(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - c_next**2)
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
