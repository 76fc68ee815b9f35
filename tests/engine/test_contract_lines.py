"""The line that a contract has for each array: it is there, and speaks of its function alone."""

import numpy as np
import pytest

from autograder.engine.report.symbols import foreign, symbols_of
from autograder.engine.student import Student
from autograder.units import CATALOGUE, EXERCISES
from tests.helpers.solved import solved

#: The one trains a network, by the gradients of functions that it calls; in the others the line
#: of the loop is mostly right: what is wrong are the slopes, or the order.
WITHOUT = {"L_layer_model", "nn_model", "backward", "backward_tree"}
WITH_GRADIENTS = [
    "vjp_linear",
    "affine_backward",
    "relu_backward",
    "relu_backward beside relu_forward",
    "sigmoid_backward",
    "sigmoid_backward beside sigmoid_forward",
    "tanh_backward",
    "softmax_backward",
    "softmax_loss",
    "backprop",
    "backward_propagation",
    "backward_signals",
    "linear_backward",
    "linear_activation_backward",
    "L_model_backward",
    "L_model_backward_J",
    "backward_propagation_with_regularization",
    "backward_propagation_with_dropout",
    "embedding_backward",
    "output_backward",
    "rnn_cell_backward",
    "rnn_backward",
    "rnn_backward_tree",
    "rnn_full_backward",
    "rtrl_dWaa",
    "rnn_step_backward",
    "rnn_backward beside rows_are_examples",
    "rnn_backward beside colour_names",
    "state_gradients",
    "truncated_bptt",
    "lstm_cell_backward",
    "lstm_backward",
    "gru_cell_backward",
    "batchnorm_backward",
    "layernorm_backward",
    "softmax_rows_backward",
    "attention_backward",
    "self_attention_backward",
    "conv_backward_naive",
    "max_pool_backward_naive",
    "col2im",
]


def problem_of(exercise):
    student = Student(solved(exercise.unit)[0])
    trials = exercise.trials(student, np.random.default_rng(1))
    return next((trial.problem for trial in trials if trial.problem is not None), None)


def test_all_functions_with_gradients_are_here():
    names = [n for n in EXERCISES if not n.startswith("answers")]
    found = [name for name in names if problem_of(EXERCISES[name]) is not None]
    assert sorted(found) == sorted({*WITH_GRADIENTS, *WITHOUT})


@pytest.mark.parametrize("name", WITH_GRADIENTS)
def test_each_array_has_a_line_in_the_symbols_of_its_function(name):
    exercise = EXERCISES[name]
    problem = problem_of(exercise)
    family = problem.graph.facts.family
    lines = CATALOGUE.contract(exercise.name, family)
    letters = {n if n in lines else n.rstrip("0123456789") for n in problem.claims}
    assert set(lines) == letters
    symbols = symbols_of(exercise.name, family)
    assert {letter: foreign(line, symbols) for letter, line in lines.items()} == dict.fromkeys(
        lines, frozenset()
    )
