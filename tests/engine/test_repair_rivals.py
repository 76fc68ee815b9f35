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
HALF_TANH = """
def forward_propagation(X, parameters):
    def squashed(z):
        return 2 * sigmoid(z) - 1

    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = squashed(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
"""
ONLY_WHERE_PRINTED = """
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    A2, cache = forward_propagation(X, parameters)
    for i in range(num_iterations):
        if print_cost and i % 1000 == 0:
            A2, cache = forward_propagation(X, parameters)
            print(i, compute_cost(A2, Y))
        parameters = update_parameters(parameters, backward_propagation(parameters, cache, X, Y))
    return parameters
"""
UNDER_NO_NAME = """
def L_layer_model(X, Y, layers_dims, learning_rate=0.5, num_iterations=1500, seed=1):
    parameters = initialize_parameters_deep(layers_dims, seed)
    AL, caches = L_model_forward(X, parameters)
    costs = []
    step = 0
    last = num_iterations - 1
    rate = learning_rate
    while step <= last:
        costs.append(float(compute_cost(AL, Y)))
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), rate)
        AL, _ = L_model_forward(X, parameters)
        step += 1
    return parameters, costs
"""
ONE_TOO_MUCH = """
def gru_cell_backward(dc_next, cache):
    c_prev, xt, z, r, n, p = cache
    rows = len(c_prev)
    reset, dn = r * c_prev, dc_next * z * (1 - n**2)
    dz = (dc_next * n + dc_next * (1 - c_prev)) * z * (1 - z)
    down = p["Wc"].T @ dn
    dr = down[:rows] * c_prev * r * (1 - r)
    both = p["Wu"].T @ dz + p["Wr"].T @ dr
    ins, mix = np.vstack((c_prev, xt)), np.vstack((reset, xt))
    back = {"dxt": down[rows:] + both[rows:]}
    back["dc_prev"] = dc_next * (1 - z) + down[:rows] * r + both[:rows]
    for k, d, held in (("u", dz, ins), ("r", dr, ins), ("c", dn, mix)):
        back["dW" + k], back["db" + k] = d @ held.T, d.sum(axis=1, keepdims=True)
    return back
"""
EVERY_COLUMN = """
def rnn_backward(X, Y, parameters, cache):
    Wya, Waa = parameters["Wya"], parameters["Waa"]
    dWya, dby = np.zeros_like(Wya), np.zeros_like(parameters["by"])
    dWax, dWaa = np.zeros_like(parameters["Wax"]), np.zeros_like(Waa)
    db, da, states = np.zeros_like(parameters["b"]), np.zeros_like(parameters["b"]), {}
    for t in reversed(range(len(Y))):
        _, before, states[t], p = cache[t]
        dy = np.copy(p)
        dy[Y[t]] -= 1
        dWya += dy @ states[t].T
        dby += dy
        dz = (Wya.T @ dy + da) * (1 - states[t] ** 2)
        dWax.T[X[t]] += dz.ravel()
        dWaa += dz @ before.T
        db += dz
        da = Waa.T @ dz
    return {"dWax": dWax, "dWaa": dWaa, "db": db, "dWya": dWya, "dby": dby}, states
"""
STALE = """
def L_model_forward(X, parameters):
    A, caches, L = X, [], len(parameters) // 2
    for l in range(1, L):
        before = A
        A, cache = linear_activation_forward(
            before, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(
        before, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    return AL, [*caches, cache]
"""
EACH_CLASS = """
def compute_cost(A2, Y):
    def mean(values):
        return values.mean() if values.size else 0.0

    return float(-mean(np.log(A2[Y == 1])) - mean(np.log(1 - A2[Y == 0])))
"""
BEFORE_ITS_LOOP = """
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(len(X), n_h, len(Y))
    A2, cache = forward_propagation(X, parameters)
    shown = 1000
    step = 0
    while step < num_iterations:
        if print_cost and step % shown == 0:
            print(step, compute_cost(A2, Y))
        slopes = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, slopes)
        step += 1
    return parameters
"""
ONES_STAY = """
def rnn_forward(X, Y, a_prev, parameters):
    x, caches, loss = np.zeros((len(parameters["by"]), 1)), [], 0.0
    for k, y in zip(X, Y):
        if k is not None:
            x[k] = 1
        a, p = rnn_step_forward(parameters, a_prev, x)
        loss -= np.log(p[y, 0])
        caches.append((x.copy(), a_prev, a, p))
        a_prev = a
    return loss, caches
"""
OTHER_LETTERS = """
def rnn_forward(X, Y, a_prev, parameters):
    eye = np.eye(len(parameters["by"]))
    caches, loss = [], 0.0
    for k, target in zip(X, Y):
        x = 0 * eye[:, [0]] if k is None else eye[:, [k]]
        y = eye[:, [target]]
        a, p = rnn_step_forward(parameters, a_prev, x)
        loss += -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))
        caches.append((x, a_prev, a, p))
        a_prev = a
    return loss, caches
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
    "a factor at either of two places": (
        "03b",
        "forward_propagation",
        HALF_TANH,
        "line 4, `return 2 * sigmoid(z) - 1`, makes everything right, on each of the 4 examples "
        "tried: a further factor at `z`, or in its place",
    ),
    "a line some lines before its loop": (
        "03b",
        "nn_model",
        BEFORE_ITS_LOOP,
        "line 4, `A2, cache = forward_propagation(X, parameters)`, makes everything right, on each "
        "of the 3 examples tried: this line inside of the loop of line 7",
    ),
    "arrays of the round before": (
        "10b",
        "rnn_forward",
        ONES_STAY,
        "`x` made anew in each round, without what the rounds before wrote",
    ),
    "a term too many": (
        "10b",
        "rnn_forward",
        OTHER_LETTERS,
        "without `(1 - y) * np.log(1 - p)`, which does as well",
    ),
    "a name that nobody reads": (
        "04",
        "L_layer_model",
        UNDER_NO_NAME,
        "another name in the place of `_`, left of the equals sign",
    ),
    "a term of a difference": (
        "09",
        "gru_cell_backward",
        ONE_TOO_MUCH,
        "`1 - c_prev` without `1`",
    ),
    "a round more makes up for a name": (
        "04",
        "L_model_forward",
        STALE,
        "another name in the place of `before`, or in its place `range(1, L)` with an end moved",
    ),
    "a mean for each class": (
        "03b",
        "compute_cost",
        EACH_CLASS,
        "What you return as J is the mean over the examples with y = 1, plus the mean over those",
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


def test_what_is_printed_in_every_case_is_no_change():
    names = with_cell("03b", ONLY_WHERE_PRINTED)
    told = str(evaluate(exercise_of("nn_model", names), Student(names), VISIBLE_SEED))
    assert "makes everything right" in told
    assert "condition" not in told.partition("makes everything right")[2]


def test_what_the_last_round_leaves_behind_is_no_change():
    """dWax is right without the dz of the last round, by luck."""
    names = with_cell("10b", EVERY_COLUMN)
    told = str(evaluate(exercise_of("rnn_backward", names), Student(names), VISIBLE_SEED))
    assert "dWax" in told
    assert "`return {" not in told


@pytest.mark.parametrize("sign", [1, -1])
def test_weights_of_two_layers_are_other_numbers_whatever_their_sign(sign):
    source = f"""
def initialize_parameters(n_x, n_h, n_y):
    def small(rows, columns):
        return 0.01 * np.random.default_rng(2).normal(size=(rows, columns))

    return {{"W1": small(n_h, n_x), "b1": np.zeros((n_h, 1)), "W2": {sign} * small(n_y, n_h),
            "b2": np.zeros((n_y, 1))}}
"""
    names = with_cell("03b", source)
    told = evaluate(exercise_of("initialize_parameters", names), Student(names), VISIBLE_SEED)
    assert "W1 and W2 hold the same numbers" in str(told)
    assert not told.passed


def test_a_large_number_for_infinity_is_large_for_one_row_too():
    source = """
def attention_forward(Q, K, V, mask=None):
    S = Q @ K.T / np.sqrt(Q.shape[1])
    if mask is not None:
        S = np.where(mask, S, -1000.0 * len(Q))
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return P @ V, (Q, K, V, P)
"""
    names = with_cell("12", source)
    told = evaluate(exercise_of("attention_forward", names), Student(names), VISIBLE_SEED)
    assert not told.passed
    assert "what is hidden has a weight there" in str(told)


def test_no_change_of_a_function_that_is_called_breaks_that_function():
    """What sigmoid_forward keeps is right: its own array, and no second name of x."""
    source = """
def sigmoid_backward(dout, cache):
    s = 1 / (1 + np.exp(-cache))
    return dout * s * (1 - s)
"""
    names = with_cell("03", source)
    told = str(evaluate(exercise_of("sigmoid_backward", names), Student(names), VISIBLE_SEED))
    assert "of `sigmoid_forward`" not in told


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
