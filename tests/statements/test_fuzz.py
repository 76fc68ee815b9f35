"""No report on thousands of slips says anything that is not so.

The changes of each unit are a sample that is the same in every run: `MOST` of all that there are,
every function having its share. A table at the end of all tests says how well the slips are told.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.statements.fuzz import HEAD, fuzz, limit

pytestmark = pytest.mark.fuzz

#: Changes by unit: in all 3,040, which take about three minutes of processor time.
MOST = {"00": 330, "01": 330, "02": 330, "03": 380, "04": 460, "05": 330, "07": 460, "08": 420}


@pytest.fixture(scope="module")
def counts():
    with ProcessPoolExecutor(os.cpu_count(), initializer=limit) as pool:
        return dict(zip(MOST, pool.map(fuzz, MOST, MOST.values()), strict=True))


@pytest.mark.parametrize("unit", MOST)
def test_nothing_false_is_said(counts, unit):
    assert counts[unit].false == []


def test_there_are_3000_changes_and_the_handed_slips(counts):
    assert sum(count.slips for count in counts.values()) >= 3000
    assert sum(count.handed for count in counts.values()) >= 300


@pytest.mark.parametrize("unit", MOST)
def test_few_slips_are_told_nothing(counts, unit, record_property):
    record_property("slips", f"{HEAD}\n{counts[unit].row()}")
    kinds = counts[unit].kinds
    assert kinds["nothing"] <= 0.05 * sum(kinds.values())
