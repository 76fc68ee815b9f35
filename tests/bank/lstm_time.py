"""Unit 09, slips in LSTM back-propagation through time."""

import numpy as np

from .lstm import lstm_cell_backward
from .registry import mutants_of

mutant = mutants_of("lstm")


@mutant("bptt-missing-da-prevt", of="lstm_backward")
def da_prevt_forgotten(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + x.shape[0]))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        one = lstm_cell_backward(da[:, :, t], dc_prevt, caches[t])
        da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] += one["dW" + gate]
            grads["db" + gate] += one["db" + gate]
    grads["da0"] = da_prevt
    return grads


@mutant("lstm-dc-next-missing", of="lstm_backward")
def dc_not_carried(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + x.shape[0]))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        one = lstm_cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] += one["dW" + gate]
            grads["db" + gate] += one["db" + gate]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-last-loss-only", of="lstm_backward")
def last_loss_only(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + x.shape[0]))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        direct = da[:, :, t] if t == T_x - 1 else 0
        one = lstm_cell_backward(direct + da_prevt, dc_prevt, caches[t])
        da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] += one["dW" + gate]
            grads["db" + gate] += one["db" + gate]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-forward-direction", of="lstm_backward")
def runs_forwards(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + x.shape[0]))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in range(T_x):
        one = lstm_cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t])
        da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] += one["dW" + gate]
            grads["db" + gate] += one["db" + gate]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-overwrite-not-accumulate", of="lstm_backward")
def weights_overwritten(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + x.shape[0]))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        one = lstm_cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t])
        da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] = one["dW" + gate]
            grads["db" + gate] = one["db" + gate]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-wrong-cache", of="lstm_backward")
def cache_of_the_step_before(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + x.shape[0]))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        one = lstm_cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t - 1])
        da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] += one["dW" + gate]
            grads["db" + gate] += one["db" + gate]
    grads["da0"] = da_prevt
    return grads


@mutant("da0-not-returned", of="lstm_backward")
def da0_left_zero(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + x.shape[0]))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        one = lstm_cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t])
        da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] += one["dW" + gate]
            grads["db" + gate] += one["db" + gate]
    grads["da0"] = np.zeros((n_a, m))
    return grads


@mutant("da-mutated-in-place", of="lstm_backward")
def da_added_to_in_place(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + x.shape[0]))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        da[:, :, t] += da_prevt
        one = lstm_cell_backward(da[:, :, t], dc_prevt, caches[t])
        da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] += one["dW" + gate]
            grads["db" + gate] += one["db" + gate]
    grads["da0"] = da_prevt
    return grads


@mutant("divide-by-T", of="lstm_backward")
def divided_by_T(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + x.shape[0]))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        one = lstm_cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t])
        da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] += one["dW" + gate]
            grads["db" + gate] += one["db" + gate]
    grads = {key: value / T_x for key, value in grads.items()}
    grads["da0"] = da_prevt / T_x
    return grads


@mutant(None, of="lstm_backward", reason="the carries of a and c are exchanged: no entry")
def the_two_lanes_swapped(da, caches):
    caches, x = caches
    n_a, m, T_x = da.shape
    grads = {"dx": np.zeros(x.shape)}
    for gate in "fico":
        grads["dW" + gate] = np.zeros((n_a, n_a + x.shape[0]))
        grads["db" + gate] = np.zeros((n_a, 1))
    da_prevt, dc_prevt = np.zeros((n_a, m)), np.zeros((n_a, m))
    for t in reversed(range(T_x)):
        one = lstm_cell_backward(da[:, :, t] + dc_prevt, da_prevt, caches[t])
        da_prevt, dc_prevt = one["da_prev"], one["dc_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for gate in "fico":
            grads["dW" + gate] += one["dW" + gate]
            grads["db" + gate] += one["db" + gate]
    grads["da0"] = da_prevt
    return grads
