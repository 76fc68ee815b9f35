"""A wrong loop over steps is told by all that it does otherwise, whatever the network."""

import re

import numpy as np
import pytest

from autograder.engine.diagnosis.hypothesis import close
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.locate.steps import Way, steps_of, walk
from autograder.engine.student import Student
from autograder.networks.lstm import WEIGHTS, lstm_graph
from autograder.oracle import gradient
from tests.helpers.solved import solved, with_cell

SLIPS = {
    "two of the lane": (
        "09",
        "lstm_backward",
        (
            ("reversed(range(da.shape[2]))", "reversed(range(1, da.shape[2]))"),
            ("dc_prevt, caches[t])", "0 * dc_prevt, caches[t])"),
        ),
        ("does not come to the first step", "what comes back to c_t from the next step is left"),
    ),
    "exchanged": (
        "09",
        "lstm_backward",
        (("da_prevt, dc_prevt, dx", "dc_prevt, da_prevt, dx"),),
        ("to c_t is carried what comes back to a_t", "to a_t is carried what comes back to c"),
    ),
    "one loss for all": (
        "07",
        "rnn_backward",
        (('da[:, :, t] + grads["da0"]', 'da[:, :, -1] + 2 * grads["da0"]'),),
        ("the gradient that belongs to the last step", "counts twice"),
    ),
    "not reset and too short": (
        "08",
        "truncated_bptt",
        (
            ("        back = back * (t % k != 0)\n", ""),
            ("range(x.shape[2], 0, -1)", "range(x.shape[2], 1, -1)"),
        ),
        ("not set to zero between two chunks", "does not come to the first step"),
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_all_that_a_loop_does_otherwise_is_told(slip):
    unit, function, edits, told = SLIPS[slip]
    source = solved(unit)[1][function]
    for old, new in edits:
        assert old in source
        source = source.replace(old, new)
    names = with_cell(unit, source)
    said = str(evaluate(exercise_of(function, names), Student(names), 5))
    assert "What you return is what a right pass back through the steps gives, except for" in said
    assert all(words in said for words in told), said
    assert "No known mistake" not in said
    count = re.search(r"except for (one|two|three) things?:", said)
    assert count
    assert count[1] == ("one", "two")[len(told) - 1]


def test_the_right_way_back_through_the_steps_gives_the_gradients():
    rng = np.random.default_rng(3)
    p = {n: rng.normal(size=(3, 5 if n[0] == "W" else 1)) for n in WEIGHTS}
    x, da = rng.normal(size=(2, 4, 3)), rng.normal(size=(3, 4, 3))
    graph = lstm_graph(x, *rng.normal(size=(2, 3, 4)), p, da)
    steps = steps_of(graph)
    assert steps is not None
    walked = walk(steps, Way())
    for name in WEIGHTS:
        found = sum(heard[steps.steps[1].rows[name]] for heard in walked.heard)
        assert close(found.reshape(p[name].shape), gradient(graph, name))
