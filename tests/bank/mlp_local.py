"""Unit 04, slips in local derivatives: ReLU, sigmoid, and which of the two is taken."""

import numpy as np

from .mlp import linear_backward, relu_backward, sigmoid, sigmoid_backward
from .registry import mutants_of

mutant = mutants_of("mlp")


@mutant("missing-activation-derivative", of="relu_backward")
def relu_passes_everything(dA, Z):
    return np.array(dA, copy=True)


@mutant("relu-drops-upstream", of="relu_backward")
def relu_returns_the_mask(dA, Z):
    dZ = (Z > 0) * 1.0
    return dZ


@mutant("relu-mask-on-gradient", of="relu_backward")
def relu_masks_by_the_gradient(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[dA <= 0] = 0
    return dZ


@mutant("relu-value-as-derivative", of="relu_backward")
def relu_times_its_value(dA, Z):
    return dA * np.maximum(0, Z)


@mutant("wrong-activation-derivative", of="relu_backward")
def relu_with_the_slope_of_sigmoid(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * s * (1 - s)


@mutant(None, of="relu_backward", reason="the mask is inverted; the catalogue has no such entry")
def relu_mask_inverted(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z > 0] = 0
    return dZ


@mutant(None, of="relu_backward", reason="|Z| is differentiated, not ReLU: no entry")
def relu_by_sign(dA, Z):
    return dA * np.sign(Z)


@mutant(None, of="relu_backward", reason="a leaky slope that the forward pass has not: no entry")
def relu_leaks(dA, Z):
    return np.where(Z > 0, dA, 0.01 * dA)


@mutant("relu-mask-a-vs-z", of="relu_backward")
def relu_open_at_zero(dA, Z):
    return dA * (Z >= 0)


@mutant("relu-mask-a-vs-z", of="relu_backward")
def relu_half_open_at_zero(dA, Z):
    return np.heaviside(Z, 0.5) * dA


@mutant("missing-activation-derivative", of="sigmoid_backward")
def sigmoid_passes_everything(dA, Z):
    return 1 * dA


@mutant("activation-value-as-derivative", of="sigmoid_backward")
def sigmoid_times_its_value(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * s


@mutant("derivative-unsquared", of="sigmoid_backward")
def sigmoid_one_minus_s(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * (1 - s)


@mutant("inverse-derivative", of="sigmoid_backward")
def sigmoid_divides(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA / (s * (1 - s))


@mutant("one-minus-z-squared", of="sigmoid_backward")
def sigmoid_Z_in_the_form_for_A(dA, Z):
    return dA * Z * (1 - Z)


@mutant("derivative-at-wrong-argument", of="sigmoid_backward")
def sigmoid_of_sigmoid(dA, Z):
    A = sigmoid(Z)
    s = sigmoid(A)
    return dA * s * (1 - s)


@mutant("z-times-derivative", of="sigmoid_backward")
def sigmoid_Z_times_the_bracket(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * Z * s * (1 - s)


@mutant("wrong-activation-derivative", of="sigmoid_backward")
def sigmoid_with_the_slope_of_tanh(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * (1 - s**2)


@mutant("relu-drops-upstream", of="sigmoid_backward")
def sigmoid_returns_its_slope(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return s * (1 - s)


@mutant("sign-flip", of="sigmoid_backward")
def sigmoid_slope_negative(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * s * (s - 1)


@mutant(None, of="sigmoid_backward", reason="e^-z/(1+e^-z) without the square: no entry of its own")
def sigmoid_quotient_rule_unsquared(dA, Z):
    return dA * np.exp(-Z) / (1 + np.exp(-Z)) ** 3


@mutant("wrong-activation-derivative", of="linear_activation_backward")
def branches_swapped(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        dZ = relu_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)


@mutant("wrong-activation-derivative", of="linear_activation_backward")
def relu_whatever_is_asked(dA, cache, activation):
    linear_cache, activation_cache = cache
    dZ = relu_backward(dA, activation_cache)
    return linear_backward(dZ, linear_cache)


@mutant("missing-activation-derivative", of="linear_activation_backward")
def activation_skipped(dA, cache, activation):
    linear_cache, activation_cache = cache
    dZ = dA
    return linear_backward(dZ, linear_cache)


@mutant("missing-activation-derivative", of="linear_activation_backward")
def activation_skipped_for_sigmoid(dA, cache, activation):
    linear_cache, Z = cache
    dZ = relu_backward(dA, Z) if activation == "relu" else dA
    return linear_backward(dZ, linear_cache)


@mutant("output-derivative-twice", of="linear_activation_backward")
def activation_differentiated_twice(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = sigmoid_backward(sigmoid_backward(dA, Z), Z)
    return linear_backward(dZ, linear_cache)


@mutant("wrong-cache-part", of="linear_activation_backward")
def Z_taken_from_the_linear_cache(dA, cache, activation):
    linear_cache, activation_cache = cache
    Z = linear_cache[0]
    dZ = relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@mutant("elementwise-vs-matmul", of="linear_activation_backward")
def everything_by_multiply(dA, cache, activation):
    (A_prev, W, b), Z = cache
    m = A_prev.shape[1]
    dZ = relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)
    return W.T * dZ, dZ * A_prev / m, np.sum(dZ, axis=1, keepdims=True) / m


@mutant("derivative-at-wrong-argument", of="linear_activation_forward")
def caches_A_for_Z(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    A = 1 / (1 + np.exp(-Z)) if activation == "sigmoid" else np.maximum(0, Z)
    cache = ((A_prev, W, b), A)
    return A, cache
