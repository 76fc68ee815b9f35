"""Whoever has begun keeps the points for how a function behaves; who has nothing has none."""

import bank
import numpy as np
import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import EXERCISES, exercise_of
from autograder.engine.student import Student
from autograder.engine.substance import EMPTY
from tests.helpers.notebooks import notebook, report, statuses

BEHAVIOUR = ("returns_the_right_shapes", "leaves_its_inputs_unchanged", "same_answer_twice")
#: Of all slips of the bank, those that return what they were given, or always the same: nothing.
NOTHING = {
    "columns:relu_backward/relu_passes_everything",
    "columns:sigmoid_backward/sigmoid_passes_everything",
    "columns:convert/scales_nothing",
    "hidden:predict/above_zero",
    "rows:relu_backward/relu_passes_everything",
    "rows:sigmoid_backward/sigmoid_passes_everything",
    "rows:tanh_backward/tanh_passes_everything",
    "rows:softmax_backward/softmax_passes_everything",
    "rnn:rnn_backward/da_ignored",
}


@pytest.mark.parametrize("family", ["columns", "hidden", "rows", "expressions", "rnn"])
def test_a_slip_is_more_than_an_empty_answer(family):
    """Whatever they behaved like before, nearly all slips of the bank behave like still."""
    empty = set()
    for variant in bank.mutants(family):
        names, function = variant.namespace(), variant.function.split(".")[0]
        if function not in EXERCISES:  # a helper
            continue
        with np.errstate(all="ignore"):
            found = evaluate(exercise_of(function, names), Student(names), 5, visible=False)
        if any(verdict.detail == EMPTY for verdict in found.verdicts):
            empty.add(f"{family}:{variant.name}")
    assert empty == {name for name in NOTHING if name.startswith(f"{family}:")}


def times(factor):
    return lambda dA, Z: factor * np.where(Z > 0, dA, 0.0)


PARTLY = {
    "a factor": times(3.0),
    "the sign": times(-1.0),
    "divided by m": lambda dA, Z: np.where(Z > 0, dA, 0.0) / dA.shape[1] / 2,
    "the other half": lambda dA, Z: np.where(Z > 0, 0.0, dA),
    "a smooth slope": lambda dA, Z: dA / (1 + np.exp(-Z)),
    "something added": lambda dA, Z: np.where(Z > 0, dA, 0.0) + 1.0,
    "float32": lambda dA, Z: (2 * np.where(Z > 0, dA, 0.0)).astype(np.float32),
}
EMPTY_ONES = {
    "zeros": lambda dA, Z: np.zeros(Z.shape),
    "ones": lambda dA, Z: np.ones(Z.shape),
    "a number for each place": lambda dA, Z: np.arange(float(Z.size)).reshape(Z.shape),
    "numbers of its shape": lambda dA, Z: np.random.default_rng(Z.size).normal(size=Z.shape),
    "noise": lambda dA, Z: np.random.default_rng().normal(size=Z.shape),
    "dA": lambda dA, Z: dA,
    "a copy of dA": lambda dA, Z: dA.copy(),
    "twice dA": lambda dA, Z: 2 * dA,
    "Z": lambda dA, Z: Z.copy(),
    "a corner of dA": lambda dA, Z: np.full(Z.shape, dA[0, 0]),
    "a row of dA": lambda dA, Z: np.tile(dA[:1], (len(dA), 1)),
}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("slip", PARTLY)
def test_a_partial_answer_keeps_how_it_behaves(slip, seed):
    names = {**notebook(), "relu_backward": PARTLY[slip]}
    found = statuses(report(names, "relu_backward", seed))
    assert found.pop("dZ_matches_numeric_gradient") == "failed"
    assert found == dict.fromkeys(BEHAVIOUR, "passed")


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("cheat", EMPTY_ONES)
def test_an_empty_answer_does_not(cheat, seed):
    found = report({**notebook(), "relu_backward": EMPTY_ONES[cheat]}, "relu_backward", seed)
    assert not any(verdict.earned for verdict in found.verdicts), str(found)
    if cheat != "noise":
        assert EMPTY in str(found)


@pytest.mark.parametrize("slip", ["no mean", "the sign", "one class"])
def test_a_cost_of_three_numbers_is_enough_to_see_that_it_moves(slip):
    def compute_cost(AL, Y):
        ones, zeros = Y * np.log(AL), (1 - Y) * np.log(1 - AL)
        losses = {"no mean": -3 * (ones + zeros), "the sign": ones - zeros, "one class": ones}
        return float(losses[slip].sum())

    found = statuses(report(notebook(compute_cost), "compute_cost"))
    assert found["J_is_the_mean_of_the_losses"] == "failed"
    assert found["returns_the_right_shapes"] == found["leaves_its_inputs_unchanged"] == "passed"
