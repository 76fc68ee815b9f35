"""Each clause of a contract that can be broken is broken here by code, which is refused."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from .breaker import Breaker, functions, lost, notebook, plain, points, text, verdicts

UNITS = sorted(path.stem[4:] for path in Path(__file__).parent.glob("unit*.py"))
MODULES = {unit: importlib.import_module(f".unit{unit}", __package__) for unit in UNITS}
TABLES = {unit: module.BREAKERS for unit, module in MODULES.items()}
BREAKERS = [(unit, breaker) for unit, table in TABLES.items() for breaker in table]


def _name(value: object) -> str:
    return plain(value.clause)[:60] if isinstance(value, Breaker) else str(value)


@pytest.mark.parametrize(("unit", "breaker"), BREAKERS, ids=_name)
def test_the_clause_stands_in_the_assignment(unit: str, breaker: Breaker) -> None:
    assert plain(breaker.clause) in plain(text(unit))


@pytest.mark.parametrize("visible", [True, False], ids=["visible", "hidden"])
@pytest.mark.parametrize(("unit", "breaker"), BREAKERS, ids=_name)
def test_what_breaks_a_clause_loses_points(unit: str, breaker: Breaker, visible: bool) -> None:
    found = list(lost(unit, breaker, visible))
    assert found
    # it breaks the clause, and does not break down
    assert not any("NameError" in verdict.detail for verdict in found), found


@pytest.mark.parametrize(
    ("unit", "function"),
    [(unit, name) for unit in UNITS for name in functions(unit) if not name.startswith("answers")],
)
def test_the_solution_keeps_the_whole_contract(unit: str, function: str) -> None:
    for visible in (True, False):
        for verdict in verdicts(notebook(unit), function, 2024 + visible, visible):
            assert verdict.status == "passed" or verdict.check not in points(unit), verdict


@pytest.mark.parametrize(
    ("unit", "code"),
    [(unit, code) for unit, module in MODULES.items() for code in getattr(module, "HARMLESS", [])],
)
def test_what_keeps_the_contract_in_another_form_passes(unit: str, code: str) -> None:
    names = notebook(unit, code)
    for function in (name for name in functions(unit) if not name.startswith("answers")):
        for verdict in verdicts(names, function, 99):
            assert verdict.earned, verdict
