"""Unit 04, slips of shape: transposes, axes, broadcasts, `*` for `·` and `·` for `*`."""

import numpy as np

from .registry import mutants_of

mutant = mutants_of("mlp")


@mutant("missing-w-transpose", of="linear_backward")
def W_not_transposed(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W, dZ)
    return dA_prev, dW, db


@mutant("dw-transposed", of="linear_backward")
def dW_is_A_times_dZ_T(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(A_prev, dZ.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("elementwise-vs-matmul", of="linear_backward")
def dW_by_multiply(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.multiply(dZ, A_prev) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("elementwise-vs-matmul", of="linear_backward")
def dA_by_multiply(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.multiply(W.T, dZ)
    return dA_prev, dW, db


@mutant("row-vs-column-layout", of="linear_backward")
def formulas_for_rows(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[0]
    dW = np.dot(A_prev.T, dZ) / m
    db = np.sum(dZ, axis=0, keepdims=True) / m
    dA_prev = np.dot(dZ, W.T)
    return dA_prev, dW, db


@mutant("db-no-keepdims", of="linear_backward")
def db_without_keepdims(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("db-wrong-axis", of="linear_backward")
def db_over_axis_0(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=0, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("db-no-sum", of="linear_backward")
def db_is_dZ(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = dZ
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("db-no-sum", of="linear_backward")
def db_is_dZ_over_m(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = 1 / m * dZ
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("db-sum-all", of="linear_backward")
def db_is_one_number(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("db-sum-all", of="linear_backward")
def db_is_one_number_in_every_row(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.full(b.shape, np.sum(dZ) / m)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("db-from-dw-rowsum", of="linear_backward")
def db_from_dW(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dW, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("db-forgotten", of="linear_backward")
def db_left_zero(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.zeros_like(b)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("dba-broadcast-square", of="linear_backward")
def db_broadcast_to_a_square(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.zeros((W.shape[0], 1))
    db = db + np.sum(dZ, axis=1) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant(
    None, of="linear_backward", reason="db lies as a row: no entry for a transposed bias gradient"
)
def db_reshaped_to_a_row(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1).reshape(1, -1) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


@mutant("matmul-not-elementwise", of="sigmoid_backward")
def dot_with_the_derivative(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return np.dot(dA, s * (1 - s))


@mutant("matmul-not-elementwise", of="sigmoid_backward")
def dot_with_the_derivative_transposed(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return np.dot(dA, (s * (1 - s)).T)


@mutant("matmul-not-elementwise", of="relu_backward")
def dot_with_the_mask(dA, Z):
    return np.dot(dA, (Z > 0).T)


@mutant("matmul-not-elementwise", of="compute_cost")
def dot_over_the_wrong_axis(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(np.dot(Y.T, np.log(AL)) + np.dot((1 - Y).T, np.log(1 - AL)))
    return float(cost)


@mutant(None, of="linear_forward", reason="a forward slip; the catalogue's transposes are backward")
def forward_with_W_transposed(A, W, b):
    Z = np.dot(W.T, A) + b
    return Z, (A, W, b)


@mutant("elementwise-vs-matmul", of="linear_forward")
def forward_by_multiply(A, W, b):
    Z = W * A + b
    return Z, (A, W, b)


@mutant("row-vs-column-layout", of="initialize_parameters_deep")
def W_is_inputs_by_outputs(layer_dims, seed=1):
    rng = np.random.default_rng(seed)
    parameters = {}
    for l in range(1, len(layer_dims)):
        W = rng.standard_normal((layer_dims[l - 1], layer_dims[l]))
        parameters["W" + str(l)] = W * np.sqrt(2 / layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters
