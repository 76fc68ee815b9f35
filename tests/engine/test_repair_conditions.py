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
            if i == j:
                row[0, i] += JL[i, j]
    return row / m
""",
        "its condition `i == j` left out, and what stands below it done in every case.",
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
        "One change in line 3, `a = sigmoid(z)`, makes everything right where `activation` is "
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
