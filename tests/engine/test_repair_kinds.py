"""Each kind of change that is tried for mends a slip of its kind, and is told as that."""

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.student import Student
from tests.helpers.solved import solved, with_cell

NORMS = """
def grad_norms(da, a, parameters):
    g = state_gradients(da, a, parameters)
    return np.array([np.linalg.norm(row) for row in g.reshape(g.shape[-1], -1)])
"""
CARRY = """
def lstm_forward(x, a0, parameters):
    n_x, m, T_x = x.shape
    a, c, y, caches = a0, np.zeros(a0.shape), [], []
    states, lanes = [], []
    for t in range(T_x):
        a, new, yt, cache = lstm_cell_forward(x[:, :, t], a, c, parameters)
        states.append(a)
        lanes.append(new)
        y.append(yt)
        caches.append(cache)
    a, y, c = (np.stack(part, axis=2) for part in (states, y, lanes))
    return a, y, c, (caches, x.copy())
"""
STAGED = """
def batchnorm_backward(dout, cache):
    x_hat, std, gamma = cache
    N, up = len(dout), gamma * dout
    along = up * x_hat
    dx = (up - up.mean(axis=0) - x_hat * along / N) / std
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
"""
UNIFORM = """
def initialize_parameters_deep(layer_dims, seed=1):
    rng, parameters = np.random.default_rng(seed), {}
    for l in range(1, len(layer_dims)):
        W = rng.random((layer_dims[l], layer_dims[l - 1]))
        parameters[f"W{l}"] = W * np.sqrt(2 / layer_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters
"""
MIXED = """
def affine_forward(x, w, b):
    rows = x.reshape(-1, len(x)).T
    return rows @ w + b, (rows.copy(), w, x.shape)
"""
TWICE = """
def rnn_cell_backward(da_next, cache):
    a_next, a_prev, xt, p = cache
    dz = (1 - a_next ** 2) * da_next
    both = p["Wax"].T @ dz, p["Wax"].T @ dz
    return {"dxt": both[0], "da_prev": both[1], "dWax": dz @ xt.T, "dWaa": dz @ a_prev.T,
            "dba": dz.sum(axis=1, keepdims=True)}
"""
ENDLESS = """
def sample(parameters, char_to_ix, seed):
    rng, newline = np.random.default_rng(seed), char_to_ix["\\n"]
    V, n_a = parameters["Wya"].shape
    a, x, indices, k = np.zeros((n_a, 1)), np.zeros((V, 1)), [], 0
    while k < 50:
        a, p_t = rnn_step_forward(parameters, a, x)
        indices.append(int(rng.choice(V, p=p_t[:, 0])))
        if indices[-1] == newline:
            return indices
        x = np.zeros((V, 1))
        x[indices[0]] = 1.0
        k += 1
    return [*indices, newline]
"""
OLD = """
def chunked_train_step(x, y, a0, parameters, k, learning_rate, max_norm):
    p = {key: parameters[key].copy() for key in ("Wax", "Waa", "ba")}
    T = x.shape[-1]
    a_last = a0
    for s in range(0, T, k):
        xc, yc = x[..., s:s + k], y[..., s:s + k]
        g = truncated_bptt(xc, yc, a_last, parameters, k)
        a_last = states(xc, a_last, parameters)[..., -1]
        flat = np.concatenate([g["d" + key].ravel() for key in p])
        G = np.linalg.norm(flat)
        clip = max_norm / G if G > max_norm else 1.0
        for key in p:
            p[key] -= learning_rate * clip * g["d" + key]
    return p, a_last
"""
ANEW = """
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    L = len(parameters) // 2
    params = {}
    for l in range(1, L + 1):
        sW = beta * s[f"dW{l}"] + (1 - beta) * np.square(grads[f"dW{l}"])
        sb = beta * s[f"db{l}"] + (1 - beta) * np.square(grads[f"db{l}"])
        s_new = {f"dW{l}": sW, f"db{l}": sb}
        for n, s_n in ((f"W{l}", sW), (f"b{l}", sb)):
            step = learning_rate * grads[f"d{n}"] / (np.sqrt(s_n) + epsilon)
            params[n] = parameters[n] - step
    return params, s_new
"""
LAST = """
def L_model_forward(X, parameters):
    caches = []
    L = len(parameters) // 2
    A = X
    for l in range(1, L):
        W = parameters["W" + str(l)]
        b = parameters["b" + str(l)]
        Z = W.dot(A) + b
        caches.append(((A, W, b), Z))
        A = relu(Z)
    W, b = parameters["W" + str(L)], parameters["b" + str(L)]
    Z = W.dot(A)
    caches.append(((A, W, b), Z))
    return sigmoid(Z), caches
"""
FORGOTTEN = """
def rnn_backward(X, Y, parameters, cache):
    Waa, Wya = parameters["Waa"], parameters["Wya"]
    gradients = {"d" + k: np.zeros_like(parameters[k]) for k in ("Wax", "Waa", "b", "Wya", "by")}
    a = {}
    from_right = np.zeros((Waa.shape[0], 1))
    for t in range(len(X) - 1, -1, -1):
        x, a_before, a_now, p = cache[t]
        a[t] = a_now
        dy = p.copy()
        dy[Y[t]] -= 1
        gradients["dby"] += dy
        gradients["dWya"] += dy @ a_now.T
        dz = (Wya.T @ dy + from_right) * (1 - a_now * a_now)
        gradients["db"] += dz
        gradients["dWax"] += dz @ x.T
        gradients["dWaa"] += dz @ a_before.T
        from_right = dz
    return gradients, a
"""
AXES = """
def col2im(dcols, x_shape, HH, WW, stride, pad):
    N, C, H, W = x_shape
    Hp, Wp = H + 2 * pad, W + 2 * pad
    H_out = (Hp - HH) // stride + 1
    W_out = (Wp - WW) // stride + 1
    x_padded = np.zeros((N, C, Hp, Wp), dtype=dcols.dtype)
    cols = dcols.reshape(C, HH, WW, H_out, W_out, N).transpose(5, 0, 1, 2, 3, 4)
    for i in range(H_out):
        for j in range(W_out):
            r, c = i * stride, j * stride
            x_padded[:, :, r:r + HH, c:c + WW] += cols[:, :, :, :, i, j]
    return x_padded[:, :, pad:pad + H, pad:pad + W]
"""

#: unit, function, what is exchanged in its solution (or the whole cell), and what is told.
KINDS = {
    "a reshape for a transpose": ("08", "grad_norms", NORMS, "the axes of `g` in another order"),
    "a reshape turned round": ("03", "affine_forward", MIXED, "its sizes in the other order"),
    "a line that a loop lacks": (
        "09",
        "lstm_forward",
        CARRY,
        "a line at the end of this loop that gives `c` its next value",
    ),
    "a sum that is forgotten": ("11", "batchnorm_backward", STAGED, "a sum over an axis"),
    "numbers of another kind": (
        "04",
        "initialize_parameters_deep",
        UNIFORM,
        "another function in the place of `rng.random`",
    ),
    "letters of einsum": ("07", "rtrl_dWaa", ("iklm->kl", "kilm->kl"), "other letters in"),
    "two indices": (
        "07",
        "rtrl_dWaa",
        ("[:, None, None, :]", "[None, :, None, :]"),
        "two of the indices in",
    ),
    "a product that lacks": (
        "07b",
        "rnn_step_forward",
        ("prev_h @ Wh", "prev_h"),
        "a product with a further array at `prev_h`",
    ),
    "a term of a dict": (
        "09",
        "lstm_cell_forward",
        (' + p["by"]', ""),
        "a further term, with `p['by']`, beside",
    ),
    "a sign of infinity": (
        "12",
        "attention_forward",
        ("-np.inf", "np.inf"),
        "`np.inf` with a sign",
    ),
    "a function that lacks": (
        "12",
        "attention_forward",
        ("np.exp(S - S.max(axis=-1, keepdims=True))", "S - S.max(axis=-1, keepdims=True)"),
        "a function of each entry around",
    ),
    "a sum that divides": (
        "12",
        "attention_forward",
        ("P /= P.sum(axis=-1, keepdims=True)", "P /= P"),
        "one number of many in the place of `P`",
    ),
    "entries put in front": (
        "07",
        "rnn_forward",
        ("states.append(a_next)", "states.insert(0, a_next)"),
        "each new entry put at the other end of `states`",
    ),
    "dicts that are written over": (
        "04",
        "L_model_backward_J",
        ('grads |= {f"dZ', 'grads = {f"dZ'),
        "`|=` for `=`",
    ),
    "two axes at once": (
        "08",
        "grad_norms",
        (", axis=(0, 1))", ")"),
        "2 axes together in",
    ),
    "a loop that many changes make endless": (
        "10b",
        "sample",
        ENDLESS,
        "another number in the place of `0`",
    ),
    "parameters that are not handed on": (
        "08",
        "chunked_train_step",
        OLD,
        "a line at the end of this loop that gives `parameters` its next value",
    ),
    "a dict made anew in each round": (
        "06b",
        "update_parameters_with_rmsprop",
        ANEW,
        "`s_new` begun before the loop",
    ),
    "a bias of the last layer": ("04", "L_model_forward", LAST, "line 13, `Z = W.dot(A)`"),
    "a product with what nobody reads": (
        "10b",
        "rnn_backward",
        FORGOTTEN,
        "a product with a further array at `from_right`",
    ),
    "a length of another axis": (
        "07",
        "output_backward",
        ("/ y.shape[1]", "/ y.size"),
        "the length of another axis in the place of `y.size`",
    ),
}


def told(unit, function, change):
    source = change
    if isinstance(change, tuple):
        source = solved(unit)[1][function]
        assert change[0] in source, source
        source = source.replace(*change, 1)
    names = with_cell(unit, source)
    return str(evaluate(exercise_of(function, names), Student(names), VISIBLE_SEED))


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_each_kind_is_told(kind):
    unit, function, change, said = KINDS[kind]
    text = told(unit, function, change)
    assert "One change in line" in text, text
    assert said in text.partition("One change in ")[2], text


def test_which_of_two_equal_pieces_is_meant():
    text = told("07", "rnn_cell_backward", TWICE)
    assert "One change in line" in text, text
    assert "the second time in this line" in text, text


def test_a_cache_that_borrows_is_told_beside_a_line_that_makes_out_right():
    text = told("03", "affine_forward", MIXED)
    assert "makes out right" in text, text
    assert "what differs above is a mistake of its own" in text, text


def test_where_it_is_right_is_not_read_off_one_instance():
    text = told("13", "col2im", AXES)
    assert "the axes of `dcols` in another order" in text
    assert "dx is right where N = 1, and off where N = 2 or 3." in text


def test_keys_that_are_missing_are_not_called_off():
    source = solved("04")[1]["L_model_backward"].replace("grads |= {", "grads = {")
    text = told("04", "L_model_backward", source)
    assert "there is no dZ4" in text
    assert "are off" not in text
