"""Unit 07, slips in one cell: tanh's derivative, transposes, the bias."""

import numpy as np

from .registry import mutants_of

mutant = mutants_of("rnn")


@mutant("missing-activation-derivative", of="rnn_cell_backward")
def tanh_passes_everything(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = da_next
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("derivative-unsquared", of="rnn_cell_backward")
def one_minus_a(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = (1 - a_next) * da_next
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("tanh-applied-twice", of="rnn_cell_backward", also=("derivative-at-wrong-argument",))
def tanh_of_a_next(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = (1 - np.tanh(a_next) ** 2) * da_next
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("tanh-prime-of-a-prev", of="rnn_cell_backward")
def slope_from_a_prev(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = (1 - a_prev**2) * da_next
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("activation-value-as-derivative", of="rnn_cell_backward")
def tanh_times_its_value(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = a_next * da_next
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("inverse-derivative", of="rnn_cell_backward")
def divides_by_the_slope(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = da_next / (1 - a_next**2)
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("wrong-activation-derivative", of="rnn_cell_backward")
def slope_of_sigmoid(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = a_next * (1 - a_next) * da_next
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("wrong-activation-derivative", of="rnn_cell_backward")
def slope_of_relu(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = (a_next > 0) * da_next
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("one-minus-z-squared", of="rnn_cell_backward")
def one_minus_z_squared(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    Wax, Waa, ba = parameters["Wax"], parameters["Waa"], parameters["ba"]
    z = np.dot(Waa, a_prev) + np.dot(Wax, xt) + ba
    dz = (1 - z**2) * da_next
    return {
        "dxt": np.dot(Wax.T, dz),
        "da_prev": np.dot(Waa.T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("z-times-derivative", of="rnn_cell_backward")
def z_times_the_bracket(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    z = np.arctanh(a_next)
    dz = z * (1 - a_next**2) * da_next
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("sign-flip", of="rnn_cell_backward")
def slope_negative(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = (a_next**2 - 1) * da_next
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("relu-drops-upstream", of="rnn_cell_backward")
def upstream_dropped(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = 1 - a_next**2
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("matmul-not-elementwise", of="rnn_cell_backward")
def dot_with_the_slope(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = np.dot(1 - a_next**2, da_next)
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("matmul-not-elementwise", of="rnn_cell_backward")
def one_minus_a_T_dot_a(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    dz = np.dot(da_next, 1 - np.dot(a_next.T, a_next))
    return {
        "dxt": np.dot(parameters["Wax"].T, dz),
        "da_prev": np.dot(parameters["Waa"].T, dz),
        "dWax": np.dot(dz, xt.T),
        "dWaa": np.dot(dz, a_prev.T),
        "dba": np.sum(dz, axis=1, keepdims=True),
    }


@mutant("da-mutated-in-place", of="rnn_cell_backward")
def da_next_scaled_in_place(da_next, cache):
    a_next, a_prev, xt, parameters = cache
    da_next *= 1 - a_next**2
    return {
        "dxt": np.dot(parameters["Wax"].T, da_next),
        "da_prev": np.dot(parameters["Waa"].T, da_next),
        "dWax": np.dot(da_next, xt.T),
        "dWaa": np.dot(da_next, a_prev.T),
        "dba": np.sum(da_next, axis=1, keepdims=True),
    }
