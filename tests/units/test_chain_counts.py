"""Unit 02: what was counted in the place of the multiplications is told."""

from __future__ import annotations

import numpy as np
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
        ("1", "it counts 3, the number of products of two arrays, which is 34 too few;"),
        ("p * r", "it counts 12, the entries of what the products give, p * r of each,"),
        ("2 * p * q * r", "it counts 74, multiplications and additions, 2 p q r of each product,"),
        ("p * q", "it counts 40, p * q of each product, without r,"),
        ("p * q * r + 1", "it counts 40, which is 3 too many; a product of (p, q) by (q, r)"),
    ],
)
def test_a_wrong_count_is_told_by_what_was_counted(counted, told):
    names: dict[str, object] = {}
    exec(CHAIN.replace("mults += p * q * r", f"mults += {counted}"), names)
    report = evaluate(EXERCISES["chain"], Student(names), 3)
    assert told in str(report)
    assert ", in all " in str(report)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "    factors, mults = [*Js, u], 0",
            '    factors, mults = [*Js, u], 0\n    if order == "left-to-right":\n'
            "        factors = [np.eye(len(Js[0])), *factors]",
            "(4, 4) by (4, 3): 48, (4, 3) by (3, 5): 60, (4, 5) by (5, 2): 40, "
            "(4, 2) by (2, 1): 8, in all 156, with one product more, that of an identity matrix",
        ),
    ],
)
def test_the_bill_is_told_product_by_product(old, new, told):
    names: dict[str, object] = {"np": np}
    assert old in CHAIN
    exec(CHAIN.replace(old, new), names)
    assert told in str(evaluate(EXERCISES["chain"], Student(names), 3))


def test_factors_that_came_in_are_told_from_the_product_so_far():
    names: dict[str, object] = {}
    exec(
        CHAIN.replace(
            "    factors, mults", "    came, n = [*Js, u], 0\n    factors, mults"
        ).replace(
            "p, q, r = *left.shape, right.shape[1]",
            'n += 1; p = came[n - 1 if order != "right-to-left" else -1 - n].shape[0]\n'
            "        q, r = left.shape[1], right.shape[1]",
        ),
        names,
    )
    text = str(evaluate(EXERCISES["chain"], Student(names), 3))
    assert "(3, 5) by (5, 2): 30, (5, 2) by (2, 1): 10, in all 100, as if each product" in text
