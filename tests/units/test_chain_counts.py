"""Unit 02: what was counted in the place of the multiplications is told."""

from __future__ import annotations

import pytest

from autograder.engine.evaluate import evaluate
from autograder.engine.student import Student
from autograder.units import EXERCISES

CHAIN = """
def chain(Js, u, order):
    factors, mults = [*Js, u], 0
    while len(factors) > 1:
        at = len(factors) - 2 if order == "right-to-left" else 0
        left, right = factors[at : at + 2]
        p, q, r = *left.shape, right.shape[1]
        mults += p * q * r
        factors[at : at + 2] = [left @ right]
    return factors[0], mults
"""


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ("1", "it counts 3, the number of products of two arrays;"),
        ("p * r", "it counts 12, the entries of what the products give, p * r of each;"),
        ("2 * p * q * r", "it counts 74, multiplications and additions, 2 p q r of each product;"),
        ("p * q", "it counts 40, p * q of each product, without r;"),
        ("p * q * r + 1", "it counts 40; a product of (p, q) by (q, r)"),
    ],
)
def test_a_wrong_count_is_told_by_what_was_counted(counted, told):
    names: dict[str, object] = {}
    exec(CHAIN.replace("mults += p * q * r", f"mults += {counted}"), names)
    report = evaluate(EXERCISES["chain"], Student(names), 3)
    assert told in str(report)
    assert "in this order" in str(report)
