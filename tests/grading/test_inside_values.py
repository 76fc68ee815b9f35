"""The points that a test in the student's process shows, read off its output."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from autograder.grading.notebook.inside import read_outputs


def earned(text: str) -> tuple[str, float]:
    shown = {"output_type": "execute_result", "data": {"text/plain": text}}
    result = read_outputs([shown], 2.0)
    return result.status, result.earned


@pytest.mark.parametrize(
    "value",
    [1, 1.0, True, np.True_, np.int64(1), np.float32(1), Fraction(1), np.array([1.0])],
    ids=lambda value: f"{value!r}",
)
def test_one_is_one_in_whatever_type_it_is_shown(value: Any) -> None:
    assert earned(repr(value)) == ("failed", 1.0)


def test_fractions_and_decimals_are_numbers() -> None:
    assert earned("Fraction(1, 2)") == ("failed", 0.5)
    assert earned("Decimal('1.5')") == ("failed", 1.5)


@pytest.mark.parametrize(
    "text", ["open('x')", "Fraction(1, 0)", "Decimal('1e999')", "array([1, 2])", "__import__('os')"]
)
def test_anything_else_is_no_number(text: str) -> None:
    assert earned(text) == ("error", 0.0)
