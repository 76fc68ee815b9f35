"""Unit 07, slips in the forward pass, in its caches and in the tree."""

import numpy as np

from .registry import mutants_of
from .rnn import empty_gradients, rnn_cell_backward, rnn_cell_forward, softmax

mutant = mutants_of("rnn")
FORWARD = "a slip of the forward pass; the catalogue is of gradients"


@mutant("softmax-wrong-axis", of="rnn_cell_forward")
def softmax_over_everything(xt, a_prev, parameters):
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
    a_next = np.tanh(np.dot(Waa, a_prev) + np.dot(Wax, xt) + parameters["ba"])
    e = np.exp(np.dot(Wya, a_next) + parameters["by"])
    return a_next, e / e.sum(), (a_next, a_prev, xt, parameters)


@mutant(None, of="rnn_cell_forward", reason=FORWARD)
def bias_forgotten(xt, a_prev, parameters):
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
    a_next = np.tanh(np.dot(Waa, a_prev) + np.dot(Wax, xt))
    yt_pred = softmax(np.dot(Wya, a_next) + parameters["by"])
    return a_next, yt_pred, (a_next, a_prev, xt, parameters)


@mutant(None, of="rnn_cell_forward", reason=FORWARD)
def prediction_from_a_prev(xt, a_prev, parameters):
    Wax, Waa, Wya = parameters["Wax"], parameters["Waa"], parameters["Wya"]
    a_next = np.tanh(np.dot(Waa, a_prev) + np.dot(Wax, xt) + parameters["ba"])
    yt_pred = softmax(np.dot(Wya, a_prev) + parameters["by"])
    return a_next, yt_pred, (a_next, a_prev, xt, parameters)


@mutant(None, of="rnn_forward", reason=FORWARD)
def a0_into_every_step(x, a0, parameters):
    steps = [rnn_cell_forward(x[:, :, t].copy(), a0, parameters) for t in range(x.shape[2])]
    a, y_pred = (np.stack([step[i] for step in steps], axis=2) for i in (0, 1))
    return a, y_pred, ([step[2] for step in steps], x.copy())


@mutant("alias-last-cache", of="rnn_forward")
def one_cache_T_times(x, a0, parameters):
    a, y_pred, a_next = [], [], a0
    for t in range(x.shape[2]):
        a_next, yt_pred, cache = rnn_cell_forward(x[:, :, t].copy(), a_next, parameters)
        a.append(a_next)
        y_pred.append(yt_pred)
    caches = [cache] * x.shape[2]
    return np.stack(a, axis=2), np.stack(y_pred, axis=2), (caches, x.copy())


@mutant("cache-view-aliasing", of="rnn_forward")
def state_kept_in_one_array(x, a0, parameters):
    a, y_pred, caches = [], [], []
    state = a0.copy()
    for t in range(x.shape[2]):
        a_next, yt_pred, cache = rnn_cell_forward(x[:, :, t].copy(), state, parameters)
        state[:] = a_next
        a.append(a_next)
        y_pred.append(yt_pred)
        caches.append(cache)
    return np.stack(a, axis=2), np.stack(y_pred, axis=2), (caches, x.copy())


@mutant("cache-view-aliasing", of="rnn_forward")
def x_kept_as_views(x, a0, parameters):
    a, y_pred, caches, a_next = [], [], [], a0
    for t in range(x.shape[2]):
        a_next, yt_pred, cache = rnn_cell_forward(x[:, :, t], a_next, parameters)
        a.append(a_next)
        y_pred.append(yt_pred)
        caches.append(cache)
    return np.stack(a, axis=2), np.stack(y_pred, axis=2), (caches, x)


@mutant("cache-view-aliasing", of="rnn_forward")
def state_kept_as_a_view_of_a(x, a0, parameters):
    a = np.zeros((*a0.shape, x.shape[2]))
    y_pred, caches, state = [], [], a0
    for t in range(x.shape[2]):
        a_next, yt_pred, cache = rnn_cell_forward(x[:, :, t].copy(), state, parameters)
        a[:, :, t] = a_next
        state = a[:, :, t]
        y_pred.append(yt_pred)
        caches.append(cache)
    return a, np.stack(y_pred, axis=2), (caches, x.copy())


@mutant("bptt-double-count", of="rnn_backward_tree")
def tree_with_a_carry(da, caches):
    caches, x = caches
    grads, calls = empty_gradients(da, x), 0
    da_prevt = np.zeros(da.shape[:2])
    for loss in reversed(range(da.shape[2])):
        da_t = da[:, :, loss] + da_prevt
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da_t, caches[t])
            calls += 1
            grads["dx"][:, :, t] += one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
            da_t = one["da_prev"]
            if t == loss:
                da_prevt = da_t
        grads["da0"] += da_t
    return grads, calls


@mutant("bptt-missing-da-prevt", of="rnn_backward_tree")
def tree_that_stays_at_its_loss(da, caches):
    caches, x = caches
    grads, calls = empty_gradients(da, x), 0
    for loss in range(da.shape[2]):
        one = rnn_cell_backward(da[:, :, loss], caches[loss])
        calls += loss + 1
        grads["dx"][:, :, loss] += one["dxt"]
        for key in ("dWax", "dWaa", "dba"):
            grads[key] += one[key]
        if loss == 0:
            grads["da0"] = one["da_prev"]
    return grads, calls


@mutant(None, of="rnn_backward_tree", reason="a miscount of the calls; the gradients are right")
def tree_counts_traversals(da, caches):
    caches, x = caches
    grads, calls = empty_gradients(da, x), 0
    for loss in range(da.shape[2]):
        calls += 1
        da_t = da[:, :, loss]
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da_t, caches[t])
            grads["dx"][:, :, t] += one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
            da_t = one["da_prev"]
        grads["da0"] += da_t
    return grads, calls


@mutant("dx-accumulated", of="rnn_backward_tree")
def tree_overwrites_dx(da, caches):
    caches, x = caches
    grads, calls = empty_gradients(da, x), 0
    for loss in range(da.shape[2]):
        da_t = da[:, :, loss]
        for t in range(loss, -1, -1):
            one = rnn_cell_backward(da_t, caches[t])
            calls += 1
            grads["dx"][:, :, t] = one["dxt"]
            for key in ("dWax", "dWaa", "dba"):
                grads[key] += one[key]
            da_t = one["da_prev"]
        grads["da0"] += da_t
    return grads, calls
