"""What is said of a mistake is true of the function: units 04, 05, 06a, 06b, pair by pair."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.engine.diagnosis import CATALOGUE
from autograder.engine.diagnosis.forms import Form
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.report.misconception_words import wording
from autograder.engine.student import Student
from autograder.units import EXERCISES
from tests.helpers.solved import with_cell


def of(unit: str, function: str, source: str) -> str:
    """What is said of a function that a cell defines."""
    names = with_cell(unit, source)
    with np.errstate(all="ignore"):
        return str(evaluate(exercise_of(function, names), Student(names), 5))


def told(id: str, function: str, family: str) -> str:
    """The words on a mistake in a function, in one piece."""
    words = wording(CATALOGUE[id], EXERCISES[function], family)
    return " | ".join((words.title, words.computed, words.formula, words.ask))


def test_no_line_of_the_J_convention_averages_a_second_time():
    ids = {form.misconception.id for form in CATALOGUE.forms(Form, "columns")}
    exercise = EXERCISES["L_model_backward_J"]
    lines = [wording(CATALOGUE[id], exercise, "columns").formula for id in ids]
    assert len(lines) > 40
    assert not [line for line in lines if "(1/m) dZ" in line or "(1/m) Σ" in line]
    starts = [line for line in lines if "A^[L] - Y" in line]
    assert starts
    assert all("(A^[L] - Y) / m" in line for line in starts)


FORWARD = ("compute_cost", "linear_forward", "L_model_forward", "convert", "update_parameters")


@pytest.mark.parametrize("function", FORWARD)
def test_what_is_no_way_back_is_not_called_one(function):
    for id in ("da-mutated-in-place", "grads-not-reset"):
        assert "backward" not in told(id, function, "columns")
        assert "right numbers, perhaps" not in told(id, function, "columns")


#: Family, function, mistake, what has to be said, what must not.
WORDS = [
    ("columns", "linear_backward", "sign-flip", "hold positive numbers", "prediction"),
    ("columns", "linear_backward", "one-over-m-per-layer", "dA_prev is divided by m", "ratio"),
    ("columns", "linear_backward", "loss-derivative-wrong", "factor 2 or 1/2", "in the loss"),
    ("columns", "linear_backward", "db-mean-and-one-over-m", "also those", "by itself"),
    ("columns", "linear_activation_backward", "output-derivative-twice", "dA and dZ", "y = 1"),
    ("columns", "linear_activation_backward", "dw-uses-own-activation", "A or A_prev", "^[l]"),
    ("columns", "linear_activation_backward", "inplace-relu-mutates-da", "as where", "mask"),
    ("columns", "L_model_backward", "inplace-p-minus-y", "AL was written into", "AL -= Y"),
    ("columns", "L_model_backward", "grads-not-reset", "something outlives", "the sum of"),
    ("columns", "L_layer_model", "grads-not-reset", "each iteration", "twice"),
    ("columns", "update_parameters", "db-forgotten", "biases are not updated", "left at zero"),
    ("columns", "convert", "one-over-m-twice", "dW or db was scaled too", "paid twice"),
    ("columns", "compute_cost_with_regularization", "l2-factor", "a cost whose", "gradient"),
    ("columns", "compute_cost_with_regularization", "l2-forgotten", "is missing", "gradient"),
    ("dropout", "forward_propagation_with_dropout", "dropout-not-scaled", "kept", "gradient"),
    ("dropout", "backward_propagation_with_dropout", "dropout-mask-inverted", "dA1", "uniform"),
    ("", "update_parameters_with_rmsprop", "optimiser-step-from-old-state", "divisor", "late"),
    ("", "update_parameters_with_adam", "optimiser-step-from-old-state", "correct", "late"),
    ("", "initialize_velocity", "optimiser-state-shared", "parameters", "`s = v`"),
    ("", "random_mini_batches", "mini-batch-pairs-broken", "different orders", "apart"),
]


@pytest.mark.parametrize(("family", "function", "id", "said", "never"), WORDS)
def test_the_words_are_those_of_the_function(family, function, id, said, never):
    text = told(id, function, family)
    assert said in text
    assert never not in text


def test_two_functions_of_one_name_have_words_of_their_own():
    columns = wording(CATALOGUE["sign-flip"], EXERCISES["relu_backward"], "columns")
    rows = wording(CATALOGUE["sign-flip"], EXERCISES["relu_backward"], "rows")
    assert "where dA is positive" in columns.ask
    assert "dA" not in rows.ask


def test_an_array_of_integers_that_takes_the_slopes_is_no_cut_step():
    cell = """
def numerical_gradient(f, theta, h=1e-5):
    out = np.zeros_like(theta)
    for k in np.ndindex(theta.shape):
        e = np.zeros(theta.shape)
        e[k] = h
        out[k] = (f(theta + e) - f(theta - e)) / (2 * h)
    return out
"""
    for ending in ("return out", "return out.astype(float)"):
        text = of("05", "numerical_gradient", cell.replace("return out", ending))
        assert "the slopes are right and cut off" in text
        assert "the step is 0 or 1" not in text
    moved = cell.replace("np.zeros_like(theta)", "np.zeros(theta.shape)")
    moved = moved.replace("e = np.zeros(theta.shape)", "up, down = theta.copy(), theta.copy()")
    moved = moved.replace("e[k] = h", "up[k] += h; down[k] -= h")
    moved = moved.replace("f(theta + e) - f(theta - e)", "f(up) - f(down)")
    assert "the step is 0 or 1" in of("05", "numerical_gradient", moved)


def test_complex_slopes_of_integers_may_be_cut_off_too():
    cell = """
def complex_step(f, theta, h=1e-20):
    out = np.zeros_like(theta)
    for k in np.ndindex(theta.shape):
        at = np.array(theta, dtype=complex)
        at[k] += 1j * h
        out[k] = np.imag(f(at)) / h
    return out.astype(float)
"""
    text = of("05", "complex_step", cell)
    assert "the slopes are right and cut off" in text
    assert "θ + h" not in text


@pytest.mark.parametrize("guard", ["1e-8", "1e-12"])
def test_what_is_added_below_a_relative_error_is_told(guard):
    cell = f"""
def relative_error(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("shapes")
    return np.abs(a - b).max() / (max(np.abs(a).max(), np.abs(b).max()) + {guard})
"""
    assert f"as if {float(guard):.1e} were added" in of("05", "relative_error", cell)


PENALISED = "backward_propagation_with_regularization"


def test_a_right_penalty_is_not_blamed_for_what_the_losses_do():
    cell = f"""
right = {PENALISED}
def {PENALISED}(X, Y, cache, lambd):
    both, none = right(X, Y, cache, lambd), right(X, Y, cache, 0.0)
    return {{name: both[name] - none[name] FACTOR none[name] for name in both}}
"""
    flipped = of("06a", PENALISED, cell.replace("FACTOR", "-"))
    assert "in the part of the losses" in flipped
    assert "penalty has another factor" not in flipped
    divided = of("06a", PENALISED, cell.replace("FACTOR", "+ 1 / Y.shape[1] *"))
    assert "in the part of the losses" in divided
    assert "the other convention" not in divided


def test_zeros_elsewhere_are_another_mask_only_where_they_are_one():
    name = "backward_propagation_with_dropout"
    cell = f"""
right = {name}
def {name}(X, Y, cache, keep_prob):
    grads = right(X, Y, cache, keep_prob)
    W3, dZ3 = cache[12], grads["dZ3"]
    grads["dA2"] = FOUND
    return grads
"""
    other = "(W3.T @ dZ3) * (np.arange(dZ3.size) % 2) / keep_prob"
    assert "multiplied by another mask" in of("06a", name, cell.replace("FOUND", other))
    through = "np.maximum(grads['dW3'].T @ dZ3, 0)"
    text = of("06a", name, cell.replace("FOUND", through))
    assert "is 0 at other places than D2" in text
    assert "another mask" not in text
