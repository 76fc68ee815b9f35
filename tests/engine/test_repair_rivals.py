"""A slip that two lines may make up for, and changes that only some code needs."""

import ast

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.repair.source import source_of
from autograder.engine.repair.unread import unread
from autograder.engine.student import Student
from tests.helpers.solved import solved, with_cell

OTHER_LINE = """
def batchnorm_backward(dout, cache):
    x_hat, std, gamma = cache
    N = len(dout)
    up = dout * gamma
    diff = x_hat * std
    dvar = np.sum(up * diff, axis=0) * -0.5 / std ** 3
    dmu = -np.sum(up, axis=0) / std
    dx = up / std + dmu / N + dvar * 2 * x_hat / N
    return dx, np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)
"""
DIVISOR = """
def batchnorm_backward(dout, cache):
    hat, std, gamma = cache
    n, d = dout.shape
    dx, dg, db = np.empty((n, d)), np.empty(d), np.empty(d)
    for j in range(d):
        up = dout[:, j] * gamma[j]
        h = hat[:, j]
        dg[j] = up @ h
        db[j] = dout[:, j].sum()
        dx[:, j] = (up - up.mean() - h * (up @ h) / n) / std[j]
    return dx, dg, db
"""
BORDER = """
def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    rows, columns = 1 + (H + 2 * p - HH) // s, 1 + (W + 2 * p - WW) // s
    wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")
    out = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            piece = wide[:, :, i * s:i * s + HH, j * s:j * s + WW]
            out[:, :, i, j] = np.einsum("nchw,fchw->nf", piece, w) + b
    return out, (x, w, b, conv_param)
"""
FALSE_OF_ZERO = """
def rnn_forward(X, Y, a_prev, parameters):
    loss, caches, state = 0.0, [], a_prev
    for t in range(len(X)):
        x = np.zeros((len(parameters["by"]), 1))
        if X[t]:
            x[X[t]] = 1
        new, p = rnn_step_forward(parameters, state, x)
        loss -= np.log(p[Y[t], 0])
        caches.append((x, state, new, p))
        state = new
    return loss, caches
"""
NO_CARRY = """
def state_gradients(da, a, parameters):
    n_a, m, T = da.shape
    g = np.zeros((n_a, m, T + 1))
    g[:, :, T] = da[:, :, T - 1]
    carry = da[:, :, T - 1]
    for t in range(T, 0, -1):
        carry = parameters["Waa"].T @ ((1 - a[:, :, t] ** 2) * carry)
        g[:, :, t - 1] = carry + (da[:, :, t - 2] if t > 1 else 0)
    return g
"""
TWO_AXES = """
def grad_norms(da, a, parameters):
    g, found = state_gradients(da, a, parameters), []
    for t in range(g.shape[2]):
        each = np.sqrt(np.sum(g[:, :, t] ** 2, axis=0))
        found.append(each.sum())
    return np.array(found)
"""
AVERAGE_OF_STD = """
def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum, mean, spread = settings(bn_param, x.shape[1])
    if mode == "test":
        return (x - mean) / np.sqrt(spread + eps) * gamma + beta, ()
    mu, var = x.mean(0), x.var(0)
    std = np.sqrt(var + eps)
    hat = (x - mu) / std
    mean = momentum * mean + (1 - momentum) * mu
    spread = momentum * spread + (1 - momentum) * std
    bn_param["running_mean"], bn_param["running_var"] = mean, spread
    return hat * gamma + beta, (hat, std, gamma)
"""
KEPT_PRODUCT = """
def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum, mean, spread = settings(bn_param, x.shape[1])
    if mode == "test":
        return (x - mean) / np.sqrt(spread + eps) * gamma + beta, ()
    mu, var = x.mean(0), x.var(0)
    centred, std = x - mu, np.sqrt(var + eps)
    bn_param["running_mean"] = momentum * mean + (1 - momentum) * mu
    bn_param["running_var"] = momentum * spread + (1 - momentum) * var
    return centred / std * gamma + beta, (centred, std, gamma)
"""
EVERY_SECOND = """
def self_attention_forward(X, Wq, Wk, Wv, Wo, n_heads, mask=None):
    Q, K, V = X @ Wq, X @ Wk, X @ Wv
    H, caches = np.zeros(Q.shape), []
    for h in range(n_heads):
        own = slice(h, None, n_heads)
        H[:, own], cache = attention_forward(Q[:, own], K[:, own], V[:, own], mask)
        caches.append(cache)
    return X + H @ Wo, (X, Wq, Wk, Wv, Wo, H, caches)
"""
DIAGONAL_OVER = """
def softmax_rows_backward(dP, P):
    dS = np.zeros(P.shape)
    for row, p in enumerate(P):
        J = -np.outer(p, p)
        np.fill_diagonal(J, p)
        dS[row] = J @ dP[row]
    return dS
"""
TABLE = """
def loss_vector_jacobian(A, Y):
    return A.reshape(-1, 1) - Y.reshape(1, -1)
"""
#: unit, function, cell, what is told.
SAID = {
    "a number that another line makes up for": (
        "11",
        "batchnorm_backward",
        OTHER_LINE,
        "another name in the place of `x_hat`, or in its place another number in the place of `3` "
        "in line 7, which does as well",
    ),
    "a divisor that another line makes up for": (
        "11",
        "batchnorm_backward",
        DIVISOR,
        "line 9, `dg[j] = up @ h`, makes everything right, on each of the 4 examples tried: "
        "something else in the place of `up`",
    ),
    "an option": ("13", "conv_forward_naive", BORDER, "`mode='reflect'` in `np.pad` left out"),
    "0 taken for nothing": (
        "10b",
        "rnn_forward",
        FALSE_OF_ZERO,
        "`X[t]` compared with something: 0, and what is empty, count as false here",
    ),
    "a part that stands nowhere": (
        "08",
        "state_gradients",
        NO_CARRY,
        "something else in the place of `carry`, in `(1 - a[:, :, t] ** 2) * carry`",
    ),
    "two axes": ("08", "grad_norms", TWO_AXES, "more axes than one"),
    "a property of many formulas": (
        "11",
        "batchnorm_forward",
        AVERAGE_OF_STD,
        "another name in the place of `std`",
    ),
    "a product that is kept": (
        "11",
        "batchnorm_backward",
        KEPT_PRODUCT,
        "of `batchnorm_forward`, `return centred / std * gamma + beta, (centred, std, gamma)`",
    ),
    "heads of columns that lie apart": (
        "12",
        "self_attention_forward",
        EVERY_SECOND,
        "that of heads which take every n_heads-th column",
    ),
    "a diagonal that is written over": (
        "12",
        "softmax_rows_backward",
        DIAGONAL_OVER,
        "J has p on its diagonal and not p - p²",
    ),
    "a column and a row": (
        "02",
        "loss_vector_jacobian",
        TABLE,
        "What you return as JL is the table of all A_j - Y_i",
    ),
}


@pytest.mark.parametrize("kind", SAID)
def test_it_is_told(kind):
    unit, function, source, said = SAID[kind]
    names = with_cell(unit, source)
    told = str(evaluate(exercise_of(function, names), Student(names), VISIBLE_SEED))
    assert said in told


UNITS = (
    "00", "01", "02", "03", "03b", "04", "05", "06a", "06b", "07", "07b", "08", "09", "10b", "11",
    "12", "13",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_of_a_right_answer_no_argument_is_said_to_be_read_nowhere(unit):
    names, sources = solved(unit)
    asked = {}
    for name in sources:
        function = with_cell(unit, sources[name]).get(name)
        source = source_of(function)
        if source is not None:
            asked[name] = unread(source, exercise_of(name, names).unread)
    assert asked
    assert not {name: said for name, said in asked.items() if said}


def test_what_a_right_answer_need_not_read_is_not_asked_for():
    source = source_of(
        with_cell("10b", "\ndef rnn_backward(X, Y, cache):\n    return Y")["rnn_backward"]
    )
    assert isinstance(source.tree, ast.FunctionDef)
    assert "`X` comes in" in unread(source)
    assert "`X`" not in unread(source, ("X",))
