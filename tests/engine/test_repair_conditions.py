"""A line whose condition is too much, that counts once too often, that is wrong in each branch."""

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from tests.helpers.solved import with_cell

#: (unit, the cell, what is said of it).
TOLD = {
    "a condition that excludes too much": (
        "02",
        """def contract(JL, m):
    row = np.zeros((1, JL.shape[0]))
    for i in range(JL.shape[0]):
        for j in range(m):
            if j >= i:
                row[0, i] += JL[i, j]
    return row / m
""",
        "its condition `j >= i` left out, and what stands below it done in every case.",
    ),
    "one that is never needed": (
        "06b",
        """def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    rate = learning_rate0
    if epoch_num % time_interval == 0:
        rate = learning_rate0 / (1 + decay_rate * (epoch_num // time_interval))
    return rate
""",
        "its condition `epoch_num % time_interval == 0` left out",
    ),
    "a condition in a list": (
        "02",
        """def contract(JL, m):
    return np.array([[sum(row[j] for j in range(m) if j > 0) / m for row in JL]])
""",
        "the condition `j > 0` left out.",
    ),
    "a number that is not large enough": (
        "12",
        """def attention_forward(Q, K, V, mask=None):
    S = (Q @ K.T) / np.sqrt(K.shape[1])
    if mask is not None:
        S = S + (1.0 - mask) * -1e3
    S -= S.max(axis=-1, keepdims=True)
    P = np.exp(S)
    P /= P.sum(axis=-1, keepdims=True)
    return P @ V, (Q.copy(), K.copy(), V.copy(), P)
""",
        "another number in the place of `1000.0`.",
    ),
    "a product of two arrays with one axis": (
        "12",
        """def softmax_rows_backward(dP, P):
    rows = []
    for p, g in zip(P, dP):
        rows.append((np.diag(p) - p @ p.T) @ g)
    return np.array(rows)
""",
        "another product in the place of `p @ p.T`.",
    ),
    "what scales an array after a first change": (
        "13",
        """def conv_backward_naive(dout, cache):
    x_pad, w, s, p = cache
    N, F, oh, ow = dout.shape
    kh, kw = w.shape[2:]
    dw, dx = np.zeros_like(w), np.zeros_like(x_pad)
    for i in range(oh):
        for j in range(ow):
            win = x_pad[:, :, i*s:i*s+kh, j*s:j*s+kw]
            dw += np.einsum("nf,nchw->fchw", dout[:, :, i, j], win)
            dx[:, :, i*s:i*s+kh, j:j+kw] += np.einsum("nf,fchw->nchw", dout[:, :, i, j], w)
    dw /= N
    return dx[:, :, p:-p, p:-p] if p else dx, dw, dout.sum((0, 2, 3))
""",
        "One more change in line 11, `dw /= N`, makes everything right, on each of the 4 examples "
        "tried: this line left out.",
    ),
    "a mistake in each of two branches: the first": (
        "02",
        """def jac_pointwise(z, activation):
    if activation == "sigmoid":
        a = sigmoid(z)
        slope = sigmoid(a) * (1.0 - sigmoid(a))
    elif activation == "tanh":
        slope = 1.0 - z ** 2
    else:
        slope = np.where(z > 0, 1.0, 0.0)
    return np.eye(z.shape[0]) * slope.ravel()
""",
        "One change in line 3, `a = sigmoid(z)`, makes every array right where `activation` is "
        "'sigmoid', on each of the 3 examples tried",
    ),
}


@pytest.mark.parametrize("slip", TOLD)
def test_the_kind_of_change_is_one_that_a_student_can_make(slip):
    unit, cell, said = TOLD[slip]
    names = with_cell(unit, cell)
    function = cell.split("(")[0][4:]
    found = evaluate(exercise_of(function, names), Student(names), 5)
    assert not found.passed
    assert said in str(found)


def test_a_counter_in_the_loop_over_layers_is_a_line_too_many():
    cell = """def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01,
                                beta1=0.9, beta2=0.999, epsilon=1e-8):
    new, v2, s2 = {}, {}, {}
    for k in parameters:
        g = grads["d" + k]
        v2["d" + k] = beta1 * v["d" + k] + (1 - beta1) * g
        s2["d" + k] = beta2 * s["d" + k] + (1 - beta2) * g ** 2
        step = v2["d" + k] / (1 - beta1 ** t)
        new[k] = parameters[k] - learning_rate * step / (
            np.sqrt(s2["d" + k] / (1 - beta2 ** t)) + epsilon)
        t += 1
    return new, v2, s2
"""
    names = with_cell("06b", cell)
    said = str(evaluate(exercise_of("update_parameters_with_adam", names), Student(names), 5))
    assert "`t += 1`, makes everything right" in said
    assert "this line left out" in said


def test_where_a_dtype_alone_is_wrong_no_factor_is_looked_for():
    cell = """def initialize_velocity(parameters):
    return {"d" + name: np.zeros(value.shape, dtype=int) for name, value in parameters.items()}
"""
    names = with_cell("06b", cell)
    said = str(evaluate(exercise_of("initialize_velocity", names), Student(names), 5))
    assert "integers cannot hold fractions" in said
    assert "One change" not in said


MASK_BEHIND = """def attention_forward(Q, K, V, mask=None):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    P = np.exp(scores - scores.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    if mask is not None:
        P = P * mask
    return P @ V, (Q, K, V, P)
"""


def test_a_change_that_breaks_what_held_is_none():
    """The mask before the division makes small scores right, and large ones nan."""
    names = with_cell("12", MASK_BEHIND)
    said = str(evaluate(exercise_of("attention_forward", names), Student(names), 5))
    assert "the mask comes after the softmax" in said
    assert "One change" not in said


BEHIND = """def rnn_backward(X, Y, parameters, cache):
    dWax, dWaa = np.zeros(parameters["Wax"].shape), np.zeros(parameters["Waa"].shape)
    db, dWya, dby = np.zeros(parameters["b"].shape), np.zeros(parameters["Wya"].shape), 0.0
    back, states = np.zeros(db.shape), {}
    for k in range(len(Y) - 1, -1, -1):
        x, before, after, p = cache[k]
        states[k] = after
        ds = p - np.eye(len(p))[:, [Y[k]]]
        dWya, dby = dWya + ds @ after.T, dby + ds
        dz = parameters["Wya"].T @ ds * (1 - after**2) + back
        dWax, dWaa, db = dWax + dz @ x.T, dWaa + dz @ before.T, db + dz
        back = parameters["Waa"].T @ dz
    return {"dWax": dWax, "dWaa": dWaa, "db": db, "dWya": dWya, "dby": dby}, states
"""


def test_one_change_is_told_in_the_place_of_two_mistakes_that_cancel_in_part():
    names = with_cell("10b", BEHIND)
    exercise = exercise_of("rnn_backward", names)
    hidden = evaluate(exercise, Student(names), 5, visible=False)
    assert len(hidden.diagnosis) == 2  # both have a name, and only together give these numbers
    found = evaluate(exercise, Student(names), 5)
    assert not found.diagnosis
    assert "+ back`, makes everything right" in str(found)
    assert "a further factor at `back`" in str(found)


def test_two_mistakes_that_are_two_are_told_as_two():
    cell = """def backward_propagation(parameters, cache, X, Y):
    m, A1, A2 = X.shape[1], cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - np.tanh(A1) ** 2)
    return {"dW2": dZ2 @ A1.T / m, "db2": dZ2.sum(1, keepdims=True),
            "dW1": dZ1 @ X.T / m, "db1": dZ1.sum(1, keepdims=True) / m}
"""
    names = with_cell("03b", cell)
    said = str(evaluate(exercise_of("backward_propagation", names), Student(names), 5))
    assert "Mistake 1 of 2, what you computed: " in said
    assert "Mistake 2 of 2, what you computed: " in said


def test_no_experiment_is_proposed_where_each_wrong_array_is_said():
    cell = """def optimize(X, Y, a_prev, parameters, learning_rate=0.01):
    loss, cache = rnn_forward(X, Y, a_prev, parameters)
    grads, a = rnn_backward(X, Y, parameters, cache)
    grads = clip(grads, 1)
    for name in list(parameters):
        parameters[name] = parameters[name] - learning_rate * grads["d" + name]
    return loss / len(Y), grads, a[len(Y) - 1]
"""
    names = with_cell("10b", cell)
    said = str(evaluate(exercise_of("optimize", names), Student(names), 5))
    assert "the right one clipped to [-1, 1]" in said
    assert "An experiment" not in said


def test_no_change_of_a_branch_is_told_that_makes_another_branch_wrong():
    cell = """def convert(grads, m, src, dst):
    if dst == "J":
        scale = 1.0 / m
    else:
        scale = float(m)
    signals = ("dZ", "dA")
    return {k: g * scale if k.startswith(signals) else g.copy() for k, g in grads.items()}
"""
    names = with_cell("04", cell)
    said = str(evaluate(exercise_of("convert", names), Student(names), 5))
    assert "right where `src` is" not in said
    assert "With L to L, what you return as dA0 is 5 times the right dA0." in said
