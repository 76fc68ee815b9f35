"""What is told of answers whose form, order or side effects are wrong."""

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.judgement import VISIBLE_SEED
from autograder.engine.student import Student
from tests.helpers.solved import solved, with_cell

COSTS_OF_HUNDREDS = """
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, seed=1):
    parameters, costs = initialize_parameters_deep(layers_dims, seed), []
    for i in range(num_iterations):
        AL, caches = L_model_forward(X, parameters)
        if i % 100 == 0:
            costs.append(compute_cost(AL, Y))
        parameters = update_parameters(parameters, L_model_backward(AL, Y, caches), learning_rate)
    return parameters, costs
"""
TWO_MEANS = """
def compute_cost(AL, Y):
    ones, zeros = Y == 1, Y == 0
    return -(np.log(AL[ones]).sum() / max(1, ones.sum())
             + np.log(1 - AL[zeros]).sum() / max(1, zeros.sum()))
"""
SHUFFLED_IN_PLACE = """
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    for array in (X.T, Y.T):
        np.random.default_rng(seed).shuffle(array)
    starts = range(0, X.shape[1], mini_batch_size)
    return [(X[:, s:s + mini_batch_size].copy(), Y[:, s:s + mini_batch_size].copy())
            for s in starts]
"""
SWAPPED = {
    "03": ("backprop", "loss, grads"),
    "04": ("L_model_forward", "AL, caches"),
    "08": ("chunked_train_step", "parameters, a_last"),
    "06b": ("update_parameters_with_momentum", "parameters, v"),
    "01": ("backward", "grads, visits"),
}


def report(unit, function, source):
    names = with_cell(unit, source)
    return evaluate(exercise_of(function, names), Student(names), VISIBLE_SEED)


def told(unit, function, *change):
    """What is told of a solution with a text exchanged, or of a cell."""
    source = solved(unit)[1][function] if len(change) == 2 else change[0]
    assert len(change) == 1 or change[0] in source, source
    return str(report(unit, function, source.replace(*change, 1) if len(change) == 2 else source))


@pytest.mark.parametrize("unit", SWAPPED)
def test_two_values_in_the_other_order_are_told_as_that(unit):
    function, order = SWAPPED[unit]
    first, second = order.split(", ")
    turned = f"""
right_one = {function}
def {function}(*args, **named):
    return right_one(*args, **named)[::-1]
"""
    text = str(report(unit, function, turned))
    assert f"you returned ({second}, {first}), the contract asks for ({order})" in text


def test_a_wrong_form_is_a_failed_property_and_asks_for_no_experiment():
    text = told("04", "L_layer_model", COSTS_OF_HUNDREDS)
    assert "✗ each iteration records the cost" in text
    assert "costs should be a list with one number for each iteration" in text
    assert "An experiment" not in text
    assert "worked out" not in text


def test_which_keys_there_are_is_told_where_one_is_none():
    text = told("04", "initialize_parameters_deep", '"W{layer}"', '"W{layer - 1}"')
    assert "there is no W3; the keys that are returned are W0, b1, W1, b2, W2 and b3" in text


def test_a_cost_has_a_small_instance_with_labels_of_both_kinds():
    text = told("04", "compute_cost", TWO_MEANS)
    assert "`Y = [[1, 0]]`. Your J is `1.139`, and `0.5697` is right" in text
    assert "What you return as J is the mean over the examples with y = 1, plus" in text


def test_batches_that_write_into_x_lose_one_property():
    found = report("06b", "random_mini_batches", SHUFFLED_IN_PLACE)
    failed = [v for v in found.verdicts if not v.earned]
    assert [v.detail for v in failed] == [
        "it writes into X and Y, which the caller goes on with"
    ], str(found)


def test_a_draw_with_replacement_and_one_for_each_batch_are_told_apart():
    old = "order = np.random.default_rng(seed).permutation(X.shape[1])"
    once = "order = np.random.default_rng(seed).choice(X.shape[1], X.shape[1])"
    text = told("06b", "random_mini_batches", old, once)
    assert "so it is after a draw with replacement" in text
    anew = "    rng = np.random.default_rng(seed)"
    source = solved("06b")[1]["random_mini_batches"].replace(f"    {old}", anew)
    loop = "        chosen = order["
    source = source.replace(loop, f"        order = rng.permutation(X.shape[1])\n{loop}")
    text = told("06b", "random_mini_batches", source)
    assert "is the order drawn anew for each batch?" in text
    assert "with replacement" not in text


def test_out_of_test_mode_is_looked_at_for_its_form_first():
    old = "return gamma * (x - mean) / np.sqrt(var + eps) + beta, None"
    text = told("11", "batchnorm_forward", old, "return None, None")
    assert "in test mode out is None" in text


def test_a_range_without_a_step_is_told_as_that():
    old, new = "range(0, X.shape[1], mini_batch_size)", "range(mini_batch_size, X.shape[1], 0)"
    text = told("06b", "random_mini_batches", old, new)
    assert "range is given start, end and step, in this order, and the step is 0" in text
    assert "comparison" not in text


def test_padding_is_told_on_the_forward_pass_too():
    text = told("13", "conv_forward_naive", "(p, p)))", "(p, p)), mode='edge')")
    assert "out is right where pad = 0, and off where there is a border" in text
