"""Unit 07, slips on the way from the labels to da, dWya and dby: weights and shapes."""

import numpy as np

from .registry import mutants_of
from .rnn import output_backward, rnn_backward, rnn_forward

mutant = mutants_of("rnn")
# The residuals of a softmax sum to 0 over the classes, so one sum for all of dby is dby = 0.


@mutant("bptt-overwrite-not-accumulate", of="output_backward", also=("output-grads-last-step",))
def dWya_overwritten(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya = np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant(
    None, of="output_backward", reason="a of the step before in dWya: in the catalogue for Waa only"
)
def a_of_the_step_before(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t - 1].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("db-no-keepdims", of="output_backward")
def dby_flat(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros(n_y)
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("dba-broadcast-square", of="output_backward")
def dby_square(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby = dby + np.sum(dy, axis=1)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("db-wrong-axis", of="output_backward")
def dby_over_axis_0(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((1, m))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=0, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("db-sum-all", of="output_backward", also=("db-forgotten",))
def dby_one_number(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy) * np.ones((n_y, 1))
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("db-from-dw-rowsum", of="output_backward")
def dby_from_dWya(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        da[:, :, t] = np.dot(Wya.T, dy)
    dby = np.sum(dWya, axis=1, keepdims=True)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("db-forgotten", of="output_backward", also=("db-sum-all",))
def dby_left_zero(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("db-mean-and-one-over-m", of="output_backward")
def dby_a_mean(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.mean(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("missing-w-transpose", of="output_backward")
def Wya_not_transposed(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("dw-transposed", of="output_backward")
def dWya_transposed(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.T.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(a[:, :, t], dy.T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant(
    None,
    of="output_backward",
    reason="the slope of tanh in da, although the cell pays it: no entry",
)
def da_with_tanh_prime(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy) * (1 - a[:, :, t] ** 2)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("dw-instead-of-w", of="output_backward")
def signal_through_dWya(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(np.dot(dy, a[:, :, t].T).T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("rnn-divide-by-m-again", of="rnn_full_backward", also=("one-over-m-twice",))
def da_averaged_once_more(x, y, a0, parameters):
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    out = output_backward(y_pred, y, a, parameters)
    grads = rnn_backward(out["da"] / y.shape[1], caches)
    return {**grads, "dWya": out["dWya"], "dby": out["dby"]}


@mutant("output-grads-last-step", of="rnn_full_backward")
def output_weights_of_the_last_step(x, y, a0, parameters):
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    grads = rnn_backward(output_backward(y_pred, y, a, parameters)["da"], caches)
    last = output_backward(y_pred[:, :, -1:], y[:, :, -1:], a[:, :, -1:], parameters)
    return {**grads, "dWya": last["dWya"], "dby": last["dby"]}


@mutant("bptt-last-loss-only", of="rnn_full_backward")
def only_the_last_da(x, y, a0, parameters):
    a, y_pred, caches = rnn_forward(x, a0, parameters)
    out = output_backward(y_pred, y, a, parameters)
    out["da"][:, :, :-1] = 0
    grads = rnn_backward(out["da"], caches)
    return {**grads, "dWya": out["dWya"], "dby": out["dby"]}
