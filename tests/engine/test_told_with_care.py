"""Sentences that were true of the examples, or of one way to mend a slip, and of no more."""

import numpy as np
import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from tests.helpers.solved import with_cell

HALF = """def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    weights = sum(np.sum(parameters[k] ** 2) for k in ("W1", "W2", "W3"))
    return compute_cost(A3, Y) + lambd / m * weights
"""
BIASES = HALF.replace('"W3")', '"W3", "b1", "b2", "b3")')
CLOSED = """def batchnorm_backward(dout, cache):
    xhat, sigma, g = cache
    N = dout.shape[0]
    dxhat = dout * g
    dx = (N * dxhat - np.sum(dxhat, axis=0) - xhat * np.sum(dxhat * xhat, axis=0)) / sigma
    return dx, np.sum(dout * xhat, axis=0), np.sum(dout, axis=0)
"""
BY_HEIGHT = """def max_pool_backward_naive(dout, cache):
    x, _, ph, pw, s = cache
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        k = np.argmax(x[n, c, i * s:i * s + ph, j * s:j * s + pw])
        row, col = k // ph, k % ph
        dx[n, c, i * s + row, j * s + col] += dout[n, c, i, j]
    return dx
"""
INSIDE_BY_HEIGHT = BY_HEIGHT.replace(
    "dx[n, c, i * s + row, j * s + col]",
    "dx[n, c, min(i * s + row, x.shape[2] - 1), min(j * s + col, x.shape[3] - 1)]",
)
ALL_IMAGES = """def max_pool_backward_naive(dout, cache):
    x, _, ph, pw, s = cache
    dx = np.zeros(x.shape)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = (slice(None), slice(None), slice(i * s, i * s + ph), slice(j * s, j * s + pw))
            mask = x[at] == np.max(x[at])
            dx[at] += mask * dout[:, :, i, j][:, :, None, None]
    return dx
"""
BY_SIZE = """def max_pool_forward_naive(x, pool_param):
    ph, pw, s = (pool_param[k] for k in ("pool_height", "pool_width", "stride"))
    N, C, H, W = x.shape
    out = np.zeros((N, C, 1 + (H - ph) // s, 1 + (W - pw) // s))
    for n, c, i, j in np.ndindex(out.shape):
        window = x[n, c, i * ph:(i + 1) * ph, j * pw:(j + 1) * pw]
        if window.size:
            out[n, c, i, j] = np.max(window)
    return out, (x, out, ph, pw, s)
"""
RESHAPED = """def rnn_forward(x, h0, Wx, Wh, b):
    N, T, _ = x.shape
    states, caches, state = [], [], h0
    for t in range(T):
        state, cache = rnn_step_forward(x[:, t, :], state, Wx, Wh, b)
        states.append(state)
        caches.append(cache)
    return np.array(states).reshape(N, T, -1), caches
"""
RUNNING = """def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum, mean, var = settings(bn_param, x.shape[1])
    if mode == "train":
        mean = momentum * mean + (1 - momentum) * x.mean(axis=0)
        var = momentum * var + (1 - momentum) * x.var(axis=0)
        bn_param["running_mean"], bn_param["running_var"] = mean, var
    std = np.sqrt(var + eps)
    x_hat = (x - mean) / std
    return gamma * x_hat + beta, (x_hat, std, gamma)
"""
MEMO = """def count_paths(root, node, memo={}):
    if root is node:
        return 1
    if root not in memo:
        memo[root] = sum(count_paths(child, node, memo) for child in root.operands)
    return memo[root]
"""
BEFORE_ITS_MASK = """def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2, W3, b3 = (parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    D1 = np.random.rand(*Z1.shape) < keep_prob
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    D2 = np.random.rand(*Z2.shape) < keep_prob
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = W3 @ relu(Z2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
"""


def told(unit, function, cell):
    with np.errstate(all="ignore"):
        names = with_cell(unit, cell)
        return str(evaluate(exercise_of(function, names), Student(names), 5))


#: The unit, the function, the cell, what is said, and what is not.
SLIPS = {
    "a name read in the penalty alone could mend it too": (
        *("06a", "compute_cost_with_regularization", HALF),
        "another factor before the sum of squares: lambd/m",
        "One change in line",
    ),
    "two slips in one formula, and no experiment after it": (
        *("06a", "compute_cost_with_regularization", BIASES),
        "lambd / m * (sum(np.sum(W**2) over all W) + sum(np.sum(b**2) over all b))`, where",
        "An experiment",
    ),
    "a factor that two lines may lack": (
        *("11", "batchnorm_backward", CLOSED),
        "`dout * g` divided by a size, or in its place",
        "Two changes",
    ),
    "one name in two places of a line": (
        *("13", "max_pool_backward_naive", BY_HEIGHT),
        "One change in line 6, `row, col = k // ph, k % ph`, makes everything right",
        "which is 0 there, comes from",
    ),
    "where a name in an index was made": (
        *("13", "max_pool_backward_naive", BY_HEIGHT),
        "is made in line 6: `row, col = k // ph, k % ph`.",
        "`c`, which",
    ),
    "what the window has, not the number of images": (
        *("13", "max_pool_backward_naive", INSIDE_BY_HEIGHT),
        "dx is right where the window is square, and off where it is not.",
        "N = stride",
    ),
    "one maximum for all images": (
        *("13", "max_pool_backward_naive", ALL_IMAGES),
        "one largest number for several images or channels: of all images and channels",
        "Only the first index along axis 1",
    ),
    "windows that step by their size": (
        *("13", "max_pool_forward_naive", BY_SIZE),
        "windows that begin in row i * pool_height and column j * pool_width",
        "No known mistake",
    ),
    "a reshape for an exchange of axes": (
        *("07b", "rnn_forward", RESHAPED),
        "in the order of np.swapaxes(..., 0, 1), as a reshape leaves them",
        "One change in line 3",
    ),
    "running averages in train mode": (
        *("11", "batchnorm_forward", RUNNING),
        "gamma * (x - (momentum * running_mean + (1 - momentum) * np.mean(x, axis=0)))",
        "An experiment",
    ),
    "the numbers of a dict": (
        *("11", "batchnorm_forward", RUNNING),
        "`mode = 'train'`, `momentum = 0.5`",
        "`bn_param`",
    ),
    "a count that is kept from call to call": (
        *("01", "count_paths", MEMO),
        "something is kept from call to call",
        "No known mistake",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_as_far_as_it_is_known(slip):
    unit, function, cell, said, unsaid = SLIPS[slip]
    found = told(unit, function, cell)
    assert said in found
    assert unsaid not in found


def test_what_the_last_layer_of_dropout_was_made_of_is_told():
    name = "forward_propagation_with_dropout"
    found = told("06a", name, BEFORE_ITS_MASK)
    assert "Z3 in the cache is made of relu(Z2): A2 before it is masked and scaled" in found
    assert "✓ A3 is right where keep_prob is 1" in found
