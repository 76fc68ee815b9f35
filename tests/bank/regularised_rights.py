"""Unit 06a, right answers in the forms that public solutions of those courses have."""

# ruff: noqa: NPY002, SIM300  (that course seeds the global generator; D1 is no constant)
import numpy as np

from .registry import rights_of
from .regularised import compute_cost, relu, sigmoid

right = rights_of("regularised")


@right("compute_cost_with_regularization")
def every_key_with_a_W(a3, y, parameters, lam):
    W_sum = 0
    for k, v in parameters.items():
        if "W" in k:
            W_sum += np.sum(np.square(v))
    return compute_cost(a3, y) + lam * W_sum / (2 * y.shape[1])


@right("compute_cost_with_regularization")
def norms_of_the_layers(A3, Y, parameters, lambd):
    m, L = Y.shape[1], len(parameters) // 2
    total = sum(np.linalg.norm(parameters["W" + str(l)]) ** 2 for l in range(1, L + 1))
    return float(compute_cost(A3, Y) + 0.5 * lambd * total / m)


@right("compute_cost_with_regularization")
def logarithms_by_dot_products(A3, Y, parameters, lambd):
    m = Y.shape[1]
    cross = -(np.dot(np.log(A3), Y.T) + np.dot(np.log(1 - A3), (1 - Y).T)) / m
    weights = np.concatenate([parameters[f"W{n}"].ravel() for n in (1, 2, 3)])
    return np.squeeze(cross) + lambd / 2 / m * weights @ weights


@right("backward_propagation_with_regularization")
def with_lambd_inside_the_bracket(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * (np.dot(dZ3, A2.T) + lambd * W3)
    dA2 = np.dot(W3.T, dZ3)
    dZ2 = np.multiply(dA2, Z2 > 0)
    dW2 = (np.dot(dZ2, A1.T) + lambd * W2) / m
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = (dZ1 @ X.T + lambd * W1) / m
    g = {"dZ3": dZ3, "dW3": dW3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "dA1": dA1, "dZ1": dZ1}
    return {
        **g,
        "dW1": dW1,
        **{f"db{k[2]}": g[k].mean(1, keepdims=True) for k in ("dZ1", "dZ2", "dZ3")},
    }


@right("backward_propagation_with_regularization")
def in_a_loop(X, Y, cache, lambd):
    m, grads = X.shape[1], {"dZ3": cache[9] - Y}
    for n in (3, 2, 1):
        A_prev, W, dZ = X if n == 1 else cache[4 * n - 7], cache[4 * n - 2], grads[f"dZ{n}"]
        grads[f"dW{n}"] = dZ.dot(A_prev.T) / m + (lambd * W) / m
        grads[f"db{n}"] = np.sum(dZ, axis=1).reshape(-1, 1) / m
        if n > 1:
            grads[f"dA{n - 1}"] = W.T.dot(dZ)
            grads[f"dZ{n - 1}"] = np.where(cache[4 * n - 8] > 0, grads[f"dA{n - 1}"], 0.0)
    return grads


@right("backward_propagation_with_regularization")
def from_dA3_by_the_slope(X, Y, cache, lambd):
    m = Y.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dA3 = -(np.divide(Y, A3) - np.divide(1 - Y, 1 - A3))
    dZ3 = dA3 * A3 * (1 - A3)
    dA2 = W3.T * dZ3  # one output: a product by broadcasting
    dZ2 = np.array(dA2, copy=True)
    dZ2[Z2 <= 0] = 0
    dA1 = np.matmul(W2.T, dZ2)
    dZ1 = np.array(dA1, copy=True)
    dZ1[Z1 <= 0] = 0
    grads = {"dZ3": dZ3, "dA2": dA2, "dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
    for n, A, W in ((1, X, W1), (2, A1, W2), (3, A2, W3)):
        grads[f"dW{n}"] = np.einsum("ik,jk->ij", grads[f"dZ{n}"], A) / m + lambd / m * W
        grads[f"db{n}"] = np.average(grads[f"dZ{n}"], axis=1)[:, None]
    return grads


@right("forward_propagation_with_dropout")
def seeded_and_of_booleans(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    D1 = np.random.rand(A1.shape[0], A1.shape[1])
    D1 = D1 < keep_prob
    A1 = np.multiply(D1, A1)
    A1 = A1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    D2 = np.random.rand(A2.shape[0], A2.shape[1])
    D2 = D2 < keep_prob
    A2 = np.multiply(D2, A2)
    A2 = A2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@right("forward_propagation_with_dropout")
def in_place_with_a_generator(X, parameters, keep_prob=0.5):
    rng = np.random.default_rng()
    cache, A = [], X
    for n in (1, 2):
        Z = parameters[f"W{n}"] @ A + parameters[f"b{n}"]
        A = np.maximum(Z, 0)
        D = (rng.random(A.shape) < keep_prob).astype(np.float64)
        A *= D
        A /= keep_prob
        cache += [Z, D, A, parameters[f"W{n}"], parameters[f"b{n}"]]
    Z = parameters["W3"] @ A + parameters["b3"]
    A3 = sigmoid(Z)
    return A3, [*cache, Z, A3, parameters["W3"], parameters["b3"]]


@right("forward_propagation_with_dropout")
def binomial_masks(X, parameters, keep_prob=0.5):
    p = parameters
    Z1 = p["W1"] @ X + p["b1"]
    D1 = np.random.binomial(1, keep_prob, Z1.shape)
    A1 = np.where(D1 == 1, relu(Z1) / keep_prob, 0.0)
    Z2 = p["W2"] @ A1 + p["b2"]
    D2 = np.random.binomial(1, keep_prob, Z2.shape)
    A2 = np.where(D2 == 1, relu(Z2) / keep_prob, 0.0)
    Z3 = p["W3"] @ A2 + p["b3"]
    A3 = sigmoid(Z3)
    return A3, (
        Z1,
        D1,
        A1,
        p["W1"],
        p["b1"],
        Z2,
        D2,
        A2,
        p["W2"],
        p["b2"],
        Z3,
        A3,
        p["W3"],
        p["b3"],
    )


@right("backward_propagation_with_dropout")
def masks_in_place_of_new_arrays(X, Y, cache, keep_prob):
    m = X.shape[1]
    Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3 = cache
    dZ3 = A3 - Y
    dW3 = 1.0 / m * np.dot(dZ3, A2.T)
    db3 = 1.0 / m * np.sum(dZ3, axis=1, keepdims=True)
    dA2 = np.dot(W3.T, dZ3)
    dA2 *= D2
    dA2 /= keep_prob
    dZ2 = np.multiply(dA2, np.int64(A2 > 0))
    dW2 = 1.0 / m * np.dot(dZ2, A1.T)
    db2 = 1.0 / m * np.sum(dZ2, axis=1, keepdims=True)
    dA1 = np.dot(W2.T, dZ2)
    dA1 *= D1
    dA1 /= keep_prob
    dZ1 = np.multiply(dA1, np.int64(A1 > 0))
    dW1 = 1.0 / m * np.dot(dZ1, X.T)
    db1 = 1.0 / m * np.sum(dZ1, axis=1, keepdims=True)
    return {
        "dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2,
        "dZ2": dZ2, "dW2": dW2, "db2": db2, "dA1": dA1,
        "dZ1": dZ1, "dW1": dW1, "db1": db1,
    }  # fmt: skip


@right("backward_propagation_with_dropout")
def slope_of_Z_and_a_loop(X, Y, cache, keep_prob):
    (Z1, D1, A1, W1, _, Z2, D2, A2, W2, _, _, A3, W3, _), m = cache, Y.size
    grads, dZ = {}, A3 - Y
    layers = ((3, W3, A2, D2, Z2), (2, W2, A1, D1, Z1), (1, W1, X, None, None))
    for n, W, A_prev, D, Z in layers:
        grads |= {f"dZ{n}": dZ, f"dW{n}": dZ @ A_prev.T / m}
        grads[f"db{n}"] = dZ.sum(axis=1, keepdims=True) / m
        if n > 1:
            grads[f"dA{n - 1}"] = np.where(D, W.T @ dZ / keep_prob, 0)
            dZ = grads[f"dA{n - 1}"] * (Z > 0)
    return grads


@right("embedding_forward")
def a_product_with_ones_at_the_words(words, W):
    return np.eye(len(W))[words] @ W


@right("embedding_forward")
def taken(words, W):
    return np.take(W, words, axis=0)


@right("embedding_backward")
def in_two_loops(dout, words, V):
    N, T, D = dout.shape
    dW = np.zeros((V, D))
    for n in range(N):
        for t in range(T):
            idx = words[n][t]
            dW[idx] += dout[n][t]
    return dW


@right("embedding_backward")
def a_product_of_ones(dout, words, V):
    ones = (words.reshape(-1, 1) == np.arange(V)).astype(float)
    return ones.T @ dout.reshape(-1, dout.shape[-1])


@right("embedding_backward")
def counted_by_column(dout, words, V):
    flat = dout.reshape(-1, dout.shape[-1])
    return np.stack([np.bincount(words.ravel(), weights=g, minlength=V) for g in flat.T], axis=1)


@right("clip_by_value")
def deep_copy_then_out(gradients, maxValue):
    import copy

    gradients = copy.deepcopy(gradients)
    dWaa, dWax, dWya = gradients["dWaa"], gradients["dWax"], gradients["dWya"]
    db, dby = gradients["db"], gradients["dby"]
    for gradient in [dWax, dWaa, dWya, db, dby]:
        np.clip(gradient, -maxValue, maxValue, out=gradient)
    return {"dWaa": dWaa, "dWax": dWax, "dWya": dWya, "db": db, "dby": dby}


@right("clip_by_value")
def by_minimum_and_maximum(gradients, maxValue):
    return {k: np.maximum(np.minimum(g, maxValue), -maxValue) for k, g in gradients.items()}


@right("clip_by_norm")
def as_pytorch_has_it(gradients, max_norm):
    norms = [np.linalg.norm(g) for g in gradients.values()]
    coefficient = max_norm / (np.linalg.norm(norms) + 1e-12)
    return {k: g * min(coefficient, 1.0) for k, g in gradients.items()}


@right("clip_by_norm")
def one_long_vector(gradients, max_norm):
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in gradients.values()]))
    if norm <= max_norm:
        return {k: g.copy() for k, g in gradients.items()}
    return {k: max_norm * g / norm for k, g in gradients.items()}
