"""Unit 07, slips on the way from the labels to da, dWya and dby: the loss."""

import numpy as np

from .registry import mutants_of

mutant = mutants_of("rnn")


@mutant("missing-one-over-m", of="output_backward")
def not_averaged(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = y_pred[:, :, t] - y[:, :, t]
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("one-over-m-twice", of="output_backward")
def averaged_twice(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T) / m
        dby += np.mean(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy) / m
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("wrong-m", of="output_backward")
def m_from_the_first_axis(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    m = y.shape[0]
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("divide-by-T", of="output_backward")
def averaged_over_time_too(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / (m * T_x)
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("sign-flip", of="output_backward")
def y_minus_y_pred(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y[:, :, t] - y_pred[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("softmax-jacobian-twice", of="output_backward")
def softmax_jacobian_on_the_residual(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        p = y_pred[:, :, t]
        dy = p * (dy - np.sum(p * dy, axis=0, keepdims=True))
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("softmax-diagonal-only", of="output_backward")
def diagonal_of_softmax_only(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = -y[:, :, t] / y_pred[:, :, t] / m
        dy = dy * y_pred[:, :, t] * (1 - y_pred[:, :, t])
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("missing-activation-derivative", of="output_backward")
def dp_taken_for_dz(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = -y[:, :, t] / y_pred[:, :, t] / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("loss-derivative-wrong", of="output_backward")
def residual_times_two(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = 2 * (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("inplace-p-minus-y", of="output_backward")
def y_pred_becomes_the_residual(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = y_pred[:, :, t]
        dy -= y[:, :, t]
        dy /= m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("output-grads-last-step", of="output_backward")
def last_step_gives_dWya_and_dby(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        da[:, :, t] = np.dot(Wya.T, dy)
    dWya = np.dot(dy, a[:, :, -1].T)
    dby = np.sum(dy, axis=1, keepdims=True)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("bptt-last-loss-only", of="output_backward")
def loss_at_the_last_step_only(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in [T_x - 1]:
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
        da[:, :, t] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}


@mutant("bptt-last-loss-only", of="output_backward")
def da_of_the_last_step_only(y_pred, y, a, parameters):
    Wya = parameters["Wya"]
    n_y, m, T_x = y.shape
    da, dWya, dby = np.zeros(a.shape), np.zeros(Wya.shape), np.zeros((n_y, 1))
    for t in range(T_x):
        dy = (y_pred[:, :, t] - y[:, :, t]) / m
        dWya += np.dot(dy, a[:, :, t].T)
        dby += np.sum(dy, axis=1, keepdims=True)
    da[:, :, -1] = np.dot(Wya.T, dy)
    return {"da": da, "dWya": dWya, "dby": dby}
