"""What is said of the student's own lines: who writes into an argument, over it, or reads none."""

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.finding import find
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.repair.writers import writer
from autograder.engine.student import Student
from tests.helpers.solved import with_cell

SECOND_NAME = """
def rnn_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, next_h = cache
    back = dnext_h
    back *= 1 - next_h**2
    return back @ Wx.T, back @ Wh.T, x.T @ back, prev_h.T @ back, back.sum(axis=0)
"""
DIRECT = SECOND_NAME.replace("    back = dnext_h\n", "").replace("back *=", "dnext_h *=", 1)
DIRECT = DIRECT.replace("return back", "back = dnext_h\n    return back")
VIEW = SECOND_NAME.replace("back = dnext_h", "back = dnext_h[:]")
POPPED = """
def chain(Js, u, order):
    count, v = 0, u
    if order == "right-to-left":
        for J in Js[::-1]:
            count, v = count + J.size, J @ v
        return v, count
    left = Js.pop(0)
    for J in Js:
        count += left.size * J.shape[1]
        left = left @ J
    return left @ u, count + left.size
"""
OVER = """
def contract(JL, m):
    m, k = JL.shape
    strip = 0
    for i in range(k):
        strip = strip + JL[:, i] / m
    return strip.reshape(1, -1)
"""
OVER_IN_LOOP = """
def rnn_backward(da, caches):
    caches, x = caches
    carry, sums, dx = np.zeros(da[:, :, 0].shape), {}, np.zeros(x.shape)
    for t in reversed(range(x.shape[2])):
        da = da[:, :, t] + carry
        one = rnn_cell_backward(da, caches[t])
        dx[:, :, t], carry = one["dxt"], one["da_prev"]
        for k in ("dWax", "dWaa", "dba"):
            sums[k] = sums.get(k, 0) + one[k]
    return {"dx": dx, "da0": carry, **sums}
"""
NESTED = """
def backward_tree(root, wanted):
    for v in wanted:
        v.grad = np.zeros_like(v.data)

    def go(v, arrived):
        v.grad = v.grad + arrived
        visits = 1
        for child, slope in zip(v.operands, v.slopes):
            visits = 1 + go(child, arrived * slope)
        return visits

    total = go(root, np.ones_like(root.data))
    return [v.grad for v in wanted], total
"""
WRITTEN_DOWN = """
def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    v, s, parameters = dict(v), dict(s), dict(parameters)
    for name in parameters:
        d = "d" + name
        v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
        s[d] = beta2 * s[d] + (1 - beta2) * grads[d] ** 2
        up, down = v[d] / (1 - beta1**3), s[d] / (1 - beta2**t)
        parameters[name] = parameters[name] - learning_rate * up / (np.sqrt(down) + epsilon)
    return parameters, v, s
"""
TWO = WRITTEN_DOWN.replace("    v, s, parameters = dict(v), dict(s), dict(parameters)\n", "")
STACKED = """
def rnn_cell_backward(da_next, cache):
    a_next, a_prev, xt, p = cache
    n_a, dz = len(a_next), (1 - a_next**2) * da_next
    both = np.hstack([p["Waa"], p["Wax"]]).T @ dz
    return {
        "dxt": both,
        "da_prev": both[:n_a],
        "dWax": dz @ xt.T,
        "dWaa": dz @ a_prev.T,
        "dba": dz.sum(axis=1, keepdims=True),
    }
"""
LISTED = """
def chain(Js, u, order):
    factors, count = [*Js, u], 0
    while len(factors) > 1:
        at = len(factors) - 2 if order == "right-to-left" else 0
        left, right = factors[at : at + 2]
        count += left.shape[0] * left.shape[1] * right.shape[1]
        factors[at : at + 2] = [left]
    return factors[0], count
"""
UNREAD = """
def rnn_forward(x, a0, parameters):
    n_a = len(parameters["ba"])
    a, y, caches = np.zeros((n_a, *x.shape[1:])), [], []
    for t in range(x.shape[2]):
        a[:, :, t], y_t, cache = rnn_cell_forward(x[:, :, t], a[:, :, t - 1], parameters)
        y.append(y_t)
        caches.append(cache)
    return a, np.stack(y, axis=2), (caches, x.copy())
"""
FIRST_STEPS = """
def rnn_backward(da, caches):
    caches, x = caches
    carry, sums, dx = np.zeros(da[:, :, 0].shape), {}, []
    for t in reversed(range(x.shape[2])):
        one = rnn_cell_backward(da[:, :, t] + carry, caches[t])
        carry = one["da_prev"]
        for k in ("dWax", "dWaa", "dba"):
            sums[k] = sums.get(k, 0) + one[k]
        dx.insert(0, one["dxt"])
    return {"dx": np.stack(dx[:2], axis=2), "da0": carry, **sums}
"""
SLOPE_OF_RESULT = """
def jac_pointwise(z, activation):
    slopes = {
        "sigmoid": lambda: sigmoid(z),
        "tanh": lambda: 1 - np.tanh(z) ** 2,
        "relu": lambda: (z > 0).astype(float),
    }
    return np.diag(slopes[activation]().ravel())
"""
EXCHANGED = """
def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    p, n_a = parameters, len(a_prev)
    stack = np.concatenate([a_prev, xt])
    ft, it, ot = (sigmoid(p["W" + k] @ stack + p["b" + k]) for k in "fio")
    cct = np.tanh(p["Wc"] @ stack + p["bc"])
    c_next = (1 - ft) * cct + ft * c_prev
    a_next = ot * np.tanh(c_next)
    y = softmax(p["Wy"] @ a_next + p["by"])
    return a_next, c_next, y, (a_next, c_next, a_prev, c_prev, ft, it, cct, ot, xt, parameters)
"""
UNPACKED = """
def affine_backward(dout, cache):
    w, x, shape = cache
    return (dout @ w.T).reshape(shape), x.T @ dout, dout.sum(axis=0)
"""
ONE_ARRAY = """
def lstm_backward(da, caches):
    caches, x = caches
    n_a, m, T = da.shape
    dx, back, up = np.zeros(x.shape), np.zeros((n_a, m)), np.zeros((n_a, m))
    grads = {f"dW{k}": np.zeros((n_a, n_a + len(x))) for k in "fico"}
    dbf = dbi = dbc = dbo = np.zeros((n_a, 1))
    for t in reversed(range(T)):
        one = lstm_cell_backward(da[:, :, t] + back, up, caches[t])
        dx[:, :, t], back, up = one["dxt"], one["da_prev"], one["dc_prev"]
        for k in grads:
            grads[k] += one[k]
        dbf += one["dbf"]
        dbi += one["dbi"]
        dbc += one["dbc"]
        dbo += one["dbo"]
    return {"dx": dx, "da0": back, **grads, "dbf": dbf, "dbi": dbi, "dbc": dbc, "dbo": dbo}
"""
LARGEST = """
def max_pool_forward_naive(x, pool_param):
    ph, pw, s = (pool_param[k] for k in ("pool_height", "pool_width", "stride"))
    N, C, H, W = x.shape
    out = np.zeros((N, C, 1 + (H - ph) // s, 1 + (W - pw) // s))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            for h in range(ph):
                for k in range(pw):
                    pixel = x[:, :, i * s + h, j * s + k]
                    out[:, :, i, j] = np.maximum(out[:, :, i, j], pixel)
    return out, (x.copy(), out.copy(), ph, pw, s)
"""
REST = """
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    perm = np.random.RandomState(seed).permutation(m)
    Xs, Ys = X[:, perm], Y[:, perm]
    full = m // mini_batch_size
    batches = []
    for k in range(full):
        a, b = k * mini_batch_size, (k + 1) * mini_batch_size
        batches.append((Xs[:, a:b], Ys[:, a:b]))
    if m % mini_batch_size != 0:
        batches.append((Xs[:, full:], Ys[:, full:]))
    return batches
"""
SQUARED = """
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    keep, fresh = beta, 1 - beta
    P, S = {}, {}
    for n in parameters:
        g = grads["d" + n]
        S["d" + n] = keep * s["d" + n] + np.square(fresh * g)
        P[n] = parameters[n] - learning_rate * g / (np.sqrt(S["d" + n]) + epsilon)
    return P, S
"""
DEFAULT = """
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-6):
    P, S = {}, {}
    for n in parameters:
        S["d" + n] = beta * s["d" + n] + (1 - beta) * grads["d" + n] ** 2
        P[n] = parameters[n] - learning_rate * grads["d" + n] / (np.sqrt(S["d" + n]) + epsilon)
    return P, S
"""
BEHIND_ITS_LOOP = """
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    P, S = dict(parameters), dict(s)
    for d in S:
        S[d] = beta * S[d] + (1 - beta) * grads[d] ** 2
    P[d[1:]] = P[d[1:]] - learning_rate * grads[d] / (np.sqrt(S[d]) + epsilon)
    return P, S
"""
MET_BEFORE = """
def count_paths(root, node):
    found, seen, todo = 0, [], [root]
    while todo:
        v = todo.pop()
        if v is node:
            found += 1
            continue
        if any(v is s for s in seen):
            continue
        seen.append(v)
        todo += v.operands
    return found
"""
IMMEDIATE = """
def rtrl_dWaa(x, a0, parameters, da):
    Waa, (n_a, m, T) = parameters["Waa"], da.shape
    dWaa, R, a_prev = np.zeros((n_a, n_a)), np.zeros((n_a, n_a, n_a, m)), a0
    for t in range(T):
        a_next = rnn_cell_forward(x[:, :, t], a_prev, parameters)[0]
        slope, new = 1 - a_next**2, np.zeros_like(R)
        for i in range(n_a):
            for j in range(n_a):
                new[i] += slope[i] * Waa[i, j] * R[j]
            new[i, i] += a_prev
        R, a_prev = new, a_next
        for i in range(n_a):
            dWaa += (R[i] * da[i, :, t]).sum(axis=2)
    return dWaa
"""
#: unit, function, cell, what is told.
SAID = {
    "another default": (
        "06b",
        "update_parameters_with_rmsprop",
        DEFAULT,
        "In the text of the exercise `epsilon` is 1e-08 where a call does not say what it is; in "
        "line 2 it is 1e-06.",
    ),
    "a line behind its loop": (
        "06b",
        "update_parameters_with_rmsprop",
        BEHIND_ITS_LOOP,
        "this line inside of the loop of line 4.",
    ),
    "a condition too many": (
        "01",
        "count_paths",
        MET_BEFORE,
        "this condition, and what stands below it, left out",
    ),
    "a part of an array as a factor": (
        "07",
        "rtrl_dWaa",
        IMMEDIATE,
        "a further factor, `slope[i]`, at `a_prev`",
    ),
    "an expression for a name": (
        "09",
        "lstm_cell_forward",
        EXCHANGED,
        "a name in the place of `1 - ft`",
    ),
    "a cache in another order": (
        "03",
        "affine_backward",
        UNPACKED,
        "One change in line 3, `w, x, shape = cache`, makes everything right, on each of the 4 "
        "examples tried: `w` and `x` in the other order.",
    ),
    "several names of one array": (
        "09",
        "lstm_backward",
        ONE_ARRAY,
        "an array of its own for each of `dbf`, `dbi`, `dbc`, `dbo`",
    ),
    "a search for the largest": (
        "13",
        "max_pool_forward_naive",
        LARGEST,
        "another number to begin with than the 0 of",
    ),
    "a factor wherever a name stands": (
        "06b",
        "random_mini_batches",
        REST,
        "a further factor at `full`, wherever it stands in this line",
    ),
    "a factor too many": (
        "06b",
        "update_parameters_with_rmsprop",
        SQUARED,
        "`np.square(fresh * g)` divided by `fresh`",
    ),
    "a second name": (
        "07b",
        "rnn_step_backward",
        SECOND_NAME,
        "Line 5, `back *= 1 - next_h**2`, writes into the caller's `dnext_h`: `back` is a second "
        "name of that array, and no copy of it.",
    ),
    "the argument's own": (
        "07b",
        "rnn_step_backward",
        DIRECT,
        "Line 4, `dnext_h *= 1 - next_h**2`, writes into the caller's `dnext_h`.",
    ),
    "a view": ("07b", "rnn_step_backward", VIEW, "`back` is a view of that array"),
    "an entry that is taken out": (
        "02",
        "chain",
        POPPED,
        "Line 8, `left = Js.pop(0)`, changes the caller's `Js`.",
    ),
    "an argument written over": (
        "02",
        "contract",
        OVER,
        "One change in line 3, `m, k = JL.shape`, makes everything right, on each of the 5 "
        "examples tried: the argument `m` kept as it came in, which this line writes over.",
    ),
    "an argument written over in a loop": (
        "07",
        "rnn_backward",
        OVER_IN_LOOP,
        "the argument `da` kept as it came in",
    ),
    "a name of an inner function": ("01", "backward_tree", NESTED, "a name in the place of `1`"),
    "a number written down": (
        "06b",
        "update_parameters_with_adam",
        WRITTEN_DOWN,
        "a name in the place of `3`",
    ),
    "a part of a name": ("07", "rnn_cell_backward", STACKED, "a part of `both`"),
    "an array of a list": (
        "02",
        "chain",
        LISTED,
        "a product with a further array at `left`",
    ),
    "an argument that nobody reads": (
        "07",
        "rnn_forward",
        UNREAD,
        "`a0` comes in and is read nowhere.",
    ),
    "entries that lack": (
        "07",
        "rnn_backward",
        FIRST_STEPS,
        "What you return as dx is the first steps of the right dx alone.",
    ),
    "one term alone": (
        "02",
        "jac_pointwise",
        SLOPE_OF_RESULT,
        "Where it is wrong, what you return as jacobian is the diagonal matrix of σ(z).",
    ),
}


def told(unit, function, cell):
    names = with_cell(unit, cell)
    return str(evaluate(exercise_of(function, names), Student(names), VISIBLE_SEED))


@pytest.mark.parametrize("kind", SAID)
def test_it_is_told(kind):
    unit, function, cell, said = SAID[kind]
    text = told(unit, function, cell)
    assert said in text, text


def test_of_two_mistakes_of_which_one_writes_into_an_argument_both_lines_are_told():
    text = told("06b", "update_parameters_with_adam", TWO)
    assert "Line 7, `v[d] = beta1 * v[d] + (1 - beta1) * grads[d]`, writes into" in text, text
    assert "makes W1, W2, W3, b1, b2 and b3 right" in text, text
    assert "a name in the place of `3`" in text, text
    assert "t - 1" not in text, text  # a formula that fits the one instance of a third layer


def test_nothing_is_shown_of_the_runs_in_which_a_writing_line_is_looked_for(capsys):
    cell = SECOND_NAME.replace("    back = dnext_h\n", "    back = dnext_h\n    print('here')\n")
    names = with_cell("07b", cell)
    exercise, student = exercise_of("rnn_step_backward", names), Student(names)
    findings = find(exercise, student, VISIBLE_SEED)
    before = capsys.readouterr().out.count("here")
    assert before > 0
    assert writer(exercise, student, findings, VISIBLE_SEED).startswith("Line 6, ")
    assert "here" not in capsys.readouterr().out


def test_what_is_added_to_is_read_and_an_array_may_be_a_default():
    cell = UNREAD.replace("    n_a = len", "    steps = 0\n    steps += 1\n    n_a = len")
    assert "`steps` is computed" not in told("07", "rnn_forward", cell)
    cell = DEFAULT.replace("epsilon=1e-6", "epsilon=np.zeros(2)")
    assert "In the text of the exercise" not in told("06b", "update_parameters_with_rmsprop", cell)
