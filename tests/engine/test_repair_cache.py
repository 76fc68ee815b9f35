"""What a cache holds, what a line may also be, and what a call leaves out."""

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.student import Student
from tests.helpers.solved import solved, with_cell

KEEPS_OUT = """
def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum, rmean, rvar = settings(bn_param, x.shape[1])
    if mode == "test":
        return gamma * (x - rmean) / np.sqrt(rvar + eps) + beta, None
    mu, var = x.mean(0), x.var(0)
    bn_param["running_mean"] = momentum * rmean + (1 - momentum) * mu
    bn_param["running_var"] = momentum * rvar + (1 - momentum) * var
    std = np.sqrt(var + eps)
    z = (x - mu) / std
    z = gamma * z + beta
    cache = (z, std, gamma)
    return z, cache
"""
KEEPS_VAR = KEEPS_OUT.replace("    z = gamma * z + beta\n", "")
KEEPS_VAR = KEEPS_VAR.replace("(z, std, gamma)", "(z, var, gamma)")
KEEPS_VAR = KEEPS_VAR.replace("return z, cache", "return gamma * z + beta, cache")
KEEPS_C_TWICE = """
def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    stacked, p = np.concatenate((a_prev, xt)), parameters
    ft, it, ot = (1 / (1 + np.exp(-p["W" + k] @ stacked - p["b" + k])) for k in "fio")
    cct = np.tanh(p["Wc"] @ stacked + p["bc"])
    c_next = ft * c_prev + it * cct
    a_next = ot * np.tanh(c_next)
    e = np.exp(p["Wy"] @ a_next + p["by"])
    cache = (a_next, c_next, a_prev, c_next, ft, it, cct, ot, xt, parameters)
    return a_next, c_next, e / e.sum(axis=0), cache
"""
BATCH_BACK = """
def batchnorm_backward(dout, cache):
    x_hat, root, gamma = cache
    n = len(dout)
    d_hat = dout * gamma
    half = -0.5 * (d_hat * x_hat).sum(axis=0) * root ** (-3)
    dx = d_hat / root - d_hat.sum(axis=0) / root / n + half * 2 * x_hat * root / n
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)
"""
TWO_MEANS = """
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    new, moved = {}, {}
    for name, held in parameters.items():
        g = grads["d" + name]
        fast = beta * v["d" + name] + (1 - beta) * g
        moved["d" + name] = fast
        new[name] = held - learning_rate * (beta * fast + (1 - beta) * g)
    return new, moved
"""
NO_C_IN_DX = """
def lstm_cell_backward(da_next, dc_next, cache):
    a_next, c_next, a_prev, c_prev, f, i, g, o, xt, p = cache
    n, grads = len(a_prev), {}
    th = np.tanh(c_next)
    dc = dc_next + da_next * o * (1 - th**2)
    zf, zi, zg = dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dc * i * (1 - g**2)
    zo = da_next * th * o * (1 - o)
    Wf, Wi, Wc, Wo = p["Wf"], p["Wi"], p["Wc"], p["Wo"]
    for k, z in zip("fico", (zf, zi, zg, zo)):
        grads["dW" + k], grads["db" + k] = z @ np.vstack((a_prev, xt)).T, z.sum(1, keepdims=True)
    grads["dxt"] = Wf[:, n:].T @ zf + Wi[:, n:].T @ zi + Wo[:, n:].T @ zo
    grads["da_prev"] = Wf[:, :n].T @ zf + Wi[:, :n].T @ zi + Wc[:, :n].T @ zg + Wo[:, :n].T @ zo
    grads["dc_prev"] = dc * f
    return grads
"""
R_TWICE = """
def gru_cell_backward(dc_next, cache):
    c_prev, xt, z, r, n, p = cache
    rows = len(c_prev)
    reset, dn = r * c_prev, dc_next * z * (1 - n**2)
    dz = dc_next * (n - c_prev) * z * (1 - z)
    down = p["Wc"].T @ dn
    dr = down[:rows] * reset * r * (1 - r)
    both = p["Wu"].T @ dz + p["Wr"].T @ dr
    ins, mix = np.vstack((c_prev, xt)), np.vstack((reset, xt))
    back = {"dxt": down[rows:] + both[rows:]}
    back["dc_prev"] = dc_next * (1 - z) + down[:rows] * r + both[:rows]
    for k, d, held in (("u", dz, ins), ("r", dr, ins), ("c", dn, mix)):
        back["dW" + k], back["db" + k] = d @ held.T, d.sum(axis=1, keepdims=True)
    return back
"""
UNDER_ANOTHER_KEY = """
def L_model_backward_J(AL, Y, caches):
    g, m, dZ = {}, Y.shape[1], (AL - Y) / Y.shape[1]
    g["dZ" + str(len(caches))] = dZ
    for l in range(len(caches), 0, -1):
        (below, W, b), Z = caches[l - 1]
        g["dW" + str(l)], g["db" + str(l)] = dZ @ below.T, dZ.sum(axis=1, keepdims=True)
        g["dA" + str(l - 1)] = W.T @ dZ
        if l > 1:
            dZ = relu_backward(g["dA" + str(l - 1)], caches[l - 2][1])
            g["dA" + str(l - 1)] = dZ
    return g
"""
THREE_BRACKETS = """
def tanh_forward(x):
    return np.tanh(x), x.copy()


def tanh_backward(dout, cache):
    s, t = np.exp(cache) + np.exp(-cache), np.exp(cache) - np.exp(-cache)
    slope = (s * s - t * t) / s
    return slope * dout
"""
#: unit, function, cell, what is told.
SAID = {
    "written over before it is kept": (
        "11",
        "batchnorm_backward",
        KEEPS_OUT,
        "in line 11 of `batchnorm_forward`, `z = gamma * z + beta`, makes everything right",
    ),
    "another array kept": (
        "11",
        "batchnorm_backward",
        KEEPS_VAR,
        "of `batchnorm_forward`, `cache = (z, var, gamma)`, makes everything right, on each of "
        "the 4 examples tried: another name in the place of `var`",
    ),
    "an array kept twice": (
        "09",
        "lstm_cell_backward",
        KEEPS_C_TWICE,
        "another name in the place of `c_next`, where it stands the second time in this line",
    ),
    "a number or a factor": (
        "11",
        "batchnorm_backward",
        BATCH_BACK,
        "another number in the place of `3`, or a further factor, `root`, at",
    ),
    "a name or the whole": (
        "06b",
        "update_parameters_with_momentum",
        TWO_MEANS,
        "or a name in the place of `beta * fast + (1 - beta) * g`, which does as well",
    ),
    "a term of several": (
        "09",
        "lstm_cell_backward",
        NO_C_IN_DX,
        "a further term like the one that stands there, with `Wc` and `zg`",
    ),
    "a factor, and no slope": (
        "09",
        "gru_cell_backward",
        R_TWICE,
        "what comes back from r to zr is multiplied, entry by entry, by r once too often",
    ),
    "dZ under the name dA": (
        "04",
        "L_model_backward_J",
        UNDER_ANOTHER_KEY,
        "dZ under the name dA as well",
    ),
    "divided at either of two places": (
        "03",
        "tanh_backward",
        THREE_BRACKETS,
        "divided by `s`, or in its place `slope * dout` divided by `s` in line 9",
    ),
}
#: unit, function, what stands in the solution, what takes its place, whether a point is lost.
DEFAULTS = [
    ("04", "initialize_parameters_deep", "seed=1", "seed=7", True),
    ("04", "L_layer_model", "seed=1", "seed=3", True),
    ("04", "L_layer_model", "learning_rate=0.5", "learning_rate=0.0075", False),
    ("06a", "forward_propagation_with_dropout", "keep_prob=0.5", "keep_prob=0.8", True),
    ("06b", "random_mini_batches", "seed=0", "seed=1", True),
    ("03b", "nn_model", "num_iterations=10000", "num_iterations=1000", False),
]


def report(unit, function, source):
    names = with_cell(unit, source)
    return evaluate(exercise_of(function, names), Student(names), VISIBLE_SEED)


@pytest.mark.parametrize("kind", SAID)
def test_it_is_told(kind):
    unit, function, source, said = SAID[kind]
    assert said in str(report(unit, function, source))


def test_a_cache_that_holds_another_array_is_no_line_of_the_function_that_reads_it():
    told = str(report("09", "lstm_cell_backward", KEEPS_C_TWICE))
    assert "The line it concerns" not in told
    assert "of `lstm_cell_forward`" in told


def test_an_example_hands_over_the_cache_that_the_own_function_made():
    told = str(report("11", "batchnorm_backward", KEEPS_OUT))
    assert "gives you its arguments, `cache` among them" in told


@pytest.mark.parametrize(("unit", "function", "before", "after", "costs"), DEFAULTS)
def test_another_default_is_told_and_costs_a_point_where_a_call_leaves_it_out(
    unit, function, before, after, costs
):
    source = solved(unit)[1][function]
    assert before in source
    found = report(unit, function, source.replace(before, after, 1))
    name = before.partition("=")[0]
    assert f"In the text of the exercise `{name}` is " in str(found)
    assert costs == any(not verdict.earned for verdict in found.verdicts)
