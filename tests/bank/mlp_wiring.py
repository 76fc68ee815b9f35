"""Unit 04, slips of wiring: the right formula with the wrong layer's array."""

import numpy as np

from .mlp import (
    linear_activation_backward,
    linear_activation_forward,
    linear_backward,
    relu_backward,
    sigmoid_backward,
)
from .registry import mutants_of

mutant = mutants_of("mlp")


@mutant("dw-instead-of-w", of="linear_backward")
def signal_through_dW(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(dW.T, dZ)
    return dA_prev, dW, db


@mutant("input-grad-counted-twice", of="linear_backward")
def dA_added_in_two_loops(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros(b.shape)
    for i in range(m):
        dA_prev[:, [i]] += np.dot(W.T, dZ[:, [i]])
        dW += np.dot(dZ[:, [i]], A_prev[:, [i]].T) / m
    for i in range(m):
        dA_prev[:, [i]] += np.dot(W.T, dZ[:, [i]])
        db += dZ[:, [i]] / m
    return dA_prev, dW, db


@mutant("reuse-output-dz", of="L_model_backward")
def A_minus_Y_in_every_layer(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        if l < len(caches):
            dZ = relu_backward(np.tile(AL - Y, (len(caches[l - 1][1]), 1)), caches[l - 1][1])
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@mutant("wrong-layer-index", of="L_model_backward")
def W_of_the_layer_itself(AL, Y, caches):
    grads = {}
    m = Y.shape[1]
    dZ = AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), Z = caches[l - 1]
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = dZ @ A_prev.T / m
        grads["db" + str(l)] = dZ.sum(axis=1, keepdims=True) / m
        if l > 1:
            W, Z = caches[l - 2][0][1], caches[l - 2][1]
        grads["dA" + str(l - 1)] = W.T @ dZ
        dZ = grads["dA" + str(l - 1)] * (Z > 0) if l > 1 else None
    return grads


@mutant("wrong-layer-index", of="L_model_backward")
def mask_of_the_layer_before(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = relu_backward(dA, caches[max(l - 3, 0)][1])
    return grads


@mutant("caches-off-by-one", of="L_model_backward")
def cache_of_the_layer_before(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    grads["dZ" + str(L)] = sigmoid_backward(dA, caches[L - 1][1])
    dA, dW, db = linear_activation_backward(dA, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
    for l in reversed(range(L - 1)):
        grads["dZ" + str(l + 1)] = relu_backward(dA, caches[l - 1][1])
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads["dA" + str(l)], grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = dA, dW, db
    return grads


@mutant("dw-uses-own-activation", of="L_model_backward")
def dW_with_the_activation_of_its_own_layer(AL, Y, caches):
    grads = {}
    m = Y.shape[1]
    A, dZ = AL, AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), Z = caches[l - 1]
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = np.dot(dZ, A.T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        grads["dA" + str(l - 1)] = np.dot(W.T, dZ)
        if l > 1:
            dZ = relu_backward(grads["dA" + str(l - 1)], caches[l - 2][1])
        A = A_prev
    return grads


@mutant("dw-uses-z", of="L_model_backward")
def dW_with_Z_of_the_layer_before(AL, Y, caches):
    grads = {}
    m = Y.shape[1]
    dZ = AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), Z = caches[l - 1]
        Z_prev = caches[l - 2][1] if l > 1 else A_prev
        grads["dZ" + str(l)] = dZ
        grads["dW" + str(l)] = np.dot(dZ, Z_prev.T) / m
        grads["db" + str(l)] = np.sum(dZ, axis=1, keepdims=True) / m
        grads["dA" + str(l - 1)] = np.dot(W.T, dZ)
        if l > 1:
            dZ = relu_backward(grads["dA" + str(l - 1)], Z_prev)
    return grads


@mutant("missing-activation-derivative", of="L_model_backward")
def hidden_layers_without_relu(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        dZ = dA
    return grads


@mutant("wrong-activation-derivative", of="L_model_backward")
def sigmoid_in_every_layer(AL, Y, caches):
    grads = {}
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = sigmoid_backward(dA, caches[l - 1][1])
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid")
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@mutant(
    None,
    of="L_model_backward",
    reason="right arrays under keys one too high, as half of the solutions in the wild have them",
)
def dA_keys_one_too_high(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@mutant(None, of="L_model_backward", reason="a loop that stops early: keys are missing, no entry")
def first_layer_left_out(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    for l in range(len(caches), 1, -1):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@mutant("dw-uses-own-activation", of="linear_activation_forward")
def caches_A_for_A_prev(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    A = 1 / (1 + np.exp(-Z)) if activation == "sigmoid" else np.maximum(0, Z)
    return A, ((A, W, b), Z)


@mutant("alias-last-cache", of="L_model_forward")
def one_cache_L_times(X, parameters):
    L = len(parameters) // 2
    A = X
    for l in range(1, L + 1):
        activation = "relu" if l < L else "sigmoid"
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, activation)
    return A, [cache] * L
