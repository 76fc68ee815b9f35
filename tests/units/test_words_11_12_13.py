"""What is said of a mistake names the arrays and the letters of the function it is said of."""

from __future__ import annotations

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.report.text import text
from autograder.engine.student import Student
from autograder.units import EXERCISES
from tests import bank

#: Family, function, slip; what has to be said; what is not to be said there.
SAID = (
    (
        "attention",
        "softmax_rows_backward",
        "over_columns",
        ("dS = P * (dP - Σ_k P_k dP_k)",),
        ("exp(S)", "Does it make 1?"),
    ),
    (
        "attention",
        "attention_forward",
        "softmax_over_queries",
        ("P = exp(S)",),
        ("classes", "for one example"),
    ),
    (
        "attention",
        "softmax_rows_backward",
        "writes_into_dP",
        ("a change of dP: after the call",),
        ("dP *= P",),
    ),
    (
        "attention",
        "attention_forward",
        "writes_into_Q",
        ("a change of Q: after the call",),
        ("backward reads", "the right numbers, perhaps"),
    ),
    (
        "normalised",
        "layernorm_forward",
        "variance_over_one_less",
        ("divided by D - 1", "over the D features"),
        ("N - 1", "batch"),
    ),
    (
        "normalised",
        "batchnorm_forward",
        "writes_into_x",
        ("a change of x: after the call",),
        ("backward reads", "not dout *= gamma"),
    ),
    (
        "convolution",
        "conv_forward_naive",
        "place_without_stride",
        ("windows that move by one pixel",),
        ("the gradient of a layer", "on the way back"),
    ),
    (
        "convolution",
        "conv_forward_naive",
        "first_kernel_for_all",
        ("the output of a layer",),
        ("dout", "dx"),
    ),
    (
        "convolution",
        "col2im",
        "overwritten",
        ("what was written last has replaced the rest",),
        ("= for +=",),
    ),
)


@pytest.mark.parametrize(("family", "function", "slip", "said", "unsaid"), SAID)
def test_the_words_are_those_of_the_function(
    family: str, function: str, slip: str, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    one = next(m for m in bank.mutants(family) if m.name.endswith(f"{function}/{slip}"))
    names = one.namespace()
    report = text(evaluate(EXERCISES[function], Student(names), 5))
    told = report.partition("What you computed")[2].partition("One change")[0]
    assert told, report
    for words in said:
        assert words in told, report
    for words in unsaid:
        assert words not in told, report
