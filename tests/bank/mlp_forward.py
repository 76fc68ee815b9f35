"""Unit 04, slips in initialisation, forward pass and cost."""

import numpy as np

from .mlp import linear_activation_forward, linear_forward, sigmoid
from .registry import mutants_of

mutant = mutants_of("mlp")
FORWARD = "a slip of the forward pass or of the cost's value; the catalogue is of gradients"
INIT = "a slip of the initialisation that the catalogue has not"


@mutant("zero-init-symmetry", of="initialize_parameters_deep")
def W_of_zeros(layer_dims, seed=1):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.zeros((layer_dims[l], layer_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@mutant(None, of="initialize_parameters_deep", reason=INIT)
def scaled_by_the_wrong_width(layer_dims, seed=1):
    rng = np.random.default_rng(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        W = rng.standard_normal((layer_dims[l], layer_dims[l - 1]))
        parameters["W" + str(l)] = W * np.sqrt(2 / layer_dims[l])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@mutant(None, of="initialize_parameters_deep", reason=INIT)
def one_hundredth(layer_dims, seed=1):
    rng = np.random.default_rng(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = rng.standard_normal((layer_dims[l], layer_dims[l - 1])) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@mutant(None, of="initialize_parameters_deep", reason=INIT)
def uniform_for_normal(layer_dims, seed=1):
    rng = np.random.default_rng(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        n, n_prev = layer_dims[l], layer_dims[l - 1]
        parameters["W" + str(l)] = rng.random((n, n_prev)) * np.sqrt(2 / n_prev)
        parameters["b" + str(l)] = np.zeros((n, 1))
    return parameters


@mutant(None, of="initialize_parameters_deep", reason=INIT)
def random_biases(layer_dims, seed=1):
    rng = np.random.default_rng(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        n, n_prev = layer_dims[l], layer_dims[l - 1]
        parameters["W" + str(l)] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        parameters["b" + str(l)] = rng.standard_normal((n, 1))
    return parameters


@mutant(None, of="initialize_parameters_deep", reason=INIT)
def flat_biases(layer_dims, seed=1):
    rng = np.random.default_rng(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        n, n_prev = layer_dims[l], layer_dims[l - 1]
        parameters["W" + str(l)] = rng.standard_normal((n, n_prev)) * np.sqrt(2 / n_prev)
        parameters["b" + str(l)] = np.zeros(n)
    return parameters


@mutant(None, of="linear_forward", reason=FORWARD)
def bias_forgotten(A, W, b):
    Z = np.dot(W, A)
    return Z, (A, W, b)


@mutant(None, of="linear_forward", reason=FORWARD)
def bias_as_a_row(A, W, b):
    Z = np.dot(W, A) + b.T
    return Z, (A, W, b)


@mutant("wrong-activation-derivative", of="linear_activation_forward")
def sigmoid_whatever_is_asked(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    return sigmoid(Z), (linear_cache, Z)


@mutant(None, of="linear_activation_forward", reason=FORWARD)
def sigmoid_without_the_minus(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = np.maximum(0, Z) if activation == "relu" else 1 / (1 + np.exp(Z))
    return A, (linear_cache, Z)


@mutant(None, of="linear_activation_forward", reason=FORWARD)
def forward_leaks(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = np.maximum(0.01 * Z, Z) if activation == "relu" else sigmoid(Z)
    return A, (linear_cache, Z)


@mutant(
    "cache-view-aliasing", of="linear_activation_forward", also=("derivative-at-wrong-argument",)
)
def sigmoid_computed_in_the_cached_array(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        return np.maximum(0, Z), (linear_cache, Z)
    A = np.exp(-Z, out=Z)
    A += 1
    np.divide(1, A, out=A)
    return A, (linear_cache, Z)


@mutant(None, of="L_model_forward", reason=FORWARD)
def X_into_every_layer(X, parameters):
    caches = []
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(X, W, b, "relu")
        caches.append(cache)
    W, b = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A if L > 1 else X, W, b, "sigmoid")
    caches.append(cache)
    return AL, caches


@mutant(None, of="L_model_forward", reason=FORWARD)
def last_hidden_layer_sigmoid(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu" if l < L - 1 else "sigmoid")
        caches.append(cache)
    return A, caches


@mutant(None, of="L_model_forward", reason=FORWARD)
def relu_at_the_output(X, parameters):
    caches = []
    A = X
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A, W, b, "relu")
        caches.append(cache)
    return A, caches


@mutant("cache-view-aliasing", of="L_model_forward")
def one_buffer_for_all_activations(X, parameters):
    caches = []
    L = len(parameters) // 2
    widest = max(parameters["b" + str(l)].shape[0] for l in range(1, L + 1))
    buffer = np.zeros((widest, X.shape[1]))
    A = X
    for l in range(1, L + 1):
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        out, cache = linear_activation_forward(A, W, b, "relu" if l < L else "sigmoid")
        A = buffer[: len(out)]
        A[:] = out
        caches.append(cache)
    return A, caches


@mutant(None, of="compute_cost", reason=FORWARD)
def cost_without_its_minus(AL, Y):
    m = Y.shape[1]
    return float(1 / m * np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))


@mutant(None, of="compute_cost", reason=FORWARD)
def cost_of_the_first_term(AL, Y):
    m = Y.shape[1]
    return float(-1 / m * np.sum(Y * np.log(AL)))


@mutant(None, of="compute_cost", reason=FORWARD)
def cost_with_minus_inside(AL, Y):
    m = Y.shape[1]
    return float(-1 / m * np.sum(Y * np.log(AL) - (1 - Y) * np.log(1 - AL)))


@mutant(None, of="compute_cost", reason=FORWARD)
def cost_with_log10(AL, Y):
    m = Y.shape[1]
    return float(-1 / m * np.sum(Y * np.log10(AL) + (1 - Y) * np.log10(1 - AL)))


@mutant(None, of="compute_cost", reason=FORWARD)
def squared_error(AL, Y):
    return float(np.mean((AL - Y) ** 2))
