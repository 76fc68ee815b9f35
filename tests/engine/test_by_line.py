"""A line is judged by what the student's own lines handed to it; a loop by its steps."""

import numpy as np
import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.student import Student
from tests.helpers.solved import solved, with_cell

MASKED = """            grads[f"dA{n - 1}"] = W.T @ dZ * D / keep_prob
            dZ = grads[f"dA{n - 1}"] * (Z > 0)"""
BEFORE = """            dA = W.T @ dZ
            dZ = dA * (Z > 0)
            grads[f"dA{n - 1}"] = dA * D / keep_prob"""
DROPOUT = "backward_propagation_with_dropout"
PENALTY = "backward_propagation_with_regularization"
CALL = "step = lstm_cell_backward(da[:, :, t] + da_prevt, dc_prevt, caches[t])"
CARRY = 'da_prevt, dc_prevt, dx[:, :, t] = step["da_prev"]'
#: (unit, function, its changes, what the report says).
TOLD = {
    "the slope before the mask": (
        "06a",
        DROPOUT,
        ((MASKED, BEFORE),),
        "`W_next.T @ dZ_next * (Z > 0)`, where `dA * (Z > 0)` is right",
    ),
    "what follows from another line": (
        "06a",
        PENALTY,
        (("A3 - Y", "A3 - Y + lambd"),),
        "follow by the right formula: what is wrong there comes from them",
    ),
    "the sum of W": (
        "06a",
        PENALTY,
        (("(dZ @ A_prev.T + lambd * W)", "(dZ @ A_prev.T + lambd * np.sum(W))"),),
        "`(dZ @ A_prev.T + np.sum(lambd * W)) / m`, where",
    ),
    "a penalty of b": (
        "06a",
        PENALTY,
        (
            (
                "dZ.sum(axis=1, keepdims=True) / m",
                "(dZ.sum(axis=1, keepdims=True) + lambd * W.sum(axis=1, keepdims=True)) / m",
            ),
        ),
        "`(np.sum(dZ, axis=1, keepdims=True) + lambd * np.sum(W, axis=1, keepdims=True)) / m`, "
        "where",
    ),
    "a bound without its sign": (
        "06a",
        "clip_by_value",
        "def clip_by_value(gradients, maxValue):\n    return {k: np.where(np.abs(g) > maxValue, "
        "maxValue, g) for k, g in gradients.items()}\n",
        "`np.where(np.abs(g) > maxValue, maxValue, g)`; work it out by hand",
    ),
    "gamma on one road alone": (
        "11",
        "batchnorm_backward",
        (("along = (up * x_hat)", "along = (dout * x_hat)"),),
        "on its way from x_hat back to std, takes dout in the place of dx_hat",
    ),
    "gamma left out of both means": (
        "11",
        "layernorm_backward",
        (("up = gamma * dout", "up = dout"), ("(up - up", "(gamma * up - up")),
        "`(gamma * dout - np.mean(dout, axis=1, keepdims=True) - x_hat * "
        "np.mean(dout * x_hat, axis=1, keepdims=True)) / std`",
    ),
    "its own loss behind the cell": (
        "09",
        "lstm_backward",
        (
            (CALL, CALL.replace("da[:, :, t] + ", "")),
            (CARRY, CARRY + " + da[:, :, t]"),
        ),
        "the gradient of a step's own loss is added to what its cell hands back",
    ),
    "a part of the stack": (
        "09",
        "lstm_cell_backward",
        (("dz[k] @ u.T", "dz[k] @ np.concatenate([a_prev, 0 * xt]).T"),),
        "Of dWf, dWi, dWc and dWo the first n_a columns are right, and the others are zero.",
    ),
    "1 - u by its formula": (
        "09",
        "gru_cell_backward",
        (("dc_next * (1 - ut) +", "dc_next * ut +"),),
        "in the place of (1 - ut)",
    ),
    "a sum inside": (
        "02",
        "jac_pointwise",
        (("1 - np.tanh(z) ** 2", "1 - np.sum(np.tanh(z) ** 2) + 0 * z"),),
        "With tanh, what you return as jacobian is `np.eye(n) * (1 - np.sum(tanh(z)**2))`",
    ),
    "beta1 in one line of two": (
        "06b",
        "update_parameters_with_adam",
        (),
        "What you return as s_db1, s_db2 and s_db3 is each time `beta2 * s + (1 - beta1) * db**2`",
    ),
}
ADAM = """
right = update_parameters_with_adam
def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9,
                                beta2=0.999, epsilon=1e-8):
    made = right(parameters, grads, v, s, t, learning_rate, beta1, beta2, epsilon)
    for key in made[2]:
        if key[1] == "b":
            made[2][key] = beta2 * s[key] + (1 - beta1) * grads[key] ** 2
    return made
"""


def report(unit, function, changes):
    """The report on the solution of a function with these changes, or on a whole cell."""
    source = solved(unit)[1][function]
    if isinstance(changes, str):
        source = changes
    elif not changes:
        source = ADAM
    else:
        for old, new in changes:
            assert old in source, old
            source = source.replace(old, new)
    with np.errstate(all="ignore"):
        names = with_cell(unit, source)
        return evaluate(exercise_of(function, names), Student(names), 5)


@pytest.mark.parametrize("slip", TOLD)
def test_the_line_that_is_wrong_is_told(slip):
    unit, function, changes, said = TOLD[slip]
    found = report(unit, function, changes)
    assert not found.passed
    assert said in str(found)


def test_a_sum_over_all_steps_is_never_the_first_that_deviates():
    unit, function, changes, _ = TOLD["its own loss behind the cell"]
    assert "is the first that deviates" not in str(report(unit, function, changes))
    odd = ((CALL, CALL.replace("da_prevt", "da_prevt ** 3").replace("dc_prevt", "dc_prevt * 0.3")),)
    said = str(report("09", "lstm_backward", odd))
    assert "is the first that deviates" not in said
    assert "dx is right at the last step, and off from the one before it on" in said


def test_indices_are_told_one_by_one():
    from autograder.engine.locate.axes import indices

    assert indices([0, 1, 2, 3, 4]) == "0, 1, 2, 3 and 4"
    assert indices([7]) == "7"
