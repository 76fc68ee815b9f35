"""Unit 07, slips in back-propagation through time: what goes into the cell at each step."""

import numpy as np

from .registry import mutants_of
from .rnn import empty_gradients, rnn_cell_backward

mutant = mutants_of("rnn")


@mutant("bptt-missing-da-prevt", of="rnn_backward")
def da_prevt_forgotten(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t], caches[t])
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = one["da_prev"]
    return grads


@mutant("bptt-da-ignored", of="rnn_backward")
def da_ignored(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-last-loss-only", of="rnn_backward")
def starts_at_the_last_loss_only(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = da[:, :, -1]
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-forward-direction", of="rnn_backward")
def runs_forwards(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in range(da.shape[2]):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-da-prevt-equals-da-t-minus-1", of="rnn_backward")
def adds_da_of_the_step_before(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    for t in reversed(range(da.shape[2])):
        da_prevt = da[:, :, t - 1] if t > 0 else 0
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = one["da_prev"]
    return grads


@mutant("upstream-means-earlier-layer", of="rnn_backward")
def upstream_from_the_step_before(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t - 1] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-double-count", of="rnn_backward")
def nested_loops_and_a_carry(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    T_x = da.shape[2]
    da_prevt = np.zeros(da.shape[:2])
    for loss in reversed(range(T_x)):
        da_t = da[:, :, loss] + da_prevt
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da_t, caches[t])
            if t == loss:
                da_prevt = one["da_prev"]
                grads["dx"][:, :, t] = one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
            da_t = one["da_prev"]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-double-count", of="rnn_backward")
def carry_piles_up(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt += one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = one["da_prev"]
    return grads


@mutant("clip-wrong-place", of="rnn_backward")
def clips_inside_the_loop(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = np.clip(one["da_prev"], -0.1, 0.1)
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant(None, of="rnn_backward", reason="the loop stops at t = 1: no entry")
def first_step_left_out(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in range(da.shape[2] - 1, 0, -1):
        one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
        da_prevt = one["da_prev"]
        grads["dx"][:, :, t] = one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
    grads["da0"] = da_prevt
    return grads


@mutant("bptt-quadratic-cost", of="rnn_backward")
def one_traversal_per_loss(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    for loss in range(da.shape[2]):
        da_t = da[:, :, loss]
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da_t, caches[t])
            grads["dx"][:, :, t] += one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
            da_t = one["da_prev"]
        grads["da0"] += da_t
    return grads


@mutant("bptt-loops-without-carry", of="rnn_backward")
def nested_loops_that_never_set_da_prevt(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for loss in range(da.shape[2]):
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da[:, :, t] + da_prevt, caches[t])
            grads["dx"][:, :, t] += one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
    grads["da0"] = one["da_prev"]
    return grads


@mutant("bptt-loops-without-carry", of="rnn_backward")
def nested_loops_with_the_loss_at_every_step(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    for loss in range(da.shape[2]):
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da[:, :, loss], caches[t])
            grads["dx"][:, :, t] = one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
        grads["da0"] += one["da_prev"]
    return grads


@mutant("bptt-cell-called-twice", of="rnn_backward")
def two_cell_calls_per_step(da, caches):
    caches, x = caches
    grads = empty_gradients(da, x)
    da_prevt = np.zeros(da.shape[:2])
    for t in reversed(range(da.shape[2])):
        direct = rnn_cell_backward(da[:, :, t], caches[t])
        later = rnn_cell_backward(da_prevt, caches[t])
        da_prevt = direct["da_prev"] + later["da_prev"]
        grads["dx"][:, :, t] = direct["dxt"] + later["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += direct[key] + later[key]
    grads["da0"] = da_prevt
    return grads
