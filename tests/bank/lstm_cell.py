"""Unit 09, slips in the wiring of one cell: two lanes, four gates, one stack."""

import numpy as np

from .registry import mutants_of

mutant = mutants_of("lstm")


@mutant("lstm-dc-next-missing", of="lstm_cell_backward")
def dc_next_forgotten(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = da_next * ot * (1 - np.tanh(c_next) ** 2)
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


@mutant("lstm-dc-prev-no-forget", of="lstm_cell_backward")
def forget_gate_on_one_term_only(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {
        "da_prev": dconcat[:n_a],
        "dxt": dconcat[n_a:],
        "dc_prev": dc_next * ft + da_next * ot * (1 - np.tanh(c_next) ** 2),
    }
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant("lstm-dc-prev-no-forget", of="lstm_cell_backward")
def dc_prev_without_the_forget_gate(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant("lstm-parenthesis", of="lstm_cell_backward")
def printed_parenthesis(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    direct = da_next * ot * (1 - np.tanh(c_next) ** 2)
    dft = dc_next * c_prev + direct * c_prev * ft * (1 - ft)
    dit = dc_next * cct + direct * cct * it * (1 - it)
    dcct = dc_next * it + direct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant("concat-no-slice", of="lstm_cell_backward")
def da_prev_not_sliced(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat, "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant(None, of="lstm_cell_backward", reason="the slices are taken from the wrong end: no entry")
def halves_of_the_stack_swapped(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[-n_a:], "dxt": dconcat[:-n_a], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant(None, of="lstm_cell_backward", reason="three of four paths are dropped: no entry")
def only_the_forget_gate_goes_back(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant(
    None,
    of="lstm_cell_backward",
    reason="c_next for c_prev: catalogued for Waa only",
)
def candidate_with_c_next(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * np.tanh(c_next) * ot * (1 - ot)
    dft = dct * c_next * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients


@mutant(None, of="lstm_cell_backward", reason="tanh of the cell state dropped in do: no entry")
def output_gate_met_c(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, p = cache
    n_a = a_next.shape[0]
    concat = np.concatenate((a_prev, xt), axis=0)
    dct = dc_next + da_next * ot * (1 - np.tanh(c_next) ** 2)
    dot = da_next * c_next * ot * (1 - ot)
    dft = dct * c_prev * ft * (1 - ft)
    dit = dct * cct * it * (1 - it)
    dcct = dct * it * (1 - cct**2)
    dconcat = p["Wf"].T @ dft + p["Wi"].T @ dit + p["Wc"].T @ dcct + p["Wo"].T @ dot
    gradients = {"da_prev": dconcat[:n_a], "dxt": dconcat[n_a:], "dc_prev": dct * ft}
    for gate, dgate in (("f", dft), ("i", dit), ("c", dcct), ("o", dot)):
        gradients["dW" + gate] = np.dot(dgate, concat.T)
        gradients["db" + gate] = np.sum(dgate, axis=1, keepdims=True)
    return gradients
