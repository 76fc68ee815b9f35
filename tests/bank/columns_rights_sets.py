"""Unit 04, right answers in unusual form: whole notebooks with a cache layout of their own."""

from typing import Any, NamedTuple

import numpy as np

from .columns import linear_backward, linear_forward, relu_backward, sigmoid_backward
from .registry import rights_of

right = rights_of("columns")


class Layer(NamedTuple):
    A_prev: Any
    W: Any
    b: Any
    Z: Any


class Box:
    """A cache as an object with attributes."""


@right()
class caches_are_dicts:
    def linear_forward(A, W, b):
        return W @ A + b, {"A": A, "W": W}

    def linear_activation_forward(A_prev, W, b, activation):
        Z, cache = linear_forward(A_prev, W, b)
        A = np.maximum(Z, 0) if activation == "relu" else 1 / (1 + np.exp(-Z))
        return A, {**cache, "Z": Z}

    def linear_backward(dZ, cache):
        m = dZ.shape[1]
        db = dZ.sum(axis=1, keepdims=True) / m
        return cache["W"].T @ dZ, dZ @ cache["A"].T / m, db

    def linear_activation_backward(dA, cache, activation):
        back = relu_backward if activation == "relu" else sigmoid_backward
        return linear_backward(back(dA, cache["Z"]), cache)

    def L_model_backward(AL, Y, caches):
        grads = {}
        dZ = AL - Y
        for l, cache in reversed(list(enumerate(caches, 1))):
            if l < len(caches):
                dZ = relu_backward(grads[f"dA{l}"], cache["Z"])
            grads[f"dZ{l}"] = dZ
            grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = linear_backward(dZ, cache)
        return grads

    def L_model_backward_J(AL, Y, caches):
        grads = {}
        dZ = (AL - Y) / AL.shape[1]
        for l, cache in reversed(list(enumerate(caches, 1))):
            if l < len(caches):
                dZ = relu_backward(grads[f"dA{l}"], cache["Z"])
            grads[f"dZ{l}"], grads[f"dA{l - 1}"] = dZ, cache["W"].T @ dZ
            grads[f"dW{l}"], grads[f"db{l}"] = dZ @ cache["A"].T, dZ.sum(1, keepdims=True)
        return grads


@right()
class caches_are_namedtuples_with_A_in_place_of_Z:
    """Both slopes are rewritten with A, which is as right as with Z."""

    Layer = Layer  # a name of the notebook, as the functions are

    def linear_activation_forward(A_prev, W, b, activation):
        Z = W @ A_prev + b
        A = np.maximum(Z, 0) if activation == "relu" else 1 / (1 + np.exp(-Z))
        return A, Layer(A_prev, W, b, A)

    def linear_activation_backward(dA, cache, activation):
        A = cache.Z
        dZ = dA * (A > 0) if activation == "relu" else dA * A * (1 - A)
        return linear_backward(dZ, cache[:3])

    def L_model_backward(AL, Y, caches):
        grads = {}
        dZ = AL - Y
        for l in range(len(caches), 0, -1):
            grads[f"dZ{l}"] = dZ
            dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_backward(dZ, caches[l - 1][:3])
            grads[f"dA{l - 1}"] = dA
            dZ = dA * (caches[l - 2].Z > 0)
        return grads

    def L_model_backward_J(AL, Y, caches):
        grads = {}
        dZ = (AL - Y) / AL.shape[1]
        for l in range(len(caches), 0, -1):
            cache = caches[l - 1]
            grads[f"dZ{l}"], grads[f"dW{l}"] = dZ, dZ @ cache.A_prev.T
            grads[f"db{l}"] = dZ.sum(axis=1, keepdims=True)
            grads[f"dA{l - 1}"] = cache.W.T @ dZ
            dZ = grads[f"dA{l - 1}"] * (caches[l - 2].Z > 0)
        return grads


@right()
class caches_are_objects_that_keep_W_T:
    Box = Box

    def linear_forward(A, W, b):
        cache = Box()
        cache.WT, cache.AT = W.T.copy(), A.T.copy()
        return W @ A + b, cache

    def linear_activation_forward(A_prev, W, b, activation):
        Z, cache = linear_forward(A_prev, W, b)
        cache.slope = (Z > 0) * 1.0
        A = Z * cache.slope
        if activation == "sigmoid":
            A = 1 / (1 + np.exp(-Z))
            cache.slope = A * (1 - A)
        return A, cache

    def linear_backward(dZ, cache):
        m = len(cache.AT)
        return cache.WT @ dZ, dZ @ cache.AT / m, np.mean(dZ, axis=1, keepdims=True)

    def linear_activation_backward(dA, cache, activation):
        return linear_backward(dA * cache.slope, cache)

    def L_model_backward(AL, Y, caches):
        grads = {}
        dZ = AL - Y
        for l in range(len(caches), 0, -1):
            grads[f"dZ{l}"] = dZ
            dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_backward(dZ, caches[l - 1])
            grads[f"dA{l - 1}"] = dA
            dZ = dA * caches[l - 2].slope
        return grads

    def L_model_backward_J(AL, Y, caches):
        grads = {}
        m = AL.size
        dZ = AL - Y
        for l in range(len(caches), 0, -1):
            grads[f"dZ{l}"] = dZ / m
            dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_backward(dZ, caches[l - 1])
            grads[f"dA{l - 1}"] = dA / m
            dZ = dA * caches[l - 2].slope
        return grads


@right()
class caches_are_one_flat_list:
    """The list of caches holds A, W, Z of each layer one after the other."""

    def L_model_forward(X, parameters):
        flat, A = [], X
        L = len(parameters) // 2
        for l in range(1, L + 1):
            Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
            flat += [A, parameters[f"W{l}"], Z]
            A = np.maximum(Z, 0) if l < L else 1 / (1 + np.exp(-Z))
        return A, flat

    def L_model_backward(AL, Y, caches):
        grads = {}
        dZ, m = AL - Y, Y.shape[1]
        for l in range(len(caches) // 3, 0, -1):
            A_prev, W, _ = caches[3 * l - 3 : 3 * l]
            grads[f"dZ{l}"], grads[f"dA{l - 1}"] = dZ, W.T @ dZ
            grads[f"dW{l}"], grads[f"db{l}"] = dZ @ A_prev.T / m, dZ.mean(1, keepdims=True)
            dZ = grads[f"dA{l - 1}"] * (A_prev > 0)
        return grads

    def L_model_backward_J(AL, Y, caches):
        grads = {}
        dZ = (AL - Y) / Y.shape[1]
        for l in range(len(caches) // 3, 0, -1):
            A_prev, W, _ = caches[3 * l - 3 : 3 * l]
            grads[f"dZ{l}"], grads[f"dA{l - 1}"] = dZ, W.T @ dZ
            grads[f"dW{l}"], grads[f"db{l}"] = dZ @ A_prev.T, dZ.sum(1, keepdims=True)
            dZ = grads[f"dA{l - 1}"] * (A_prev > 0)
        return grads


@right("linear_activation_forward")
def relu_in_the_array_of_Z(A_prev, W, b, activation):
    """The cached Z becomes A, which has the same mask; nobody else holds this array."""
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        return np.maximum(Z, 0, out=Z), (linear_cache, Z)
    return 1 / (1 + np.exp(-Z)), (linear_cache, Z)


@right("initialize_parameters_deep")
def by_the_old_random_state(layer_dims, seed=1):
    random = np.random.RandomState(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        W = random.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1] / 2)
        parameters[f"W{l}"], parameters[f"b{l}"] = W, np.zeros((layer_dims[l], 1))
    return parameters


@right("compute_cost")
def by_dot_products(AL, Y):
    m = Y.shape[1]
    cost = (-np.dot(Y, np.log(AL).T) - np.dot(1 - Y, np.log(1 - AL).T)) / m
    return float(np.squeeze(cost))


@right("compute_cost")
def by_logaddexp(AL, Y):
    Z = np.log(AL) - np.log1p(-AL)
    return float(np.mean(np.logaddexp(0, Z) - Y * Z))


@right("update_parameters")
def in_place_on_a_deep_copy(parameters, grads, learning_rate):
    new = {key: value.copy() for key, value in parameters.items()}
    for key in new:
        new[key] -= learning_rate * grads["d" + key]
    return new
