"""Units 01, 02 and 03b: what is said of a slip is true of the function that it stands in."""

from __future__ import annotations

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from tests.helpers.solved import with_cell

POINTWISE = """
def jac_pointwise(z, activation):
    a = {"sigmoid": 1 / (1 + np.exp(-z)), "tanh": np.tanh(z), "relu": np.maximum(z, 0)}[activation]
    slope = {"sigmoid": a * (1 - a), "tanh": 1 - a * a, "relu": 1.0 * (z > 0)}[activation]
    return np.diag((SLIP).ravel())
"""
VJP = """
def vjp_linear(dz, W, a):
    da, dW, db = W.T @ dz, dz @ a.T, dz.copy()
    SLIP
    return da, dW, db
"""
HIDDEN = """
def backward_propagation(parameters, cache, X, Y):
    m, A1, A2 = X.shape[1], cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dZ1 = (parameters["W2"].T @ dZ2) * (1 - A1**2)
    dW2, db2 = dZ2 @ A1.T / m, dZ2.sum(axis=1, keepdims=True) / m
    dW1, db1 = dZ1 @ X.T / m, dZ1.sum(axis=1, keepdims=True) / m
    SLIP
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
"""
SIGNALS = """
def backward_signals(parameters, cache, X, Y, convention="L"):
    m, A1, A2 = X.shape[1], cache["A1"], cache["A2"]
    dZ2 = (A2 - Y) / (m if convention == "J" else 1)
    dA1 = parameters["W2"].T @ dZ2
    dZ1 = dA1 * (1 - A1**2)
    SLIP
    return {"dZ2": dZ2, "dA1": dA1, "dZ1": dZ1}
"""
#: Unit, function, its code and the line of the slip, words that are said, words that are not.
SAID = {
    "a Jacobian below zero": (
        ("02", "jac_pointwise", POINTWISE, "-slope if activation == 'sigmoid' else slope"),
        ("never fall", "the Jacobian with the opposite sign"),
        ("-J", "prediction", "dZ", "The vector of losses"),
    ),
    "values on the diagonal": (
        ("02", "jac_pointwise", POINTWISE, "a"),
        ("at z = 0",),
        ("Z = 0", "a gradient that"),
    ),
    "1 - a": (
        ("02", "jac_pointwise", POINTWISE, "1 - a if activation == 'tanh' else slope"),
        ("1 - a on the diagonal",),
        ("1 - A", "Z = 0"),
    ),
    "a squeezed db": (
        ("02", "vjp_linear", VJP, "db = db.reshape(-1)"),
        ("a db of shape (n,)",),
        ("keepdims",),
    ),
    "da made with a loop that leaves a row out": (
        ("02", "vjp_linear", VJP, "da = sum(W[i:i + 1].T * dz[i, 0] for i in range(len(dz) - 1))"),
        ("from z to a", "row"),
        ("A_prev", "from Z"),
    ),
    "the derivative by a": (
        (
            "02",
            "loss_vector_jacobian",
            "\ndef loss_vector_jacobian(A, Y):\n    return np.diagflat(SLIP)\n",
            "(1 - Y) / (1 - A) - Y / A",
        ),
        ("Which factor lies between the two",),
        ("dZ",),
    ),
    "a strip summed over the entries of q": (
        ("02", "contract", "\ndef contract(JL, m):\n    return SLIP\n", "JL.sum(axis=0)[None] / m"),
        ("over which one does your sum run",),
        ("a mixture", "example 2"),
    ),
    "a strip that is a sum": (
        ("02", "contract", "\ndef contract(JL, m):\n    return SLIP\n", "np.ones((1, m)) @ JL.T"),
        ("By which number has their sum",),
        ("down to W",),
    ),
    "db1 from dW1": (
        ("03b", "backward_propagation", HIDDEN, "db1 = dW1 @ np.ones((X.shape[0], 1))"),
        ("Does b1 meet X",),
        ("A_prev",),
    ),
    "db1 as a number": (
        ("03b", "backward_propagation", HIDDEN, "db1 = dZ1.mean(axis=1).sum()"),
        ("which shapes have b1 and b2",),
        ("right for one output unit",),
    ),
    "one class": (
        ("03b", "backward_propagation", HIDDEN.replace("A2 - Y", "Y * (A2 - 1)"), ""),
        ("What does your dZ2 say",),
        ("dAL",),
    ),
    "dZ1 under two names": (
        ("03b", "backward_signals", SIGNALS, "dA1 = dZ1"),
        ("dA1 holds dZ1",),
        ("what was written into one", "grads['dA1']"),
    ),
    "signals averaged on the way": (
        ("03b", "backward_signals", SIGNALS, "dA1, dZ1 = dA1 / m, dZ1 / m"),
        ("of dZ2 with that of dA1",),
        ("dW2", "dW1"),
    ),
}


@pytest.mark.parametrize("slip", SAID)
def test_what_is_said_is_true_of_this_function(slip: str) -> None:
    (unit, name, code, line), words, never = SAID[slip]
    names = with_cell(unit, code.replace("SLIP", line))
    report = evaluate(exercise_of(name, names), Student(names), 5)
    told = str(report)
    assert all(part in told for part in words), told
    said = told.split("What you computed", 1)[1]  # above it stand arrays and properties
    assert not any(part in said for part in never), told
