"""What is said of a mistake in one gradient is about that one, not about the first of its kind."""

from __future__ import annotations

import pytest

import autograder.units  # noqa: F401  # registers the exercises
from autograder.engine.exercise import exercise_of
from autograder.engine.report.text import text
from autograder.engine.student import Student
from tests import bank
from tests.helpers.briefly import evaluate_briefly

#: Family, slip; what has to be said; what is not to be said there.
SAID = (
    ("rnn", "rnn_backward/dba_overwritten", "concerns: dba = Σ_t dz_t", "dWaa"),
    ("rnn", "rnn_backward/dWax_overwritten", "concerns: dWax = Σ_t dz_t x_tᵀ", "dWaa ="),
    ("rnn_rows", "rnn_step_backward/dWh_transposed", "row i of your dWh belong", "your dWx"),
    ("normalised", "batchnorm_backward/dbeta_not_summed", "beta has D entries.", "your dgamma"),
    ("attention", "self_attention_backward/dWo_transposed", "concerns: dWo = Hᵀ dout", "dWq ="),
)


@pytest.mark.parametrize(("family", "slip", "said", "unsaid"), SAID)
def test_the_line_and_the_question_are_about_the_array_that_is_wrong(family, slip, said, unsaid):
    (mutant,) = (one for one in bank.mutants(family) if one.name == slip)
    names = mutant.namespace()
    report = evaluate_briefly(exercise_of(mutant.function, names), Student(names), 2024)
    told = text(report).partition("What you computed")[2]
    assert said in told, told
    assert unsaid not in told
