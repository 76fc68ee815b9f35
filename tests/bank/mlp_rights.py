"""Unit 04, right answers in unusual form: one function each."""

import numpy as np

from .mlp import L_model_backward, convert, linear_backward, relu_backward, sigmoid_backward
from .registry import rights_of

right = rights_of("mlp")


@right("linear_backward")
def by_einsum(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = np.einsum("ik,jk->ij", dZ, A_prev) / m
    db = np.einsum("ik->i", dZ)[:, None] / m
    return np.einsum("ij,ik->jk", W, dZ), dW, db


@right("linear_backward")
def by_loops_over_examples_and_units(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros(b.shape)
    for k in range(m):
        for i in range(W.shape[0]):
            db[i, 0] += dZ[i, k] / m
            for j in range(W.shape[1]):
                dW[i, j] += dZ[i, k] * A_prev[j, k] / m
                dA_prev[j, k] += W[i, j] * dZ[i, k]
    return dA_prev, dW, db


@right("linear_backward")
def by_outer_products_backwards(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = sum(np.outer(dZ[:, k], A_prev[:, k]) for k in reversed(range(m))) / m
    db = sum(dZ[:, k] for k in reversed(range(m))).reshape(-1, 1) / m
    return (dZ.T @ W).T, dW, db


@right("linear_backward")
def by_transposing_the_product(dZ, cache):
    A_prev, W, _ = cache
    m = dZ.shape[1]
    dW = (A_prev @ dZ.T).T * (1 / m)
    db = np.dot(dZ, np.ones((m, 1))) * (1 / m)
    return np.matmul(np.transpose(W), dZ), dW, db


@right("linear_backward")
def by_the_stack_of_W_and_b(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    stack = np.hstack([W, b])
    inputs = np.vstack([A_prev, np.ones((1, m))])
    both = dZ @ inputs.T / m
    return (stack.T @ dZ)[:-1], both[:, :-1], both[:, -1:]


@right("linear_backward")
def by_a_mean_over_outer_products(dZ, cache):
    A_prev, W, b = cache
    dW = np.mean(dZ[:, None, :] * A_prev[None, :, :], axis=2)
    return W.T @ dZ, dW, dZ.mean(axis=1).reshape(b.shape)


@right("linear_backward")
def by_early_averages_on_its_own_copy(dZ, cache):
    A_prev, W, _ = cache
    mine = dZ.copy()
    dA_prev = W.T @ mine
    mine /= A_prev.shape[1]
    return dA_prev, mine @ A_prev.T, mine.sum(1, keepdims=True)


@right("relu_backward")
def by_where(dA, Z):
    return np.where(Z > 0, dA, 0.0)


@right("relu_backward")
def by_heaviside_with_zero(dA, Z):
    return np.heaviside(Z, 0.0) * dA


@right("relu_backward")
def by_a_mask_of_the_activation(dA, Z):
    A = np.maximum(Z, 0)
    return dA * (A > 0).astype(float)


@right("sigmoid_backward")
def by_exponentials(dA, Z):
    e = np.exp(-Z)
    return dA * e / (1 + e) ** 2


@right("sigmoid_backward")
def by_tanh(dA, Z):
    return dA / 4 * (1 - np.tanh(Z / 2) ** 2)


@right("sigmoid_backward")
def by_comprehension(dA, Z):
    def slope(z):
        return 1 / (1 + np.exp(-z)) - 1 / (1 + np.exp(-z)) ** 2

    rows = zip(dA, Z, strict=True)
    return np.array([[a * slope(z) for a, z in zip(r, s, strict=True)] for r, s in rows])


@right("L_model_backward")
def by_the_shortcut(AL, Y, caches):
    grads = {}
    dZ = AL - Y
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads


@right("L_model_backward")
def by_one_fraction_for_dAL(AL, Y, caches):
    grads = {"dA" + str(len(caches)): (AL - Y) / (AL * (1 - AL))}
    for l in range(len(caches), 0, -1):
        linear_cache, Z = caches[l - 1]
        back = sigmoid_backward if l == len(caches) else relu_backward
        grads[f"dZ{l}"] = back(grads[f"dA{l}"], Z)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = linear_backward(
            grads[f"dZ{l}"], linear_cache
        )
    return grads


@right("L_model_backward")
def by_the_J_convention_and_late_m(AL, Y, caches):
    """Compute everything for J, and multiply the dZ and dA by m at the end."""
    grads = {}
    m = Y.shape[1]
    dA, dZ = None, (AL - Y) / m
    for l in range(len(caches), 0, -1):
        (A_prev, W, _), Z = caches[l - 1]
        dZ = dZ if dA is None else dA * (Z > 0)
        dA = W.T @ dZ
        grads[f"dW{l}"], grads[f"db{l}"] = dZ @ A_prev.T, dZ.sum(axis=1, keepdims=True)
        grads[f"dZ{l}"], grads[f"dA{l - 1}"] = m * dZ, m * dA
    return grads


@right("L_model_backward")
def by_recursion(AL, Y, caches):
    def back(dZ, l):
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        below = back(relu_backward(dA, caches[l - 2][1]), l - 1) if l > 1 else {}
        return {**below, f"dZ{l}": dZ, f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}

    return back(AL - Y, len(caches))


@right("L_model_backward")
def by_boolean_labels_and_a_tiny_epsilon(AL, Y, caches):
    grads = {}
    dA = np.where(Y == 1, -1 / (AL + 1e-12), 1 / (1 - AL + 1e-12))
    for l in reversed(range(1, len(caches) + 1)):
        linear_cache, Z = caches[l - 1]
        back = sigmoid_backward if l == len(caches) else relu_backward
        dZ = grads["dZ" + str(l)] = back(dA, Z)
        dA, dW, db = linear_backward(dZ, linear_cache)
        grads["dA" + str(l - 1)], grads["dW" + str(l)], grads["db" + str(l)] = dA, dW, db
    return grads


@right("L_model_backward_J")
def by_conversion(AL, Y, caches):
    return convert(L_model_backward(AL, Y, caches), Y.shape[1], "L", "J")


@right("L_model_backward_J")
def by_linear_backward_times_m(AL, Y, caches):
    """Undo the 1/m of linear_backward, which already sits in dZ."""
    grads = {}
    m = Y.shape[1]
    dZ = (AL - Y) / m
    for l in reversed(range(1, len(caches) + 1)):
        grads["dZ" + str(l)] = dZ
        dA, dW, db = linear_backward(dZ, caches[l - 1][0])
        grads["dA" + str(l - 1)] = dA
        grads["dW" + str(l)], grads["db" + str(l)] = m * dW, m * db
        if l > 1:
            dZ = relu_backward(dA, caches[l - 2][1])
    return grads
