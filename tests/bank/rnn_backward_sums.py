"""Unit 07, slips in rnn_backward: caches and sums over time."""

import numpy as np

from .registry import mutants_of
from .rnn import empty_gradients, rnn_cell_backward

mutant = mutants_of("rnn")


@mutant("bptt-wrong-cache", of="rnn_backward")
def always_the_first_cache(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[0])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-wrong-cache", of="rnn_backward")
def cache_of_the_step_before(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t - 1])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-wrong-cache", of="rnn_backward")
def caches_from_the_other_end(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[da.shape[2] - 1 - t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-overwrite-not-accumulate", of="rnn_backward")
def weights_overwritten(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] = one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-overwrite-not-accumulate", of="rnn_backward")
def dWaa_overwritten(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        grads["dWax"] += one["dWax"]
        grads["dWaa"] = one["dWaa"]
        grads["dba"] += one["dba"]
    grads["da0"] = da_prevt
    return grads


@mutant("dx-accumulated", of="rnn_backward")
def dx_accumulated(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    dxt = np.zeros(x.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        dxt += one["dxt"]
        grads["dx"][:, :, t] = dxt
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("dx-accumulated", of="rnn_backward")
def dx_of_one_step_only(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("da0-not-returned", of="rnn_backward")
def da0_left_zero(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    return grads


@mutant("da0-not-returned", of="rnn_backward")
def da0_with_a_time_axis(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    grads["da0"] = np.zeros(da.shape)
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"][:, :, 0] = da_prevt
    return grads


@mutant("da0-not-returned", of="rnn_backward")
def da0_is_the_total_of_step_one(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        total = da[:, :, t] + da_prevt
        one = rnn_cell_backward(total, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = total
    return grads


@mutant("negative-index-wrap", of="rnn_backward")
def a_prev_looked_up_at_t_minus_1(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        a_next, _, xt, parameters = caches[t]
        a_prev = caches[t - 1][0]
        one = rnn_cell_backward(da[:, :, t] + da_prevt, (a_next, a_prev, xt, parameters))
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("shared-grad-array", of="rnn_backward")
def one_list_entry_for_all_dx(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    dx = [np.zeros(x.shape[:2])] * da.shape[2]
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        dx[t][:] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["dx"], grads["da0"] = np.stack(dx, axis=2), da_prevt
    return grads
