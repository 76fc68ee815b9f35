"""Whoever asserts what the text promises loses nothing: the checks obey the contract themselves."""

from __future__ import annotations

import pytest

from .asserting import ASSERTING
from .breaker import functions, notebook, points, verdicts

CASES = [(unit, name) for unit in ASSERTING for name in functions(unit) if "answers" not in name]


@pytest.mark.parametrize("seed", [2024, 7, 8])
@pytest.mark.parametrize(("unit", "function"), CASES)
def test_asserting_the_contract_costs_nothing(unit: str, function: str, seed: int) -> None:
    names = notebook(unit, ASSERTING[unit])
    for verdict in verdicts(names, function, seed, visible=seed == 2024):
        assert verdict.status == "passed" or verdict.check not in points(unit), verdict
