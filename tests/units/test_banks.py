"""Units 11 to 13 judge their bank: what is right is accepted, each slip refused and named."""

import pytest
from contracts.breaker import notebook

from tests import bank
from tests.units.judged import judge, lost_in

UNITS = {"11": "normalised", "12": "attention", "13": "convolution", "10b": "characters"}


def every(kind):
    """All variants of a kind, each with its unit."""
    return [
        pytest.param(unit, variant, id=f"{unit}-{variant.name}")
        for unit, family in UNITS.items()
        for variant in getattr(bank, kind)(family)
    ]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("unit", UNITS)
def test_the_solution_and_the_public_template_have_all_points(unit, seed):
    assert lost_in(unit, notebook(unit), seed) == set()
    assert lost_in(unit, bank.reference(UNITS[unit]), seed) == set()


@pytest.mark.parametrize(("unit", "right"), every("rights"))
def test_public_solutions_are_accepted(unit, right):
    assert lost_in(unit, right.namespace()) == set()


@pytest.mark.parametrize("unit", UNITS)
def test_there_are_enough_public_solutions(unit):
    assert len(bank.rights(UNITS[unit])) >= 12


@pytest.mark.parametrize(("unit", "mutant"), every("mutants"))
def test_slips_are_refused_and_named(unit, mutant):
    report = judge(mutant.namespace(), mutant.function)
    assert any(not v.earned for v in report.verdicts)
    found = {words.id for words in report.diagnosis if not words.id.startswith("edit")}
    if mutant.expected:
        assert mutant.expected in found
    assert found <= {mutant.expected, *mutant.also}


@pytest.mark.parametrize(("unit", "pair"), every("pairs"))
def test_two_slips_are_both_named(unit, pair):
    names = pair.namespace()
    for mutant in (pair.first, pair.second):
        told = judge(names, mutant.function).diagnosis
        assert mutant.expected in {words.id for words in told}
