"""Terms that count too often, numbers at another place, and which of two equal names is meant."""

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.student import Student
from tests.helpers.solved import with_cell

INNER = """
def rnn_step_forward(x, prev_h, Wx, Wh, b):
    z = np.zeros_like(prev_h) + prev_h @ Wh
    for d in range(x.shape[1]):
        z += np.outer(x[:, d], Wx[d]) + b
    next_h = np.tanh(z)
    return next_h, (x.copy(), prev_h.copy(), Wx, Wh, next_h)
"""
LAST = """
def rnn_backward(dh, cache):
    N, T, H = dh.shape
    carry, parts = dh[:, T - 1], []
    for t in reversed(range(T)):
        dx, carry, *rest = rnn_step_backward(dh[:, t] + carry, cache[t])
        parts.append((dx, rest))
    dWx, dWh, db = (sum(rest[k] for _, rest in parts) for k in range(3))
    return np.stack([dx for dx, _ in parts[::-1]], axis=1), carry, dWx, dWh, db
"""
MASK = """
def relu_backward(dout, cache):
    dx = dout.copy()
    dx[dx <= 0] = 0
    return dx
"""
OTHER_PLACES = """
def backward(root, wanted):
    order = topo_order(root)[::-1]
    for node in order:
        node.grad = np.zeros_like(node.data)
    root.grad = np.ones_like(root.data)
    for node in order:
        for operand, slope in zip(node.operands, node.slopes):
            operand.grad = operand.grad + slope * node.grad
    return [node.grad for node in order], len(order)
"""
NEGATIVE = """
def softmax_loss(x, y):
    z = x - x.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    rows = np.arange(len(y))
    dx = p
    dx[rows, y] -= 1
    return -np.log(p[rows, y]).mean(), dx / len(y)
"""


def told(unit, function, source):
    names = with_cell(unit, source)
    return str(evaluate(exercise_of(function, names), Student(names), VISIBLE_SEED))


@pytest.mark.parametrize(
    ("unit", "function", "source", "said"),
    [
        ("07b", "rnn_step_forward", INNER, "`b` only in some rounds. Ask yourself: How often does"),
        ("07b", "rnn_backward", LAST, "`dh[:, T - 1]` left out, as if zeros stood there"),
        ("03", "relu_backward", MASK, "another name in the place of `dx`, in `dx <= 0`"),
    ],
)
def test_one_change_is_told_as_what_it_is(unit, function, source, said):
    report = told(unit, function, source)
    assert said in report
    assert "does your line lack" not in report


def test_gradients_in_the_order_of_the_pass_are_told_by_their_places():
    report = told("01", "backward", OTHER_PLACES)
    assert "Every grad v is right, at another place" in report
    assert "slope of ReLU" not in report


def test_what_is_never_finite_is_no_overflow():
    report = told("03", "softmax_loss", NEGATIVE)
    assert "overflow" not in report
    assert "not finite for small scores either" in report
