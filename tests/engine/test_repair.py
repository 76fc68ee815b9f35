"""One change of the student's own lines with which everything is right: the line, and its kind."""

import linecache

import numpy as np
import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.repair.source import source_of
from autograder.engine.student import Student
from tests.helpers.solved import solved, with_cell

DROPOUT = "backward_propagation_with_dropout"
BATCH = """def batchnorm_backward(dout, cache):
    x_hat, std, gamma = cache
    N = len(dout)
    up = gamma * dout
    dvar = (up * x_hat * std).sum(axis=0) * -0.5 * (std ** 2) ** -3 / 2
    dx = up / std + dvar * 2 * x_hat * std / N - (up / std).mean(axis=0)
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
"""
IN_PLACE = """def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum, mean, var = settings(bn_param, x.shape[1])
    if mode == "test":
        return gamma * (x - mean) / np.sqrt(var + eps) + beta, None
    mu, now = x.mean(axis=0), x.var(axis=0)
    bn_param["running_mean"] = momentum * mean + (1 - momentum) * mu
    bn_param["running_var"] = momentum * var + (1 - momentum) * now
    std = np.sqrt(now + eps)
    x_hat = (x - mu) / std
    out = x_hat
    out *= gamma
    out += beta
    return out, (x_hat, std, gamma)
def batchnorm_backward(dout, cache):
    x_hat, std, gamma = cache
    up = gamma * dout
    along = (up * x_hat).mean(axis=0)
    dx = (up - up.mean(axis=0) - x_hat * along) / std
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
"""
STALE = """def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    A2, cache = forward_propagation(X, parameters)
    for i in range(num_iterations):
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters
"""
RMSPROP = """\
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    new, moved = {}, {}
    for name in parameters:
        g = grads["d" + name]
        new["d" + name] = beta * s["d" + name] + (1 - beta) * g ** 2
        moved[name] = parameters[name] - learning_rate * g / np.sqrt(s["d" + name]) + epsilon
    return moved, new
"""
LAYER = """def layernorm_backward(dout, cache):
    x_hat, std, gamma = cache
    up = gamma * dout
    along = (up * x_hat).mean(axis=1, keepdims=True)
    dx = (up - up.mean(axis=1, keepdims=True) - x_hat * along) / std
    dgamma = (dout * x_hat).sum(axis=0)
    dbeta = dout.sum(axis=0)
    return dx, dgamma, dbeta
"""
#: (unit, function, the cell, what is said of it).
TOLD = {
    "brackets": (
        "11",
        "batchnorm_backward",
        BATCH,
        "One change in line 5, `dvar = (up * x_hat * std).sum(axis=0) * -0.5 * (std ** 2) ** -3 / "
        "2`, makes everything right, on each of the 4 examples tried: other brackets, as Python",
    ),
    "a name, where it raises": (
        "06a",
        DROPOUT,
        ("(2, W2, A1, Z1, D1)", "(2, W2, A1, Z1, D2)"),
        "makes everything right, on each of the 4 examples tried: another name in the place of "
        "`D2`, in `(2, W2, A1, Z1, D2)`. Ask yourself: Which array",
    ),
    "a function that is called": (
        "11",
        "batchnorm_backward",
        IN_PLACE,
        "One change in line 10 of `batchnorm_forward`, `out = x_hat`, makes everything right, on "
        "each of the 4 examples tried: an array of its own for `out`, a copy of `x_hat`",
    ),
    "a line outside of a loop": (
        "03b",
        "nn_model",
        STALE,
        "One change in line 4, `A2, cache = forward_propagation(X, parameters)`, makes everything "
        "right, on each of the 3 examples tried: this line inside of the loop of line ",
    ),
}


def report(unit, function, cell, visible=True):
    """The report on a cell, or on the solution with one piece of it replaced."""
    if isinstance(cell, tuple):
        assert cell[0] in solved(unit)[1][function]
        cell = solved(unit)[1][function].replace(*cell)
    with np.errstate(all="ignore"):
        names = with_cell(unit, cell)
        return evaluate(exercise_of(function, names), Student(names), 5, visible)


@pytest.mark.parametrize("slip", TOLD)
def test_the_line_of_a_slip_is_told_and_what_kind_of_change_it_needs(slip):
    unit, function, cell, said = TOLD[slip]
    found = report(unit, function, cell)
    assert not found.passed
    assert said in str(found)
    assert "One change" not in str(report(unit, function, cell, visible=False))


def test_two_changes_are_told_one_after_the_other():
    odd = LAYER.replace("dout * x_hat", "dout + x_hat").replace("= dout.sum", "= up.sum")
    assert report("11", "layernorm_backward", LAYER).passed
    said = str(report("11", "layernorm_backward", odd))
    assert "One change in line 6, `dgamma = (dout + x_hat).sum(axis=0)`, makes dgamma right" in said
    assert "One more change in line 7, `dbeta = up.sum(axis=0)`, makes everything right" in said


def test_of_a_mistake_that_has_a_name_the_line_is_told():
    source = solved("11")[1]["batchnorm_backward"].replace("- x_hat * along", "")
    said = report("11", "batchnorm_backward", source)
    assert said.diagnosis
    assert not any(text.startswith("Ask yourself") for text in said.advice)
    source = solved("04")[1]["linear_backward"].replace("/ m", "/ m ** 2", 1)
    said = report("04", "linear_backward", source)
    assert said.diagnosis
    assert [text for text in said.advice if text.startswith("One change in line")]


def test_what_reaches_out_of_the_function_is_not_run_again_and_again():
    for number, cell in enumerate(("def f(x):\n    open(x)", "def f(x):\n    return x + 1")):
        name, names = f"<reach {number}>", {}
        linecache.cache[name] = (len(cell), None, cell.splitlines(True), name)
        exec(compile(cell, name, "exec"), names)
        assert (source_of(names["f"]) is None) is ("open" in cell)


def test_the_first_that_deviates_is_the_first_by_the_graph_and_not_by_the_contract():
    said = str(report("11", "batchnorm_backward", IN_PLACE))
    assert "Going backward, dgamma is the first that deviates." in said
    assert "dx is the first" not in said


def test_two_changes_may_be_in_one_line():
    said = str(report("06b", "update_parameters_with_rmsprop", RMSPROP))
    assert "Two changes in line 6, `moved[name] = parameters[name] - learning_rate * g / " in said
    assert "make everything right, on each of the 5 examples tried: other brackets, as" in said
    assert "; and another name in the place of `s`. Ask yourself" in said


#: Functions of unit 08 and of unit 07, with a slip, and what is said of it.
MORE = {
    "a factor that the line before should hold": (
        "08",
        """def state_gradients(da, a, parameters):
    T = da.shape[-1]
    g = np.concatenate([np.zeros_like(da[:, :, :1]), da], axis=2)
    for t in range(T, 0, -1):
        carried = parameters["Waa"].T.dot(g[:, :, t])
        carried *= 1 - a[:, :, t] ** 2
        g[:, :, t - 1] += carried
    return g
""",
        "One change in line 6, `carried *= 1 - a[:, :, t] ** 2`, makes everything right",
    ),
    "an array that is right on some instances alone": (
        "08",
        """def truncated_bptt(x, y, a0, parameters, k):
    a = states(x, a0, parameters)
    da, dzs, back = loss(a, y)[1], np.zeros_like(a[..., 1:]), 0.0
    for t in range(x.shape[2], 0, -1):
        back = 0.0 if t % k == 0 else back
        dzs[..., t - 1] = (da[..., t - 1] + back) * (1 - a[..., t] ** 2)
        back = parameters["Waa"].T @ dzs[..., t - 1]
    return {
        "dWax": np.einsum("imt,jmt->ij", dzs, x),
        "dWaa": np.einsum("imt,jmt->ij", dzs, a[..., 1:]),
        "dba": dzs.sum(axis=2).mean(axis=1, keepdims=True),
        "da0": back,
    }
""",
        'One more change in line 11, `"dba": dzs.sum(axis=2).mean(axis=1, keepdims=True),`, makes '
        "everything right, on each of the 6 examples tried: another function",
    ),
    "a term that enters in one round alone": (
        "07",
        """def rnn_backward_tree(da, caches):
    cells, x = caches
    n_a, m, T = da.shape
    res = dict(dx=np.zeros(x.shape), da0=np.zeros((n_a, m)), dWax=np.zeros((n_a, x.shape[0])),
               dWaa=np.zeros((n_a, n_a)), dba=np.zeros((n_a, 1)))
    calls = 0
    for s in range(T):
        da_prev = np.zeros((n_a, m))
        for t in range(s, -1, -1):
            calls += 1
            g = rnn_cell_backward(da[:, :, t] + da_prev, cells[t])
            da_prev = g["da_prev"]
            res["dx"][:, :, t] += g["dxt"]
            for name in ("dWax", "dWaa", "dba"):
                res[name] += g[name]
        res["da0"] += da_prev
    return res, calls
""",
        "One change in line 11, `g = rnn_cell_backward(da[:, :, t] + da_prev, cells[t])`, makes "
        "everything right, on each of the 4 examples tried: `da[:, :, t]` only in some rounds.",
    ),
}

MORE["a zero that each round begins with"] = (
    "03",
    """def softmax_backward(dout, probs):
    dx, acc = np.zeros_like(probs), np.zeros(0)
    acc = 0.0
    for i in range(len(probs)):
        for c in range(probs.shape[1]):
            acc += dout[i, c] * probs[i, c]
        for c in range(probs.shape[1]):
            dx[i, c] = probs[i, c] * (dout[i, c] - acc)
    return dx
""",
    "One change in line 3, `acc = 0.0`, makes everything right, on each of the 4 examples tried: "
    "this line inside of the loop of line ",
)


@pytest.mark.parametrize("slip", MORE)
def test_the_line_is_told_and_not_one_that_makes_an_array_right_by_chance(slip):
    unit, function, cell, said = (MORE[slip][0], MORE[slip][1].split("(")[0][4:], *MORE[slip][1:])
    assert said in str(report(unit, function, cell))


def test_a_cache_that_is_written_into_is_right_again_for_each_change():
    cell = """def attention_backward(dout, cache):
    Q, K, V, P = cache
    Q /= np.sqrt(Q.shape[1])
    dP = dout @ V.T
    dS = P * (dP - (P * dP).sum(1, keepdims=True))
    return dS @ K / np.sqrt(Q.shape[1]), dS.T @ Q, P.T @ dout
"""
    said = report("12", "attention_backward", cell)
    assert "da-mutated-in-place" in [words.id for words in said.diagnosis]
    assert "further factor" not in str(said)


def test_what_still_writes_into_an_argument_is_no_change_that_makes_everything_right():
    cell = """def self_attention_backward(dout, cache):
    X, Wq, Wk, Wv, Wo, H, caches = cache
    d, dH = H.shape[1] // len(caches), dout @ Wo.T
    parts = [attention_backward(dH[:, h * d : h * d + d], c) for h, c in enumerate(caches)]
    dQ, dK, dV = (np.concatenate([part[n] for part in parts], axis=1) for n in range(3))
    dX = dout
    dX += dQ @ Wq.T + dK @ Wk.T + dV @ Wv.T
    dWo = H.T @ dout
    return dX, X.T @ dQ, X.T @ dK, X.T @ dV, dWo
"""
    said = str(report("12", "self_attention_backward", cell))
    assert "in line 8, `dWo" not in said
    assert "One change in line 6, `dX = dout`" in said or "One change in line 7, `dX +=" in said
