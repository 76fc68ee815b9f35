"""Slips without a name in the catalogue: each report says which array came back instead."""

from functools import cache

import numpy as np
import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from tests.helpers.solved import solved, with_cell

SOFTMAX = "return probs * (dout - inner)"
DOT = "np.sum(dout * probs, axis=1, keepdims=True)"
TWO_SLOPES = """
def jac_pointwise(z, activation):
    s, t = sigmoid(z), np.tanh(z)
    slopes = {"sigmoid": s * (1 + s), "tanh": 1 - t, "relu": (z > 0) * 1.0}
    return np.diagflat(slopes[activation])
"""
#: (unit, function, its changes or a whole cell, what the report says).
TOLD = (
    (
        "03",
        "softmax_backward",
        (SOFTMAX, "return dout * (probs - inner)"),
        f"dout * (probs - {DOT})",
    ),
    ("03", "softmax_backward", (SOFTMAX, "return dout - probs * inner"), f"dout - probs * {DOT}"),
    ("03", "softmax_backward", (SOFTMAX, "return dout * (1 - inner)"), f"dout * (1 - {DOT})"),
    ("03", "softmax_backward", ("(dout - inner)", "(dout + inner)"), f"probs * (dout + {DOT})"),
    (
        "03",
        "softmax_backward",
        ("np.sum(probs", "np.mean(probs"),
        f"probs * (dout - {DOT.replace('sum', 'mean')})",
    ),
    (
        "03",
        "softmax_backward",
        ("probs * dout, axis", "probs * probs * dout, axis"),
        "probs * (dout - np.sum(dout * probs * probs, axis=1, keepdims=True))",
    ),
    ("03", "softmax_backward", (SOFTMAX, "return probs * (dout - probs)"), "minus probs squared"),
    ("03", "sigmoid_backward", ("* (1 - out)", "* 1 - out"), "dout * cache minus cache"),
    ("03", "sigmoid_backward", ("dout * out *", "dout + out *"), "dout + cache * (1 - cache)"),
    ("03", "tanh_backward", ("dout * (1 -", "dout + (1 -"), "dout + (1 - cache**2)"),
    ("03", "softmax_backward", (SOFTMAX, "return probs + dout - inner"), "dout + (probs - "),
    (
        "07",
        "rnn_cell_backward",
        ("da_next * (1 - a_next**2)", "da_next + (1 - a_next**2)"),
        " is da_next + (1 - a_next**2).",
    ),
    (
        "09",
        "lstm_cell_backward",
        ('"dc_prev": dc * ft', '"dc_prev": dc_next * ft'),
        "only what is handed over as the gradient at c, without what comes back to it inside",
    ),
    (
        "09",
        "lstm_cell_backward",
        ('"o": da_next * np', '"o": dc * np'),
        "the gradient at c in the place of that at a",
    ),
    (
        "06a",
        "backward_propagation_with_dropout",
        ("axis=1, keepdims=True) / m", "axis=1, keepdims=True) / m / keep_prob"),
        "`np.sum(dZ, axis=1, keepdims=True) / m / keep_prob`, where "
        "`np.sum(dZ, axis=1, keepdims=True) / m` is right",
    ),
    (
        "06a",
        "clip_by_norm",
        (
            "np.sqrt(sum(np.sum(g**2) for g in gradients.values()))",
            "sum(map(np.linalg.norm, gradients.values()))",
        ),
        "g * np.minimum(1, max_norm / sum(np.sqrt(np.sum(g**2)) over all g))",
    ),
    (
        "06a",
        "compute_cost_with_regularization",
        ("lambd / (2 * Y.shape[1])", "lambd / 2 * Y.shape[1]"),
        "cross_entropy_cost + lambd / 2 * m * sum(np.sum(W**2) over all W)`, where",
    ),
    (
        "06a",
        "embedding_backward",
        (
            "words, dout)",
            "words, dout)\n    dW /= np.maximum(np.bincount(words.ravel(), "
            "minlength=V), 1)[:, None]",
        ),
        "divided by the number of places at which its word stands",
    ),
    (
        "06b",
        "update_parameters_with_adam",
        ("beta1**t", "beta1 * t"),
        "W - learning_rate * (v / (1 - beta1 * t)) / (np.sqrt(s / (1 - beta2**t)) + epsilon)",
    ),
    (
        "06b",
        "update_parameters_with_rmsprop",
        (
            '(np.sqrt(s[f"d{name}"]) + epsilon)',
            'np.sqrt(s[f"d{name}"]) + epsilon',
        ),
        "W - learning_rate * dW / np.sqrt(s) + epsilon",
    ),
    (
        "06b",
        "update_lr",
        ("(1 + decay_rate * ", "(1 + decay_rate) * ("),
        "(1 + decay_rate) * epoch",
    ),
    ("03", "softmax_loss", ("y] -= 1", "y] += 1"), "`(softmax(x) + one_hot(y)) / N`, where"),
    (
        "03",
        "softmax_loss",
        ("dx = np.exp(log_p)", "dx = 1 * log_p"),
        "`(np.log(softmax(x)) - one_hot(y)) / N`, where",
    ),
    ("03", "softmax_loss", ("sum(axis=1", "sum(axis=0"), "softmax over the wrong axis"),
    ("04", "sigmoid_backward", ("A * (1 - A)", "A - A ** 2"), "σ(Z) * (dA - σ(Z))"),
    (
        "02",
        "jac_pointwise",
        TWO_SLOPES,
        "With sigmoid, what you return as jacobian is `np.eye(n) * (sigmoid(z) * (1 + sigmoid",
    ),
    (
        "02",
        "jac_pointwise",
        TWO_SLOPES,
        "With tanh, what you return as jacobian is `np.eye(n) * (1 - tanh(z))`",
    ),
    ("02", "loss_vector_jacobian", ("(A - Y)", "(Y - A) / A.size"), "-1/m times"),
    ("03b", "backward_propagation", ('"db2": dZ2', '"db2": dZ1'), "as db2 is the right db1"),
    ("04", "L_model_forward", ("layer < L", "layer < L - 1"), "at the last but one layer alone"),
    ("08", "grad_norms", ("axis=(0, 1)", "axis=0"), "the norm along it is the right norms"),
    ("08", "grad_norms", ("axis=(0, 1))", "axis=(0, 1))[1:]"), "without its first entry"),
    (
        "07",
        "rnn_cell_backward",
        ("da_next * (1 - a_next**2)", "da_next * 1 - a_next**2"),
        " is da_next minus a_next squared, ",
    ),
    (
        "07b",
        "rnn_step_backward",
        ("(1 - next_h**2)", "1 - next_h**2"),
        " is dnext_h minus next_h squared, ",
    ),
    (
        "03b",
        "backward_propagation",
        ("(1 - A1**2)", "1 - A1**2"),
        "The dZ1 in your dW1 and db1 is dA1 minus A1 squared",
    ),
    (
        "04",
        "linear_activation_backward",
        ("backward(dA, Z), linear", "backward(dA, Z) + Z, linear"),
        "the right dZ plus Z",
    ),
    ("00", "products_that_fit", ("left[0] != right[0] and fits", "fits"), "no product of P and Q"),
    ("05", "relative_error", ("np.abs(a - b).max()", "np.linalg.norm(a - b)"), "‖a - b‖ / max("),
    ("05", "grad_check", ("np.abs(right - left) >", "right - left >"), "without the sign"),
    ("05", "grad_check", ("max(errors", "min(errors"), "the array with the smallest error"),
)


@cache
def told(unit, function, change):
    """The report on the solution of a function with this change."""
    source = solved(unit)[1][function]
    if isinstance(change, tuple):
        assert source.count(change[0]) >= 1, change
        source = source.replace(*change)
    else:
        source = change
    with np.errstate(all="ignore"):
        names = with_cell(unit, source)
        return evaluate(exercise_of(function, names), Student(names), 5)


@pytest.mark.parametrize(("unit", "function", "change", "said"), TOLD)
def test_the_report_says_what_came_back(unit, function, change, said):
    report = told(unit, function, change)
    assert not report.passed
    assert said in str(report)


def test_a_mask_that_is_turned_over_is_no_new_one():
    report = told("06a", "backward_propagation_with_dropout", ("dZ * D /", "dZ * (1 - D) /"))
    assert [words.id for words in report.diagnosis] == ["dropout-mask-inverted"]


def test_a_mask_that_keeps_as_many_by_chance_is_not_turned_over():
    report = told(
        "06a", "forward_propagation_with_dropout", ("rng.random(", "rng.standard_normal(")
    )
    assert report.diagnosis == ()


def test_no_product_of_matrices_is_advised_where_a_slope_is_that_of_another_layer():
    report = str(told("04", "L_model_backward", ("caches[layer - 2][1]", "caches[layer - 1][1]")))
    assert "was called in line" in report
    assert "`@`" not in report


def test_no_trait_is_told_that_others_explain_as_well():
    change = ("slice(start, start + k)", "slice(start, start + k + 1)")
    assert "is right where m = 1" not in str(told("08", "chunked_train_step", change))


def test_nodes_of_expressions_are_not_compared_by_their_numbers():
    change = ("operand.grad + slope * node.grad", "operand.grad + slope * node.grad ** 2")
    report = str(told("01", "backward", change))
    assert "the right grad v" not in report
    assert "off only on the example" not in report
