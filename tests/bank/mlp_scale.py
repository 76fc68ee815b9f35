"""Unit 04, slips of scale: the single 1/m is missing, paid twice, or paid in the wrong place."""

import numpy as np

from .mlp import (
    L_model_backward,
    linear_activation_backward,
    linear_backward,
    relu_backward,
    sigmoid_backward,
)
from .registry import mutants_of

mutant = mutants_of("mlp")


@mutant("missing-one-over-m", of="linear_backward")
def nothing_averaged(dZ, cache):
    A_prev, W, b = cache
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("missing-one-over-m", of="linear_backward")
def dW_not_averaged(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T)
    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("db-not-averaged", of="linear_backward")
def db_not_averaged(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("db-mean-and-one-over-m", of="linear_backward")
def db_mean_and_one_over_m(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = 1 / m * np.dot(dZ, A_prev.T)
    db = 1 / m * np.mean(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("one-over-m-twice", of="linear_backward")
def dW_and_db_averaged_twice(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dZ_mean = dZ / m
    dW = np.dot(dZ_mean, A_prev.T) / m
    db = np.mean(dZ_mean, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("one-over-m-per-layer", of="linear_backward")
def dA_divided_by_m(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ) / m
    return dA_prev, dW, db


@mutant("one-over-m-per-layer", of="linear_backward")
def dZ_divided_on_entry(dZ, cache):
    A_prev, W, b = cache
    dZ = dZ / dZ.shape[1]
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("wrong-m", of="linear_backward")
def m_from_rows_of_A(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[0]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("wrong-m", of="linear_backward")
def m_from_rows_of_W(dZ, cache):
    A_prev, W, b = cache
    m = W.shape[0]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("wrong-m", of="linear_backward")
def m_counts_all_entries(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.size
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("one-over-m-twice", of="L_model_backward")
def dAL_divided_by_m(AL, Y, caches):
    grads = {}
    L = len(caches)
    m = AL.shape[1]
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)) / m
    grads["dZ" + str(L)] = sigmoid_backward(dA, caches[L - 1][1])
    dA, dW, db = linear_activation_backward(dA, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
    for l in reversed(range(1, L)):
        grads["dZ" + str(l)] = relu_backward(dA, caches[l - 1][1])
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@mutant("j-vs-l-one-over-m-placement", of="L_model_backward")
def everything_of_J(AL, Y, caches):
    grads = {}
    L = len(caches)
    dZ = (AL - Y) / Y.shape[1]
    for l in reversed(range(1, L + 1)):
        (A_prev, W, b), Z = caches[l - 1]
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = np.dot(dZ, A_prev.T)
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True)
        grads["dA" + str(l - 1)] = np.dot(W.T, dZ)
        if l > 1:
            dZ = relu_backward(grads["dA" + str(l - 1)], caches[l - 2][1])
    return grads


@mutant("one-over-m-per-layer", of="L_model_backward")
def hidden_dZ_divided_by_m(AL, Y, caches):
    grads = {}
    L = len(caches)
    m = Y.shape[1]
    dZ = AL - Y
    for l in reversed(range(1, L + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = 1 / m * relu_backward(dA, caches[l - 2][1])
    return grads


@mutant("missing-one-over-m", of="L_model_backward")
def no_one_over_m_anywhere(AL, Y, caches):
    grads = {}
    L = len(caches)
    dZ = AL - Y
    for l in reversed(range(1, L + 1)):
        (A_prev, W, b), Z = caches[l - 1]
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = dZ @ A_prev.T
        grads["db" + str(l)] = dZ.sum(axis=1, keepdims=True)
        grads["dA" + str(l - 1)] = W.T @ dZ
        if l > 1:
            dZ = relu_backward(grads["dA" + str(l - 1)], caches[l - 2][1])
    return grads


@mutant("one-over-m-twice", of="L_model_backward")
def J_at_the_output_and_again_in_dW(AL, Y, caches):
    grads = {}
    L = len(caches)
    m = Y.shape[1]
    dZ = (AL - Y) / m
    for l in reversed(range(1, L + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        dZ = relu_backward(dA, caches[l - 2][1]) if l > 1 else None
    return grads


@mutant("j-vs-l-one-over-m-placement", of="L_model_backward_J")
def L_convention_handed_on(AL, Y, caches):
    return L_model_backward(AL, Y, caches)
