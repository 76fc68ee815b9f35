"""Unit 04, slips at the output: from the cost to dAL and dZ^[L]."""

import numpy as np

from .mlp import linear_activation_backward, linear_backward, relu_backward, sigmoid_backward
from .registry import mutants_of

mutant = mutants_of("mlp")


@mutant("sign-flip", of="L_model_backward")
def Y_minus_AL(AL, Y, caches):
    grads = {}
    dZ = Y - AL
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@mutant("sign-flip", of="L_model_backward")
def dAL_without_its_minus(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = np.divide(Y, AL) - np.divide(1 - Y, 1 - AL)
    grads["dZ" + str(L)] = sigmoid_backward(dA, caches[L - 1][1])
    dA, dW, db = linear_activation_backward(dA, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
    for l in reversed(range(1, L)):
        grads["dZ" + str(l)] = relu_backward(dA, caches[l - 1][1])
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@mutant("dal-sign", of="L_model_backward")
def dAL_with_plus_inside(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(np.divide(Y, AL) + np.divide(1 - Y, 1 - AL))
    grads["dZ" + str(L)] = sigmoid_backward(dA, caches[L - 1][1])
    dA, dW, db = linear_activation_backward(dA, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
    for l in reversed(range(1, L)):
        grads["dZ" + str(l)] = relu_backward(dA, caches[l - 1][1])
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@mutant(
    None,
    of="L_model_backward",
    reason="the cost lost one of its two terms; the catalogue's wrong loss derivatives are factors",
)
def dAL_of_the_first_term(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -np.divide(Y, AL)
    grads["dZ" + str(L)] = sigmoid_backward(dA, caches[L - 1][1])
    dA, dW, db = linear_activation_backward(dA, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
    for l in reversed(range(1, L)):
        grads["dZ" + str(l)] = relu_backward(dA, caches[l - 1][1])
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@mutant("output-derivative-twice", of="L_model_backward", also=("loss-derivative-wrong",))
def residual_times_sigmoid_slope(AL, Y, caches):
    grads = {}
    dZ = (AL - Y) * AL * (1 - AL)
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@mutant("output-derivative-twice", of="L_model_backward", also=("loss-derivative-wrong",))
def residual_taken_for_dAL(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = AL - Y
    grads["dZ" + str(L)] = sigmoid_backward(dA, caches[L - 1][1])
    dA, dW, db = linear_activation_backward(dA, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
    for l in reversed(range(1, L)):
        grads["dZ" + str(l)] = relu_backward(dA, caches[l - 1][1])
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@mutant(
    "missing-activation-derivative",
    of="L_model_backward",
    also=("output-derivative-missing-mse",),
)
def dAL_taken_for_dZL(AL, Y, caches):
    grads = {}
    dZ = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@mutant("loss-derivative-wrong", of="L_model_backward")
def residual_times_two(AL, Y, caches):
    grads = {}
    dZ = 2 * (AL - Y)
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@mutant(
    None,
    of="L_model_backward",
    reason="the perceptron rule (a hard decision in place of AL): no entry",
)
def decision_minus_Y(AL, Y, caches):
    grads = {}
    dZ = (AL > 0.5) - Y
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@mutant("loss-derivative-wrong", of="L_model_backward_J")
def J_with_one_half(AL, Y, caches):
    grads = {}
    dZ = (AL - Y) / (2 * Y.shape[1])
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), _ = caches[l - 1]
        dA = W.T @ dZ
        grads["dZ" + str(l)], grads["dA" + str(l - 1)] = dZ, dA
        grads["dW" + str(l)] = dZ @ A_prev.T
        grads["db" + str(l)] = dZ.sum(axis=1, keepdims=True)
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@mutant("sign-flip", of="L_model_backward_J")
def J_with_Y_minus_AL(AL, Y, caches):
    grads = {}
    dZ = (Y - AL) / Y.shape[1]
    for l in reversed(range(1, len(caches) + 1)):
        (A_prev, W, b), _ = caches[l - 1]
        dA = W.T @ dZ
        grads["dZ" + str(l)], grads["dA" + str(l - 1)] = dZ, dA
        grads["dW" + str(l)] = dZ @ A_prev.T
        grads["db" + str(l)] = dZ.sum(axis=1, keepdims=True)
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads
