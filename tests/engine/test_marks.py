"""The marks are true: what cannot be told while something else is wrong is not checked."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.properties import AGAIN_CHANGED
from autograder.engine.report.text import text
from autograder.engine.report.verdict import MARKS, ReportData, Verdict
from autograder.engine.student import Student
from autograder.observe import observe
from tests.helpers.solved import with_cell

#: By what is wrong: the unit, the function, a cell, and the marks in the order of the properties.
SLIPS = {
    "writes into da, which another call meets": (
        "08",
        "state_gradients",
        """
right_one = state_gradients
def state_gradients(da, *rest):
    g = right_one(da, *rest)
    da += 1.0
    return g
""",
        "✓✓✗✗",
    ),
    "writes into dA what a second call writes as well": (
        "04",
        "relu_backward",
        """
def relu_backward(dA, Z):
    dA[Z <= 0] = 0
    return dA
""",
        "✓✓✗✓",
    ),
    "the bias has another shape": (
        "06b",
        "initialize_velocity",
        """
def initialize_velocity(parameters):
    shapes = {n: p.shape if n[0] == "W" else p.shape[:1] for n, p in parameters.items()}
    return {f"d{n}": np.zeros(shape) for n, shape in shapes.items()}
""",
        "✗···",
    ),
    "letters for indices": (
        "10b",
        "sample",
        """
right_one = sample
def sample(parameters, char_to_ix, seed):
    return "".join("abcdefg"[n] for n in right_one(parameters, char_to_ix, seed))
""",
        "✗·····",
    ),
    "a flat index": (
        "05",
        "grad_check",
        """
right_one = grad_check
def grad_check(f, parameters, grads, h=1e-5):
    errors, (name, index), kinks = right_one(f, parameters, grads, h)
    return errors, (name, int(np.ravel_multi_index(index, grads[name].shape))), kinks
""",
        "✓✗✓✓",
    ),
    "other numbers in the right shape": (
        "05",
        "numerical_gradient",
        """
right_one = numerical_gradient
def numerical_gradient(f, theta, h=1e-5):
    return right_one(f, theta, h) * h**2
""",
        "✗··✓",
    ),
    "b is written into while everything else holds": (
        "05",
        "relative_error",
        """
right_one = relative_error
def relative_error(a, b):
    error = right_one(a, b)
    b *= 2.0
    return error
""",
        "✗✓✓",
    ),
    "rejects right answers, and not all": (
        "05",
        "accepts",
        """
right_one = accepts
def accepts(case, output):
    m = case["dZ"].shape[1]
    return right_one(case, {**output, "dA_prev": output["dA_prev"] * m})
""",
        "✗··",
    ),
    "the mean takes beta for 1 - beta in the biases": (
        "06b",
        "update_parameters_with_momentum",
        """
right_one = update_parameters_with_momentum
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    new, kept = {}, {}
    for n, p in parameters.items():
        old = beta if n[0] == "W" else 1 - beta
        kept[f"d{n}"] = old * v[f"d{n}"] + (1 - beta) * grads[f"d{n}"]
        new[n] = p - learning_rate * kept[f"d{n}"]
    return new, kept
""",
        "✓✗✗✗✓✓",
    ),
    "carries the state, and steps up": (
        "08",
        "chunked_train_step",
        """
right_one = chunked_train_step
def chunked_train_step(x, y, a0, parameters, k, learning_rate, max_norm):
    return right_one(x, y, a0, parameters, k, -learning_rate, max_norm)
""",
        "✓✗✓✓",
    ),
    "each chunk starts from a0": (
        "08",
        "chunked_train_step",
        """
right_one = chunked_train_step
def chunked_train_step(x, y, a0, parameters, k, learning_rate, max_norm):
    for t in range(0, x.shape[2], k):
        part = x[:, :, t:t + k], y[:, :, t:t + k]
        parameters, a = right_one(*part, a0, parameters, k, learning_rate, max_norm)
    return parameters, a
""",
        "✓✗✗✓",
    ),
    "each node once, and the root first": (
        "01",
        "topo_order",
        """
right_one = topo_order
def topo_order(root):
    return list(right_one(root))[::-1]
""",
        "✗✓",
    ),
    "v has the length 1": (
        "02",
        "chain",
        """
right_one = chain
def chain(Js, u, order):
    v, mults = right_one(Js, u, order)
    return v / np.linalg.norm(v), mults
""",
        "✓✗✓·✓",
    ),
    "0 for 1": (
        "03b",
        "predict",
        """
right_one = predict
def predict(parameters, X):
    return 1 - np.asarray(right_one(parameters, X), dtype=float)
""",
        "✓✗·✓",
    ),
    "dA is kept after the gate of its ReLU": (
        "06a",
        "backward_propagation_with_dropout",
        """
right_one = backward_propagation_with_dropout
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    grads = right_one(X, Y, cache, keep_prob)
    return {**grads, **{f"dA{n}": grads[f"dZ{n}"].copy() for n in (1, 2)}}
""",
        "✓·✓✓✓✗✓✓",
    ),
}


@pytest.mark.parametrize("wrong", SLIPS)
def test_the_marks_are_true(wrong: str) -> None:
    unit, name, cell, wanted = SLIPS[wrong]
    names = with_cell(unit, cell)
    report = evaluate(exercise_of(name, names), Student(names), VISIBLE_SEED)
    assert "".join(MARKS[v.status] for v in report.verdicts) == wanted, text(report)
    bare = [line for line in text(report).splitlines() if line.startswith(("  ✗", "  ·"))]
    assert all(line.endswith(")") for line in bare), text(report)


def test_what_changed_is_said_of_the_second_call() -> None:
    unit, name, cell, _ = SLIPS["writes into da, which another call meets"]
    names = with_cell(unit, cell)
    report = evaluate(exercise_of(name, names), Student(names), VISIBLE_SEED)
    assert AGAIN_CHANGED in text(report)


def test_a_reason_that_was_told_is_pointed_to() -> None:
    told = [Verdict(f"f__{n}", "failed", f"does {n}", "it changes x") for n in ("one", "two")]
    lines = text(ReportData("f", tuple(told))).splitlines()
    assert lines[1:3] == ["  ✗ does one (it changes x)", "  ✗ does two (as above)"]


def test_several_calls_get_the_very_arrays() -> None:
    def doubled(x: np.ndarray) -> np.ndarray:
        x *= 2
        return x.copy()

    once, twice = (observe(doubled, (np.ones(2),), calls=n) for n in (1, 2))
    assert (once.value[0], twice.value[0]) == (2.0, 4.0)
    assert twice.changed == ("0",)
