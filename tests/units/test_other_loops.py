"""A loop over the steps that begins elsewhere, or runs otherwise, is told as what it gives."""

from __future__ import annotations

import pytest

import autograder.units  # noqa: F401  # registers the exercises
from autograder.engine.evaluate import evaluate
from autograder.engine.exercise import exercise_of
from autograder.engine.report.text import text
from autograder.engine.student import Student
from tests import bank

FAMILIES = {"rnn": "rnn_forward", "rnn_rows": "rnn_forward", "lstm": "lstm_forward"}
FIRST = "takes the place of the first one, which is left out"
BACKWARD = "what a loop from the last step to the first gives"
SHIFTED = "each with the input of the step before it"


def told(family, order, inputs):
    """The feedback on a loop over the steps in an `order`, step t with the input of `inputs`(t)."""
    names = bank.reference(family)
    run = {"rnn": _columns, "lstm": _columns, "rnn_rows": _rows}[family]
    names[FAMILIES[family]] = run(names, family, order, inputs)
    return text(evaluate(exercise_of(FAMILIES[family], names), Student(names), 2024))


def _columns(names, family, order, inputs):
    np, cell = names["np"], names["rnn_cell_forward" if family == "rnn" else "lstm_cell_forward"]

    def forward(x, a0, parameters):
        T, state, caches, found = x.shape[2], (a0,), [], {}
        if family == "lstm":
            state = (a0, np.zeros_like(a0))
        for t in order(T):
            *out, cache = cell(x[:, :, inputs(t)], *state, parameters)
            found[t], state = out, tuple(out[:-1])
            caches.append(cache)
        each = [np.stack(arrays, axis=2) for arrays in zip(*map(found.get, range(T)), strict=True)]
        if family == "rnn":
            return *each, (caches, x)
        a, c, y = each
        return a, y, c, (caches, x)

    return forward


def _rows(names, family, order, inputs):
    np, step = names["np"], names["rnn_step_forward"]

    def forward(x, h0, Wx, Wh, b):
        h, found, caches = h0, {}, []
        for t in order(x.shape[1]):
            h, cache = step(x[:, inputs(t)], h, Wx, Wh, b)
            found[t] = h
            caches.append(cache)
        return np.stack([found[t] for t in range(x.shape[1])], axis=1), caches

    return forward


@pytest.mark.parametrize("family", FAMILIES)
def test_the_right_loop_passes(family):
    assert "✗" not in told(family, range, lambda t: t)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("order", "inputs", "wanted"),
    [
        (lambda T: range(T)[::-1], lambda t: t, BACKWARD),
        (range, lambda t: t - 1, SHIFTED),
    ],
)
def test_another_loop_is_told(family, order, inputs, wanted):
    assert wanted in told(family, order, inputs)


def test_a_first_state_in_the_place_of_the_first_step_is_told():
    names = bank.reference("rnn_rows")
    np, step = names["np"], names["rnn_step_forward"]

    def rnn_forward(x, h0, Wx, Wh, b):
        states, caches = [h0], []
        for t in range(1, x.shape[1]):
            h, cache = step(x[:, t], states[-1], Wx, Wh, b)
            states.append(h)
            caches.append(cache)
        return np.stack(states, axis=1), caches

    names["rnn_forward"] = rnn_forward
    assert FIRST in text(evaluate(exercise_of("rnn_forward", names), Student(names), 2024))
